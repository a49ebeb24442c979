/** Round trips over the corpus: resume, suspend as the same version, compare byte for byte. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { unpackEnvelopeSync } from '../../src/envelope.js';
import { SessionResumeError } from '../../src/errors.js';
import { suspend } from '../../src/formats/suspend.js';
import { jsKernel } from '../../src/kernel/js.js';
import { writePyJson } from '../../src/python/json.js';
import type { PyDict } from '../../src/python/value.js';
import { type CorpusFolder, corpusCases } from '../corpus/corpus.js';
import { asWritten } from './as-written.js';
import { deepDirectory, placeOf, tryResume } from './resumed-cases.js';

const cases = await corpusCases();
const { top, deep } = deepDirectory();
afterAll(() => rmSync(top, { recursive: true }));

interface RoundTrip {
  readonly name: string;
  readonly stored: string;
  readonly written: string;
  readonly expected: string;
  readonly rules: ReadonlySet<string>;
}

function roundTrip(folder: CorpusFolder): RoundTrip | SessionResumeError | undefined {
  const directory = join(deep, folder.name);
  folder.writeTo(directory);
  const { flags } = folder.info;
  const place = placeOf(folder, directory);
  const session = tryResume(folder.bytes('session'), place, flags);
  if (session === undefined) return undefined;
  const document = unpackEnvelopeSync(folder.bytes('session'), { kernel: jsKernel }).toPython() as PyDict;
  const { location } = place;
  try {
    const bytes = suspend(session, { version: Number(document.get('version')) as 11, location });
    const { document: expected, rules } = asWritten(document, session, { location, flags });
    return {
      name: folder.name,
      stored: gunzipSync(folder.bytes('session')).toString(),
      written: gunzipSync(bytes).toString(),
      expected: writePyJson(expected, { ascii: false, sortKeys: true }),
      rules,
    };
  } catch (error) {
    if (error instanceof SessionResumeError) return error;
    throw error;
  }
}

describe('resume and suspend', () => {
  const outcomes = cases.map(roundTrip);
  const trips = outcomes.filter(
    (outcome): outcome is RoundTrip => outcome !== undefined && 'rules' in outcome,
  );
  const errors = outcomes.filter((outcome) => outcome instanceof SessionResumeError);

  it('gives the document that the format keeps of every case that can be resumed', () => {
    expect(trips.length).toBeGreaterThan(480);
    for (const { name, written, expected } of trips) expect(written, name).toBe(expected);
  });

  it('gives the text of the reference where no rule of the format changes it', () => {
    // Two texts were made by hand: with white space, with duplicate keys.
    const isByHand = ({ name }: RoundTrip) => /mut-(json-spaces|duplicate-keys)$/.test(name);
    const unchanged = trips.filter((trip) => trip.rules.size === 0 && !isByHand(trip));
    expect(unchanged.length).toBeGreaterThan(370);
    for (const { name, written, stored } of unchanged) expect(written, name).toBe(stored);
  });

  it('refuses nothing but a lone surrogate', () => {
    expect(errors.map(({ code, path }) => [code, path])).toStrictEqual([
      ['not-representable', '$.session.metadata.title'],
    ]);
  });
});
