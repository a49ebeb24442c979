/**
 * Sessions from the page that opened or embeds this one: `{ type: 'plainbox-session', session, name? }`, where
 * `session` is a Blob, an ArrayBuffer or a Uint8Array. Nothing is answered; `{ type: 'plainbox-inspector-ready' }`
 * tells that messages are heard.
 */

import { openSource } from './session.js';

export function acceptMessages(page: Window): void {
  page.addEventListener('message', ({ data, source }) => {
    if (source !== page.opener && source !== page.parent) return;
    const session = sessionOf(data);
    if (session !== undefined) void openSource(session.name, session.blob);
  });
  for (const other of new Set<Window | null>([page.opener, page.parent])) {
    if (other !== null && other !== page) other.postMessage({ type: 'plainbox-inspector-ready' }, '*');
  }
}

function sessionOf(data: unknown): { readonly name: string; readonly blob: Blob } | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, session, name } = data as Record<string, unknown>;
  if (type !== 'plainbox-session') return undefined;
  const isBytes = session instanceof ArrayBuffer || session instanceof Uint8Array;
  if (!isBytes && !(session instanceof Blob)) return undefined;
  const blob = session instanceof Blob ? session : new Blob([session as Uint8Array<ArrayBuffer>]);
  return { name: typeof name === 'string' ? name : 'session from another page', blob };
}
