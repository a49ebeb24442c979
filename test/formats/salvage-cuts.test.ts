/** Ten sessions of the corpus, cut off at every byte. */

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { constants, inflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openSync } from '../../src/formats/open.js';
import { type Salvage, salvage } from '../../src/formats/salvage.js';
import { salvageResumable } from '../../src/formats/salvage-resumable.js';
import { jsKernel } from '../../src/kernel/js.js';
import { corpus } from '../corpus/corpus.js';
import { deepDirectory, placeOf, tryResume } from './resumed-cases.js';
import { HEADER_BYTES } from './salvaged.js';
import { type SessionValue, sessionValues } from './session-values.js';

const NAMES: string[] = JSON.parse(readFileSync(new URL('./salvage-sessions.json', import.meta.url), 'utf8'));

const { top, deep } = deepDirectory();
afterAll(() => rmSync(top, { recursive: true }));

const open = (session: Uint8Array) => openSync(session, { kernel: jsKernel });
const rootOf = (session: Uint8Array) => open(session).document.parent!;

const isSame = (left: Uint8Array, right: Uint8Array | undefined) =>
  right !== undefined && Buffer.compare(left, right) === 0;

/** Bytes of text that zlib gets out of a session that is cut off. */
function unpackedBytes(session: Uint8Array, cut: number): number {
  if (cut <= HEADER_BYTES) return 0;
  return inflateRawSync(session.subarray(HEADER_BYTES, cut), { finishFlush: constants.Z_SYNC_FLUSH }).length;
}

describe.each(NAMES)('%s, cut off at every byte', async (name) => {
  const folder = (await corpus()).get(`cases/${name}`)!;
  const session = folder.bytes('session');
  const values = [...sessionValues(rootOf(session))];
  const cuts = Array.from({ length: session.length }, (_, cut) => cut);
  const salvaged = cuts.map((cut) => salvage(session.subarray(0, cut)));

  it('keeps every value that ended before the cut', () => {
    for (const cut of cuts) {
      const textBytes = unpackedBytes(session, cut);
      const ended = values.filter(({ end }) => end <= textBytes);
      const bytes = salvaged[cut]!.session;
      if (bytes === undefined) {
        expect(ended.filter(saysSomething), `cut at ${cut}`).toEqual([]);
        continue;
      }
      const kept = new Map(Array.from(sessionValues(rootOf(bytes)), ({ path, text }) => [path, text]));
      for (const value of ended.filter(saysSomething)) {
        expect(kept.get(value.path), `cut at ${cut}: ${value.path}`).toBe(value.text);
      }
    }
  });

  it('opens without problems', () => {
    for (const { session: bytes } of salvaged) {
      if (bytes !== undefined) expect(open(bytes).problems).toEqual([]);
    }
  });

  it('resumes, if need be without the jobs that nothing generates any more', () => {
    const directory = join(deep, name);
    folder.writeTo(directory);
    const place = placeOf(folder, directory);
    for (const cut of cuts) {
      const bytes = salvaged[cut]!.session;
      // Most bytes do not end a value.
      if (bytes === undefined || isSame(bytes, salvaged[cut - 1]?.session)) continue;
      const { session: resumable } = salvageResumable(session.subarray(0, cut), place) as Salvage;
      expect(tryResume(resumable!, place, null), `cut at ${cut}`).toBeDefined();
    }
  });

  it('tells of a version only what can be known', () => {
    const { version } = open(session);
    for (const { report } of salvaged) {
      if (report.version === undefined) continue;
      const { lowest, highest, number, isStored } = report.version;
      expect(lowest).toBeLessThanOrEqual(version);
      expect(highest).toBeGreaterThanOrEqual(version);
      expect(number).toBeGreaterThanOrEqual(lowest);
      expect(number).toBeLessThanOrEqual(highest);
      if (isStored) expect(number).toBe(version);
    }
  });

  it('loses nothing to a cut in the trailer', () => {
    for (const { report, session: bytes } of salvaged.slice(-8)) {
      expect(report.isComplete).toBe(true);
      expect(report.members).toMatchObject([{ check: 'missing' }]);
      expect(rootOf(bytes!).toPython()).toEqual(rootOf(session).toPython());
    }
  });
});

/** A result of which nothing but nulls is left says nothing, and is not kept. */
function saysSomething({ path, text }: SessionValue): boolean {
  return text !== 'null' || !path.startsWith('$.session.results');
}
