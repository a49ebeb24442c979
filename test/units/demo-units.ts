/** The unit file of the end-to-end example, spec `state.md` 12; its namespace is com.example. */
export const DEMO = `# demo provider
unit: category
id: net
_name: Networking

id: net/devices
plugin: resource
command: list-devices
_summary: List network devices
estimated_duration: 1.0

unit: template
template-resource: net/devices
template-filter: net_devices.kind == 'eth'
template-imports: from com.example import net/devices as net_devices
template-id: net/link
id: net/link-{iface}
category_id: net
plugin: shell
command:
 check-link {iface}
 .
 echo "done"
_summary: Link test of {iface}
flags: also-after-suspend

id: com-check
plugin: shell
command: true
depends: net/devices
_summary: Depends on the resource

id: net/manual
plugin: manual
_summary: Manual check
_purpose: Look at the LEDs
_steps:
 1. Look
 2. Decide
_verification: Are they green?
`;
