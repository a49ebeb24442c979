/** A whole resume takes work in proportion to its jobs and results: steps are counted, not timed. */

import { afterAll, expect, test } from 'vitest';
import type { SessionState } from '../../src/session/state.js';
import { BlockCounter } from './block-counts.js';

const counter = new BlockCounter();
const { resumeSync } = await import('../../src/formats/resume.js');
const { suspend } = await import('../../src/formats/suspend.js');
const { result, sessionOf, unitsOf } = await import('./fixtures.js');

afterAll(() => counter.stop());

const SIZES = [1_000, 5_000, 20_000] as const;

/** One record of a unit file or of a resource job's output. */
function record(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

/**
 * Half of the jobs are written, a quarter are their siblings, a quarter is generated; all of them require
 * resources, depend on one another and have run. As many known jobs are not in the session.
 */
function unitsFor(size: number): string {
  const records = [
    record({ id: 'device', plugin: 'resource', command: 'list' }),
    record({
      unit: 'template',
      'template-resource': 'device',
      'template-filter': "device.kind == 'disk'",
      id: 'generated-{name}',
      plugin: 'shell',
      command: 'test {name}',
      _summary: 'Test {name}',
      depends: 'j0',
      group: 'disks',
    }),
  ];
  for (let i = 0; i < size / 2; i++) {
    records.push(
      record({
        id: `j${i}`,
        plugin: 'shell',
        command: `run ${i}`,
        _summary: `Job ${i}`,
        requires: `device.kind in ['disk', 'net'] and device.name != '${i % 50}'`,
        ...(i === 0 ? {} : { depends: `j${i >> 1}`, after: 'device' }),
        ...(i % 2 === 0 ? {} : { siblings: `[{"id": "sibling-${i}", "depends": "j${i}"}]` }),
      }),
    );
  }
  for (let i = 0; i < size; i++) records.push(record({ id: `other${i}`, plugin: 'shell', command: 'true' }));
  return records.join('\n');
}

function sessionFor(size: number): SessionState {
  const session = sessionOf();
  for (const unit of unitsOf(unitsFor(size))) {
    if (!unit.id?.startsWith('other')) session.addUnit(unit, { recompute: false });
  }
  const devices = Array.from({ length: size / 4 }, (_, i) => `kind: disk\nname: ${i}\n\n`);
  const output = devices.flatMap((text) => text.split(/(?<=\n)/));
  const device = session.jobStateMap.get('device')!.job;
  session.updateJobResult(device, result('pass', ...output), { recompute: false });
  for (const job of session.jobList) {
    if (job !== device) session.updateJobResult(job, result('pass', 'done\n'), { recompute: false });
  }
  session.updateDesiredJobList(session.jobList);
  return session;
}

test('resuming 1,000, 5,000 and 20,000 jobs', { timeout: 180_000 }, () => {
  const counts = SIZES.map((size) => {
    const bytes = suspend(sessionFor(size));
    const units = unitsOf(unitsFor(size));
    let resumed = sessionOf();
    const blocks = counter.during(() => {
      resumed = resumeSync(bytes, { units, kernel: 'wasm' });
    });
    expect(resumed.jobList.length).toBe(size + 1);
    expect(resumed.runList.length).toBe(size + 1);
    expect([...resumed.jobStateMap.values()].every((state) => state.canStart)).toBe(true);
    return blocks;
  });
  for (let i = 1; i < SIZES.length; i++) {
    const growth = Math.log(counts[i]! / counts[i - 1]!);
    expect(growth / Math.log(SIZES[i]! / SIZES[i - 1]!)).toBeLessThan(1.05);
  }
});
