/** What a salvage gets out of bytes: whole, hostile, damaged as an envelope, damaged as a text. */

import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { IncompatibleSessionError, SessionResumeError } from '../../src/errors.js';
import type { DormantSession } from '../../src/formats/dormant-session.js';
import { explainResume, type ResumeExplanation } from '../../src/formats/explain.js';
import { type Salvage, salvage } from '../../src/formats/salvage.js';
import { salvageResumable } from '../../src/formats/salvage-resumable.js';
import { writePyJson } from '../../src/python/json.js';
import { corpusCases } from '../corpus/corpus.js';
import type { HostileEntry } from '../corpus/outcome.js';
import { placeOf } from './resumed-cases.js';
import {
  cases,
  folderOf,
  forged,
  HEADER_BYTES,
  open,
  opened,
  RESULT,
  salvageText,
  session,
  text,
} from './salvaged.js';
import { sessionValues } from './session-values.js';

const TRAILER_BYTES = 8;

const textOf = ({ document }: DormantSession) =>
  writePyJson(document.parent!.toPython(), { ascii: false, sortKeys: true });

function valuesOf(dormant: DormantSession): ReadonlyMap<string, string> {
  return new Map(Array.from(sessionValues(dormant.document.parent!), (value) => [value.path, value.text]));
}

function lostValues(before: DormantSession, after: DormantSession): string[] {
  const kept = valuesOf(after);
  return [...valuesOf(before)].filter(([path, value]) => kept.get(path) !== value).map(([path]) => path);
}

/** The same text in several members, cut at these offsets. */
function inMembers(...cuts: number[]): Uint8Array[] {
  const ends = [...cuts, text.length];
  return ends.map((end, index) => new Uint8Array(gzipSync(text.subarray(ends[index - 1] ?? 0, end))));
}

function damaged(bytes: Uint8Array, offset: number, mask = 0xff): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[offset]! ^= mask;
  return copy;
}

describe('salvage of a session that is whole', () => {
  it('gives the same document, for all of the corpus', async () => {
    let same = 0;
    for (const folder of await corpusCases()) {
      const bytes = folder.bytes('session');
      const before = tryTo(() => open(bytes));
      if (before === undefined || before.problems.length > 0) continue;
      const salvaged = salvage(bytes);
      const after = opened(salvaged);
      // What versions 1 to 5 do not read was never checked; versions may be written as floats or booleans.
      if (before.document.parent!.get('version')!.kind !== 'integer') continue;
      if (before.version < 6 && !salvaged.report.isComplete) continue;
      expect(salvaged.report.isComplete, folder.name).toBe(true);
      if (!folder.name.includes('duplicate')) expect(textOf(after), folder.name).toBe(textOf(before));
      same++;
    }
    expect(same).toBeGreaterThan(580);
  });

  it('refuses a version that it does not know', () => {
    expect(() => salvageText(forged({ version: 12 })).report).not.toThrow();
    const packed = gzipSync(forged({ version: 12 }));
    expect(() => salvage(packed)).toThrow(IncompatibleSessionError);
    expect(() => salvage(packed)).toThrow('Unsupported version 12');
  });
});

describe('salvage of hostile data', () => {
  it('gives a session without problems, or none, or a documented error', () => {
    const hostile = cases.get('hostile')!;
    const entries: HostileEntry[] = JSON.parse(hostile.text('manifest.json')).entries;
    for (const { file } of entries) {
      const salvaged = tryTo(() => salvage(hostile.bytes(file)));
      if (salvaged?.session !== undefined) opened(salvaged);
    }
  });

  it('holds the limits', () => {
    const bomb = gzipSync(new Uint8Array(1 << 20));
    const limited =
      (limits: object, bytes: Uint8Array = bomb) =>
      () =>
        salvage(bytes, { limits });
    const refusal = (code: string) => expect.objectContaining({ name: 'CorruptedSessionError', code });
    expect(limited({ textBytes: 1000 })).toThrow(refusal('limit-text'));
    expect(limited({ textBytes: 1000 }, text)).toThrow(refusal('limit-text'));
    expect(limited({ inputBytes: 10 })).toThrow(refusal('limit-input'));
    const deep = `{"session":{"jobs":{"a":"x"},"rest":${'['.repeat(50)}`;
    const { report } = salvage(new TextEncoder().encode(deep), { limits: { depth: 20 } });
    expect(report.damage.map(({ code }) => code)).toEqual(['gzip-not-gzip', 'json-too-deep']);
    expect(report.counts.jobs.kept).toBe(1);
  });

  it('is not led astray by what looks like members', () => {
    const headers = Buffer.concat(Array(20_000).fill(session.subarray(0, HEADER_BYTES)));
    const stored = Buffer.concat(Array(20_000).fill(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff, 0])));
    for (const junk of [headers, stored]) {
      const salvaged = salvage(Buffer.concat([session.subarray(0, 500), junk, session]));
      expect(opened(salvaged).jobs.size).toBe(opened(salvage(session.subarray(0, 500))).jobs.size);
    }
  });
});

