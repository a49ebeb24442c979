import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { IncompatibleSessionError, SessionResumeError } from '../../src/errors.js';
import type { DormantSession } from '../../src/formats/dormant-session.js';
import { explainResume, type ResumeExplanation } from '../../src/formats/explain.js';
import { openSync } from '../../src/formats/open.js';
import { type Salvage, salvage } from '../../src/formats/salvage.js';
import { salvageResumable } from '../../src/formats/salvage-resumable.js';
import { jsKernel } from '../../src/kernel/js.js';
import { writePyJson } from '../../src/python/json.js';
import { type CorpusFolder, corpus, corpusCases } from '../corpus/corpus.js';
import type { HostileEntry } from '../corpus/outcome.js';
import { placeOf } from './resumed-cases.js';
import { sessionValues } from './session-values.js';

const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

const cases = await corpus();
const folderOf = (name: string): CorpusFolder => cases.get(`cases/${name}`)!;
const session = folderOf('v11-history').bytes('session');
const text = gunzipSync(session);
const open = (bytes: Uint8Array) => openSync(bytes, { kernel: jsKernel });
const textOf = ({ document }: DormantSession) =>
  writePyJson(document.parent!.toPython(), { ascii: false, sortKeys: true });

/** The salvaged session, which has no problems. */
function opened({ session: bytes }: Salvage): DormantSession {
  const dormant = open(bytes!);
  expect(dormant.problems).toEqual([]);
  return dormant;
}

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

const RESULT = { comments: null, execution_duration: 1.5, io_log: [], outcome: 'pass', return_code: 0 };

interface Parts {
  readonly jobs?: unknown;
  readonly metadata?: Record<string, unknown>;
  readonly results?: unknown;
  readonly version?: unknown;
  readonly rest?: object;
}

/** A session of version 6 as text, keys sorted. */
function forged({ jobs = { a: 'x', b: 'y' }, metadata, results = {}, version = 6, rest }: Parts): string {
  const fields = {
    app_blob: '',
    app_id: null,
    custom_joblist: false,
    flags: [],
    rejected_jobs: [],
    running_job_name: null,
    title: 't',
    ...metadata,
  };
  return JSON.stringify({
    session: {
      desired_job_list: ['a', 'b'],
      jobs,
      mandatory_job_list: [],
      metadata: fields,
      results,
      ...rest,
    },
    version,
  });
}

const salvageText = (json: string) => salvage(new TextEncoder().encode(json));

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

describe('what is salvaged of a result that breaks off', () => {
  const history = [
    { ...RESULT },
    {
      ...RESULT,
      io_log: [
        [0.5, 'stdout', 'YQ=='],
        [0.25, 'stderr', 'Yg=='],
      ],
    },
  ];
  const json = forged({ results: { a: history } });
  const cutBehind = (part: string) => salvageText(json.slice(0, json.lastIndexOf(part) + part.length));

  it('is its complete records, with a null outcome', () => {
    const salvaged = cutBehind('[0.25,"stderr","Yg=');
    const [first, second] = opened(salvaged).results.get('a')!;
    expect(first!.outcome).toBe('pass');
    expect(second!.outcome).toBeNull();
    expect(second!.executionDuration).toBe(1.5);
    const { counts, filledIn, losses } = salvaged.report;
    expect(counts).toMatchObject({ results: { kept: 2, lost: 0 }, records: { kept: 1, lost: 1 } });
    expect(filledIn).toEqual([
      { path: '$.session.results.a[1].outcome', value: 'null' },
      { path: '$.session.results.a[1].return_code', value: 'null' },
    ]);
    expect(losses.map(({ path, text: why }) => [path, why])).toEqual([
      ['$.session.results.a[1].io_log[1]', 'breaks off in here; what followed is missing'],
      ['$.session.results.a[1].io_log[1]', 'incomplete record'],
    ]);
  });

  it('is nothing if nothing in it says anything', () => {
    const salvaged = cutBehind('{"comments":null,');
    expect(opened(salvaged).results.get('a')).toHaveLength(1);
    expect(salvaged.report.counts.results).toEqual({ kept: 1, lost: 1 });
  });

  it('does not have the part of a text or a number', () => {
    const outcome = opened(cutBehind('"outcome":"pas')).results.get('a')![1]!;
    expect(outcome.outcome).toBeNull();
    const code = opened(cutBehind('"return_code":0')).results.get('a')![1]!;
    expect([code.outcome, code.returnCode]).toEqual(['pass', null]);
  });
});

