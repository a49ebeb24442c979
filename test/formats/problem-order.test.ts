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

const PARTS = ['title', 'jobs', 'results', 'mandatory', 'desired', 'systemInformation'] as const;
type Part = (typeof PARTS)[number];

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
  const pairs = PARTS.flatMap((first, i) => PARTS.slice(i + 1).map((second) => [first, second] as const));

  it.each(pairs)('with faults in %s and %s', (...pair) => {
    const bytes = session(version, new Set(pair));
    let refusal: string | undefined;
    try {
      resumeSync(bytes, { units });
    } catch (error) {
      refusal = (error as Error).message;
    }
    expect(openSync(bytes).problems[0]?.message).toBe(refusal);
  });
});