describe('salvage of a damaged envelope', () => {
  it('never gives a session that is refused for its form, whichever bit is wrong', () => {
    const folder = folderOf('v11-mandatory');
    const bytes = folder.bytes('session');
    const place = placeOf(folder, '/nowhere');
    const before = open(bytes);
    const reasons = new Set<string>();
    let rescued = 0;
    for (let bit = HEADER_BYTES * 8; bit < (bytes.length - TRAILER_BYTES) * 8; bit++) {
      const flipped = damaged(bytes, bit >> 3, 1 << (bit & 7));
      const salvaged = salvage(flipped);
      if (salvaged.report.isComplete) expect(textOf(opened(salvaged)), `bit ${bit}`).toBe(textOf(before));
      if (salvaged.session === undefined) continue;
      rescued++;
      opened(salvaged);
      const { session: resumable } = salvageResumable(flipped, place) as Salvage;
      if (resumable === undefined) continue;
      const explanation = explainResume(open(resumable), place) as ResumeExplanation;
      for (const { code } of explanation.reasons) reasons.add(code);
    }
    expect(rescued).toBeGreaterThan(1500);
    // A wrong bit may be one of a checksum.
    expect([...reasons]).toEqual(['changed-job']);
  });

  it('keeps everything of a text whose checksum or length is wrong, and says so', () => {
    for (const offset of [session.length - 6, session.length - 2]) {
      const salvaged = salvage(damaged(session, offset));
      expect(textOf(opened(salvaged))).toBe(textOf(open(session)));
      const { report } = salvaged;
      expect(report).toMatchObject({ isComplete: false, losses: [], members: [{ check: 'mismatch' }] });
      expect(report.damage.map(({ code }) => code)).toEqual([
        offset === session.length - 6 ? 'gzip-crc-mismatch' : 'gzip-length-mismatch',
      ]);
    }
  });

  it('loses nothing to bytes behind the session', () => {
    for (const garbage of ['garbage', '\0\0\x1f\x8b', '{"session":{}}']) {
      const salvaged = salvage(Buffer.concat([session, Buffer.from(garbage, 'latin1')]));
      expect(textOf(opened(salvaged))).toBe(textOf(open(session)));
      expect(salvaged.report.isComplete).toBe(true);
      expect(salvaged.report.damage).toHaveLength(1);
    }
  });

  it('gets over a damaged header', () => {
    for (let bit = 0; bit < HEADER_BYTES * 8; bit++) {
      const salvaged = salvage(damaged(session, bit >> 3, 1 << (bit & 7)));
      expect(textOf(opened(salvaged)), `bit ${bit}`).toBe(textOf(open(session)));
      expect(salvaged.report.isComplete).toBe(true);
    }
  });

  it('takes the part of a stored block that is there', () => {
    const stored = gzipSync(text, { level: 0 });
    const { report } = salvage(stored.subarray(0, 1000));
    expect(report.bytes.text).toBe(1000 - HEADER_BYTES - 5);
  });

  it('goes on with a later member behind a damaged one', () => {
    const before = open(session);
    const results = text.indexOf('"results"');
    const [first, second] = inMembers(results + 600);
    let whole = 0;
    for (let offset = 30; offset < first!.length - TRAILER_BYTES; offset += 9) {
      const salvaged = salvage(Buffer.concat([damaged(first!, offset), second!]));
      // The results alone are of no use.
      if (salvaged.session === undefined) continue;
      const after = opened(salvaged);
      const { report } = salvaged;
      expect(report.isComplete).toBe(false);
      const { length } = [...before.results.keys()];
      expect(after.results.size, `byte ${offset}`).toBeLessThanOrEqual(length);
      // Where the first one still unpacks, though to something else, nobody can tell what is missing.
      if (report.losses[0]?.text !== 'a part is missing in here') continue;
      expect(report.version).toMatchObject({ number: 11, isStored: true });
      // What the second member has is in its place, if the checksums in the first one are.
      if ([...after.jobs.keys()].join() !== [...before.jobs.keys()].join()) continue;
      expect(after.results.has([...before.results.keys()].at(-1)!), `byte ${offset}`).toBe(true);
      whole++;
    }
    expect(whole).toBeGreaterThan(5);
  });

  it('leaves out a member in the middle', () => {
    const [first, second, third] = inMembers(text.indexOf('"results"') + 300, text.length - 1000);
    const damage = damaged(second!, 40);
    const { report } = salvage(Buffer.concat([first!, damage, third!]));
    expect(report.members.map(({ check }) => check)).toEqual([
      'match',
      expect.stringMatching('mis'),
      'match',
    ]);
    expect(report.losses[0]!.text).toBe('a part is missing in here');
    opened(salvage(Buffer.concat([first!, damage, third!])));
  });

  it('has nothing to say of what never was a session', () => {
    for (const junk of ['', 'junk', '{', '[1,2]', '{"version":6}', '{"session":{"jobs":{']) {
      for (const bytes of [Buffer.from(junk), gzipSync(junk)]) {
        const { session: none, report } = salvage(bytes);
        expect(none, junk).toBeUndefined();
        expect(report).toMatchObject({ isComplete: false, version: undefined, filledIn: [] });
        expect(report.losses).toMatchObject([{ path: '$', text: 'no value of a session is left' }]);
      }
    }
  });
});

