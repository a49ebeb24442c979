/** The first problem of a session is what a resume refuses it for (spec `resume.md` 5.1). */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openSync } from '../../src/formats/open.js';
import { resumeSync } from '../../src/formats/resume.js';
import { loadUnits } from '../../src/units/load.js';
import { METADATA } from './documents.js';

const { units } = loadUnits([
  { name: 'units.pxu', text: 'id: a\nplugin: shell\ncommand: true\n', namespace: 'lab' },
]);
const [job] = units;

/** The parts of a session, with the first version that reads each. */
const PARTS = { title: 1, jobs: 1, results: 1, mandatory: 6, desired: 1, systemInformation: 8 };
type Part = keyof typeof PARTS;

function session(version: number, faulty: ReadonlySet<Part>): Uint8Array {
  const bad = <T>(part: Part, value: T) => (faulty.has(part) ? 5 : value);
  const document = {
    session: {
      desired_job_list: bad('desired', []),
      jobs: bad('jobs', { 'lab::a': job!.checksum }),
      mandatory_job_list: bad('mandatory', []),
      metadata: {
        ...METADATA,
        title: bad('title', null),
      },
      results: { 'lab::a': bad('results', []) },
      system_information: bad('systemInformation', {}),
    },
    version,
  };
  return gzipSync(JSON.stringify(document));
}

describe.each([4, 6, 8])('of version %i', (version) => {
  const read = (Object.keys(PARTS) as Part[]).filter((part) => PARTS[part] <= version);
  const pairs = read.flatMap((first, i) => read.slice(i + 1).map((second) => [first, second] as const));

  it.each(pairs)('with faults in %s and %s', (...pair) => {
    const bytes = session(version, new Set(pair));
    let refusal: string | undefined;
    try {
      resumeSync(bytes, { units });
    } catch (error) {
      refusal = (error as Error).message;
    }
    expect(refusal).toBeDefined();
    expect(openSync(bytes).problems[0]?.message).toBe(refusal);
  });
});