describe('salvage of malformed content', () => {
  it('leaves out what Checkbox would refuse, and nothing else', () => {
    const salvaged = salvageText(
      forged({
        jobs: { a: 'x', b: 5 },
        metadata: {
          flags: ['incomplete', 7],
          rejected_jobs: ['a', 'nowhere'],
          custom_joblist: 'yes',
          more: [1],
        },
        results: {
          a: [
            { ...RESULT, outcome: 'great', io_log: [[1, 'stdout', 'YQ=='], [-1, 'stdout', 'YQ=='], 5] },
            null,
            { ...RESULT, io_log_filename: null, skip_reason: 'x' },
          ],
          b: [RESULT],
          c: [RESULT],
        },
      }),
    );
    const dormant = opened(salvaged);
    expect(dormant.document.toJS()).toEqual({
      desired_job_list: ['a', 'b'],
      jobs: { a: 'x' },
      mandatory_job_list: [],
      metadata: {
        app_blob: '',
        app_id: null,
        custom_joblist: false,
        flags: ['incomplete'],
        more: [1],
        rejected_jobs: ['a'],
        running_job_name: null,
        title: 't',
      },
      results: {
        a: [
          { ...RESULT, outcome: null, io_log: [[1, 'stdout', 'YQ==']] },
          { ...RESULT, skip_reason: 'x' },
        ],
      },
    });
    expect(salvaged.report.losses.map(({ path }) => path)).toEqual([
      '$.session.jobs.b',
      '$.session.metadata.flags[1]',
      '$.session.metadata.custom_joblist',
      '$.session.metadata.rejected_jobs[1]',
      '$.session.results.a[0].io_log[1]',
      '$.session.results.a[0].io_log[2]',
      '$.session.results.a[0].outcome',
      '$.session.results.a[1]',
      '$.session.results.a[2].io_log_filename',
      '$.session.results.b',
      '$.session.results.c',
    ]);
    expect(salvaged.report.counts).toEqual({
      jobs: { kept: 1, lost: 1 },
      results: { kept: 2, lost: 3 },
      records: { kept: 1, lost: 2 },
      collectors: { kept: 0, lost: 0 },
    });
  });

  it('leaves out collectors that are malformed or incomplete', () => {
    const outputs = { payload: { a: 1.5 }, stderr: '' };
    const good = { outputs, success: true, tool_version: '1' };
    const rest = { system_information: { a: good, b: { ...good, success: false }, c: good } };
    const metadata = { last_job_start_time: 1.5 };
    const json = forged({ metadata, version: 8, rest });
    const whole = salvageText(json);
    expect(opened(whole).systemInformation!.toJS()).toMatchObject({ a: good, c: good });
    expect(whole.report.counts.collectors).toEqual({ kept: 2, lost: 1 });
    const cut = salvageText(json.slice(0, json.lastIndexOf(',"tool_version"')));
    expect([...opened(cut).systemInformation!.members().keys()]).toEqual(['a']);
    expect(cut.report.counts.collectors).toEqual({ kept: 1, lost: 2 });
  });

  it('leaves out jobs on request, wherever they are named', () => {
    const json = forged({ metadata: { rejected_jobs: ['a'] }, results: { a: [RESULT], b: [RESULT] } });
    const salvaged = salvage(new TextEncoder().encode(json), { leaveOut: ['a'] });
    const dormant = opened(salvaged);
    expect([...dormant.jobs.keys(), ...dormant.results.keys(), ...dormant.desiredJobList]).toEqual([
      'b',
      'b',
      'b',
    ]);
    expect(dormant.metadata.rejectedJobs).toEqual([]);
    expect(salvaged.report.losses).toHaveLength(4);
  });
});