describe('salvage of a damaged text', () => {
  it('takes JSON that is not compressed', () => {
    const salvaged = salvage(text);
    expect(textOf(opened(salvaged))).toBe(textOf(open(session)));
    expect(salvaged.report).toMatchObject({ isComplete: true, damage: [{ code: 'gzip-not-gzip' }] });
  });

  it('cuts in front of a character that is cut', () => {
    const json = forged({
      results: {
        a: [
          { ...RESULT, comments: 'naïve' },
          { ...RESULT, comments: '日本' },
        ],
      },
    });
    const bytes = new TextEncoder().encode(json);
    const end = bytes.length - new TextEncoder().encode(json.slice(json.indexOf('本'))).length;
    for (const cut of [end + 1, end + 2]) {
      const salvaged = salvage(bytes.subarray(0, cut));
      expect(salvaged.report.damage.map(({ code }) => code)).toEqual(['gzip-not-gzip', 'text-not-utf8']);
      expect(opened(salvaged).results.get('a')).toHaveLength(1);
    }
  });

  it('keeps both sides of a damaged byte', () => {
    const folder = folderOf('v04-history');
    const whole = gunzipSync(folder.bytes('session'));
    const before = open(folder.bytes('session'));
    const values = [...sessionValues(before.document.parent!)];
    for (let offset = 0; offset < whole.length; offset += 7) {
      const copy = Uint8Array.from(whole);
      copy[offset] = 0;
      const salvaged = salvage(gzipSync(copy));
      const after = opened(salvaged);
      expect(salvaged.report.isComplete, `byte ${offset}`).toBe(false);
      const lost = lostValues(before, after);
      expect(lost.length, `byte ${offset}`).toBeLessThan(values.length * 0.4);
      // Results go with their checksums, all other values only where the damage is.
      const ended = values.filter(({ end, path }) => end <= offset && !path.startsWith('$.session.results'));
      for (const { path } of ended) expect(lost, `byte ${offset}`).not.toContain(path);
    }
  });

  it('does not take what a string says for the document', () => {
    const trap = '"results":{"a":[{"outcome":"pass"}]},"version":1}';
    const json = forged({ results: { a: [{ ...RESULT, comments: trap }], b: [RESULT] } });
    const offset = json.indexOf('"comments":"') + 5;
    const { session: bytes } = salvageText(`${json.slice(0, offset)}\0${json.slice(offset)}`);
    const dormant = open(bytes!);
    expect([...dormant.results.keys()]).toEqual(['b']);
    expect(dormant.version).toBe(6);
  });
});

function tryTo<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof SessionResumeError) return undefined;
    throw error;
  }
}
