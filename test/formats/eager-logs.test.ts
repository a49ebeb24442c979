/** The option `logs`: when logs are decoded changes nothing about what is in them. */

import { describe, expect, it } from 'vitest';
import { openSync } from '../../src/formats/open.js';
import { resumeSync } from '../../src/formats/resume.js';
import { suspend } from '../../src/formats/suspend.js';
import type { CommonOptions } from '../../src/input.js';
import { IOLog, type IOLogRecord } from '../../src/results/io-log.js';
import { MemoryJobResult } from '../../src/results/job-result.js';
import type { SessionState } from '../../src/session/state.js';
import { kernels } from '../kernels.js';
import { sessionOf } from '../session/fixtures.js';

/** Logs long enough that a kernel does not keep their text. */
const LINES = 3_000;
const JOBS = ['a', 'b', 'c'];

function recordsOf(id: string): IOLogRecord[] {
  return Array.from({ length: LINES }, (_, i) => ({
    delay: i / 8,
    stream: i % 5 === 0 ? 'stderr' : 'stdout',
    data: new TextEncoder().encode(`${id} writes line ${i} of its output\n`),
  }));
}

function session(): SessionState {
  const state = sessionOf(...JOBS);
  for (const { job } of state.jobStateMap.values()) {
    const ioLog = IOLog.from(recordsOf(job.id!));
    state.updateJobResult(job, new MemoryJobResult({ outcome: 'pass', ioLog }));
  }
  return state;
}

const suspended = suspend(session());
const units = session().unitList;

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))('eager logs with %s', (_, kernel) => {
  const options: CommonOptions = { kernel, logs: 'eager' };

  it('of a resumed session', () => {
    const eager = resumeSync(suspended, { ...options, units });
    for (const id of JOBS) {
      const result = eager.jobStateMap.get(id)!.result as MemoryJobResult;
      expect(result.ioLog.equals(IOLog.from(recordsOf(id)))).toBe(true);
    }
  });

  it('of an opened session, read in any order', () => {
    const { results } = openSync(suspended, options);
    for (const id of JOBS.toReversed()) {
      const [result] = results.get(id)!;
      expect((result as MemoryJobResult).ioLog.equals(IOLog.from(recordsOf(id)))).toBe(true);
    }
  });
});