describe('the version of a document that has lost it', () => {
  const versionOf = (json: string) => salvageText(json).report.version;
  const lost = (json: string) => json.slice(0, json.lastIndexOf(',"version"'));

  it('is told by the fields of the metadata and the parts of the session', () => {
    expect(versionOf(lost(forged({})))).toEqual({ number: 6, isStored: false, lowest: 6, highest: 6 });
    const eleven = { last_job_start_time: null, remaining_todo_jobs: true };
    expect(versionOf(lost(forged({ metadata: eleven, rest: { system_information: {} } })))).toMatchObject({
      number: 11,
      lowest: 11,
    });
    const three = forged({}).replace(/"custom_joblist":false,|"rejected_jobs":\[\],/g, '');
    expect(versionOf(lost(three))).toMatchObject({ number: 3, lowest: 3, highest: 5 });
  });

  it('is the lowest one that holds what is left', () => {
    const behind = (json: string, part: string) => json.slice(0, json.indexOf(part) + part.length);
    expect(versionOf(behind(forged({}), '"jobs":{"a":"x"'))).toMatchObject({
      number: 1,
      lowest: 1,
      highest: 11,
    });
    expect(versionOf(behind(forged({}), '"custom_joblist":false'))).toMatchObject({ lowest: 6, highest: 11 });
    // Only readers of version 6 and later read the mandatory list.
    const mandatory = forged({}).replace('"mandatory_job_list":[]', '"mandatory_job_list":["a"]');
    expect(versionOf(behind(mandatory, '"mandatory_job_list":["a"]'))).toMatchObject({
      number: 6,
      lowest: 1,
    });
    // Flags come behind all fields of versions 2 to 6 but one.
    const one = forged({}).replace(/"app_blob":"","app_id":null,"custom_joblist":false,/, '');
    expect(versionOf(behind(one, '"flags":[]'))).toMatchObject({ number: 1, lowest: 1, highest: 1 });
    const relative = { ...RESULT, io_log_filename: 'io-logs/a.record.gz' };
    const three = forged({ results: { a: [relative] } });
    const five = three.replace(/"custom_joblist":false,|"rejected_jobs":\[\],/g, '');
    expect(versionOf(lost(five))).toMatchObject({ number: 5, lowest: 3, highest: 5 });
  });
});

describe('salvageResumable', () => {
  it('leaves out the jobs that nothing generates any more', () => {
    const folder = folderOf('v10-templates');
    const place = placeOf(folder, '/nowhere');
    const bytes = folder.bytes('session');
    const whole = salvageResumable(bytes, place) as Salvage;
    expect(whole.report.isComplete).toBe(true);
    const cut = text10Before(bytes, '"results"');
    const plain = salvage(cut);
    const refusals = (explainResume(opened(plain), place) as ResumeExplanation).reasons;
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['unknown-job']));
    const resumable = salvageResumable(cut, place) as Salvage;
    expect((explainResume(opened(resumable), place) as ResumeExplanation).reasons).toEqual([]);
    expect(resumable.report.counts.jobs.lost).toBeGreaterThan(0);
  });
});

/** The document of a session up to a part of it, compressed and cut off there. */
function text10Before(bytes: Uint8Array, part: string): Uint8Array {
  const document = gunzipSync(bytes);
  const start = deflateRawSync(document.subarray(0, document.indexOf(part)), {
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return Buffer.concat([bytes.subarray(0, HEADER_BYTES), start]);
}

function tryTo<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof SessionResumeError) return undefined;
    throw error;
  }
}
