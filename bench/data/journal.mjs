/** Shape B: a version 8 session whose bulk is a system journal of about 25 keys an entry. */
import { makeJobs, outcome, sessionHead, unitFile } from './jobs.mjs';
import { phrase } from './output.mjs';
import { DRIVERS, WORDS } from './words.mjs';

const JOBS = 40;

/** @param {import('./random.mjs').Random} random */
function makeServices(random) {
  return Array.from({ length: 24 }, (_, i) => {
    const name = `${random.pick(WORDS)}-${random.pick(DRIVERS)}`;
    const id = random.hex(32);
    return { name, id, pid: random.between(300, 4000), uid: i % 3 === 0 ? 1000 : 0 };
  });
}

/** @param {import('./random.mjs').Random} random */
function entry(random, { boot, machine, seed, services }, index, clock) {
  const { name, id, pid, uid } = random.pickEarly(services);
  const realtime = 1_759_300_000_000_000 + clock;
  const unit = `${name}.service`;
  const arrow = random.chance(0.01) ? ' → ' : ' ';
  return JSON.stringify({
    MESSAGE: `${phrase(random, 22)}${arrow}${random.pickEarly(WORDS)} ${random.below(1000)}`,
    PRIORITY: random.pick(['6', '6', '6', '5', '4', '3']),
    SYSLOG_FACILITY: '3',
    SYSLOG_IDENTIFIER: name,
    SYSLOG_PID: String(pid),
    _AUDIT_LOGINUID: String(uid),
    _AUDIT_SESSION: '2',
    _BOOT_ID: boot,
    _CAP_EFFECTIVE: uid === 0 ? '1ffffffffff' : '0',
    _CMDLINE: `/usr/lib/lab/${name} --foreground --log-target=journal`,
    _COMM: name,
    _EXE: `/usr/lib/lab/${name}`,
    _GID: String(uid),
    _HOSTNAME: 'lab-machine-201',
    _MACHINE_ID: machine,
    _PID: String(pid),
    _RUNTIME_SCOPE: 'system',
    _SELINUX_CONTEXT: 'unconfined\n',
    _STREAM_ID: id,
    _SYSTEMD_CGROUP: `/system.slice/${unit}`,
    _SYSTEMD_INVOCATION_ID: id,
    _SYSTEMD_SLICE: 'system.slice',
    _SYSTEMD_UNIT: unit,
    _TRANSPORT: 'stdout',
    _UID: String(uid),
    __CURSOR: `s=${seed};i=${(0x1a2b3 + index).toString(16)};b=${boot};m=${clock.toString(16)};t=${realtime.toString(16)};x=${random.hex(16)}`,
    __MONOTONIC_TIMESTAMP: String(clock),
    __REALTIME_TIMESTAMP: String(realtime),
  });
}

/**
 * @param {import('./random.mjs').Random} random
 * @param {{ entries: number }} size
 */
export function journalSession(random, { entries }) {
  const jobs = makeJobs(random, JOBS);
  const host = {
    boot: random.hex(32),
    machine: random.hex(32),
    seed: random.hex(32),
    services: makeServices(random),
  };
  function* text() {
    const results = jobs.map(
      (job) =>
        `"${job.id}":[{"comments":null,"execution_duration":${random.fraction() * 300},"io_log":[],` +
        `"outcome":"${outcome(random)}","return_code":0}]`,
    );
    yield `${sessionHead(jobs, 8)}"results":{${results.join(',')}},"system_information":{"journal":{"outputs":{"payload":[`;
    let clock = 4_000_000;
    for (let index = 0; index < entries; index++) {
      clock += random.between(20, 9000);
      yield (index === 0 ? '' : ',') + entry(random, host, index, clock);
    }
    yield '],"stderr":""},"success":true,"tool_version":"252"}}},"version":8}';
  }
  return { text, units: unitFile(jobs) };
}
