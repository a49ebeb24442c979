import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSync, tryOpen } from '../../src/formats/open.js';
import { type RedactedSession, type RedactionRules, redact } from '../../src/formats/redact.js';
import { replaceInPieces } from '../../src/formats/redact-bytes.js';
import { matchesGlob, Replacer } from '../../src/formats/redaction-rules.js';
import { jsKernel } from '../../src/kernel/js.js';
import { decodeSurrogateEscape, escapedByteLength } from '../../src/python/surrogate-escape.js';
import { corpusCases } from '../corpus/corpus.js';
import { dormant, onDisk, openText, result, sessionIn } from './documents.js';

const replacing = (...patterns: (string | RegExp)[]): RedactionRules => ({
  replacements: patterns.map((pattern) => ({ pattern, by: 'XX' })),
});
const linesOf = ({ removed, left }: RedactedSession) => [
  ...removed.map(({ path, rule, count }) => `${path} ${rule} ${count}`),
  ...left.map(({ path, text }) => `${path} left: ${text}`),
];
const logTexts = (stored: { io_log: [number, string, string][] }) =>
  stored.io_log.map(([, , data]) => Buffer.from(data, 'base64').toString('latin1'));

describe('whole parts', () => {
  const session = dormant({
    version: 11,
    metadata: { app_blob: 'eyJrIjoxfQ==' },
    results: {
      'com.example::net/wifi': [
        result('fail', ['stdout', 'a']),
        result('pass', ['stdout', 'b'], ['stderr', 'c']),
      ],
      'com.example::net/eth': [onDisk('io-logs/eth.record.gz')],
      'com.example::cpu': [result('pass', ['stdout', 'd'])],
    },
    more: {
      system_information: Object.fromEntries(
        ['dmi', 'journal', 'journal2'].map((name) => [
          name,
          { outputs: { payload: name, stderr: '' }, success: true, tool_version: '1' },
        ]),
      ),
    },
  });

  it('go as the rules say, and nothing else', () => {
    const redacted = redact(session, { appBlob: true, collectors: ['journal*'], logs: ['*::net/*'] });
    const stored = sessionIn(redacted.session);
    expect(stored.metadata.app_blob).toBe('');
    expect(Object.keys(stored.system_information)).toStrictEqual(['dmi']);
    expect(stored.results['com.example::net/wifi'].map(logTexts)).toStrictEqual([[], []]);
    expect(stored.results['com.example::net/eth']).toStrictEqual([onDisk('io-logs/eth.record.gz')]);
    expect(logTexts(stored.results['com.example::cpu'][0])).toStrictEqual(['d']);
    expect(linesOf(redacted)).toStrictEqual([
      '$.session.metadata.app_blob app-blob 1',
      '$.session.results["com.example::net/wifi"][0].io_log log 1',
      '$.session.results["com.example::net/wifi"][1].io_log log 2',
      '$.session.system_information.journal collector 1',
      '$.session.system_information.journal2 collector 1',
      '$.session.results["com.example::net/eth"][0].io_log_filename left: the log on disk is not touched',
    ]);
  });

  it('may be all of their kind', () => {
    const stored = sessionIn(redact(session, { collectors: ['*'], logs: ['*'] }).session);
    expect(stored.system_information).toStrictEqual({});
    expect(
      Object.values(stored.results)
        .flat()
        .flatMap((one) => (one as { io_log?: unknown[] }).io_log ?? []),
    ).toStrictEqual([]);
  });

  it('stay without rules', () => {
    const redacted = redact(session, {});
    expect(linesOf(redacted)).toStrictEqual([]);
    expect(sessionIn(redacted.session)).toStrictEqual(session.document.toJS());
  });
});

describe('texts', () => {
  it('are replaced wherever they stand', () => {
    const session = dormant({
      version: 11,
      metadata: {
        title: 'run on host1, host1',
        app_id: 'host1',
        app_blob: Buffer.from('{"host":"host1 é"}').toString('base64'),
      },
      results: { a: [{ ...result('pass', ['stdout', 'at host1\n']), comments: 'saw SN-42' }] },
      more: {
        note: ['host1', { host1: 1 }],
        system_information: {
          dmi: {
            outputs: { payload: { 'SN-1': 'x', 'SN-2': ['y host1'], XX: 0 }, stderr: 'SN-7' },
            success: true,
            tool_version: '1',
          },
        },
      },
    });
    const redacted = redact(session, replacing('host1', /SN-\d+/));
    const text = gunzipSync(redacted.session).toString();
    expect(text).not.toMatch(/host1|SN-/);
    const stored = sessionIn(redacted.session);
    expect(stored.metadata).toMatchObject({ title: 'run on XX, XX', app_id: 'XX' });
    expect(Buffer.from(stored.metadata.app_blob, 'base64').toString()).toBe('{"host":"XX é"}');
    expect(stored.results.a[0].comments).toBe('saw XX');
    expect(logTexts(stored.results.a[0])).toStrictEqual(['at XX\n']);
    expect(stored.note).toStrictEqual(['XX', { XX: 1 }]);
    // Different keys stay different.
    expect(stored.system_information.dmi.outputs).toStrictEqual({
      payload: { XX: 'x', 'XX (2)': ['y XX'], 'XX (3)': 0 },
      stderr: 'XX',
    });
    expect(linesOf(redacted)).toContain('$.session.metadata.title replacement 1 2');
    expect(linesOf(redacted)).toContain('$.session.results.a[0].comments replacement 2 1');
    expect(redacted.left).toStrictEqual([]);
  });

  it('are replaced one rule after the other, by a literal text', () => {
    const session = dormant({ version: 1, metadata: { title: 'abc' } });
    const rules = {
      replacements: [
        { pattern: /b/, by: '$&$1' },
        { pattern: '$&', by: '-' },
      ],
    };
    expect(sessionIn(redact(session, rules).session).metadata.title).toBe('a-$1c');
  });

  it('stay where they are names or numbers, and are listed there', () => {
    const session = dormant({
      version: 11,
      metadata: { flags: ['s3cret'], running_job_name: 'job-s3cret', title: 'pass' },
      results: { 'job-s3cret': [result('pass')], b: [onDisk('/home/s3cret/x')] },
      more: { number: 1234, desired_job_list: ['job-s3cret'] },
    });
    const redacted = redact(session, replacing('s3cret', 'pass', '23'));
    const stored = sessionIn(redacted.session);
    expect(stored.results['job-s3cret'][0].outcome).toBe('pass');
    expect(linesOf(redacted)).toStrictEqual([
      '$.session.metadata.title replacement 2 1',
      '$.session.desired_job_list[0] left: ids and checksums refer to the definitions of jobs',
      '$.session.jobs["job-s3cret"] left: ids and checksums refer to the definitions of jobs',
      '$.session.metadata.flags[0] left: it is the name of a job or a flag',
      '$.session.metadata.running_job_name left: it is the name of a job or a flag',
      '$.session.number left: it is a number',
      '$.session.results.b[0].io_log_filename left: the log on disk is not touched',
      '$.session.results.b[0].io_log_filename left: it is the name of a file',
    ]);
  });

  it('are found across records, in each stream by itself, between bytes that are no text', () => {
    const session = dormant({
      version: 11,
      results: {
        a: [
          result(
            'pass',
            ['stdout', new Uint8Array([0xff, 0x73, 0x65])],
            ['stderr', 'cre'],
            ['stdout', 'c'],
            ['stdout', 'retsecret!'],
            ['stderr', 'secret'],
            ['stdout', new Uint8Array([0xe2, 0x82])],
          ),
        ],
      },
    });
    const redacted = redact(session, replacing('secret'));
    const [stored] = sessionIn(redacted.session).results.a;
    expect(logTexts(stored)).toStrictEqual(['\xffXX', 'cre', '', 'XX!', 'XX', '\xe2\x82']);
    expect(linesOf(redacted)).toStrictEqual([
      '$.session.results.a[0].io_log replacement 1 2',
      '$.session.results.a[0].io_log replacement 1 1',
    ]);
  });

  it('cannot hide in what readers ignore of a record', () => {
    const odd = {
      ...result('pass'),
      io_log: [
        [1, 'stdout', 'YQ==', 'secret'],
        ['2', 'stdout', 'Y Q=='],
      ],
    };
    const { session } = redact(dormant({ version: 11, results: { a: [odd] } }), replacing('secret'));
    expect(sessionIn(session).results.a[0].io_log).toStrictEqual([
      [1, 'stdout', 'YQ=='],
      [2, 'stdout', 'YQ=='],
    ]);
  });

  it.each([
    ['the outcome', { a: [{ ...result('SECRET') }] }, {}],
    ['the outcome', { a: [{ ...result('pass'), outcome: { k: 'SECRET' } }] }, {}],
    ['a return code', { a: [{ ...result('pass'), return_code: 'SECRET' }] }, {}],
    ['a duration', { a: [{ ...result('pass'), execution_duration: { SECRET: 1 } }] }, {}],
    ['the blob', {}, { metadata: { app_blob: 'YQ==U0VDUkVU' } }],
  ])('cannot hide in %s that is not what it should be', (_, results, parts) => {
    const { session } = redact(dormant({ version: 11, results, ...parts }), replacing('SECRET'));
    const text = String(gunzipSync(session));
    expect(text).not.toContain('SECRET');
    expect(text).not.toContain('U0VDUkVU');
  });

  it('cannot hide behind members of the same name', () => {
    const twice = '{"k":"SECRET","k":"x"}';
    const parts = [
      `"desired_job_list":[],"jobs":${twice},"results":{},"metadata":{"flags":[${twice}],"rejected_jobs":[${twice}]}`,
      `"system_information":{"c":{"outputs":{"payload":${twice}}}},"more":${twice}`,
    ];
    const { session } = redact(openText(`{"session":{${parts.join()}},"version":11}`), replacing('SECRET'));
    expect(String(gunzipSync(session))).not.toContain('SECRET');
  });

  it('are not looked for in a log that cannot be read', () => {
    const broken = { ...result('pass'), io_log: [[1, 'stdout', 'Y']] };
    const session = dormant({ version: 11, results: { a: [broken] } });
    expect(() => redact(session, replacing('x'))).toThrow(expect.objectContaining({ code: 'bad-base64' }));
    expect(sessionIn(redact(session, { logs: ['a'] }).session).results.a[0].io_log).toStrictEqual([]);
  });

  it('may not be empty, nor are empty matches replaced', () => {
    const session = dormant({ version: 1, metadata: { title: 'ab' } });
    expect(() => redact(session, replacing(''))).toThrow(RangeError);
    expect(linesOf(redact(session, replacing(/x*/)))).toStrictEqual([]);
    expect(sessionIn(redact(session, replacing(/b*/y)).session).metadata.title).toBe('aXX');
  });

  it('leave untouched values as they stand', () => {
    const text =
      '{"session":{"desired_job_list":[],"jobs":{},"mandatory_job_list":[],"metadata":{"flags":[ ],' +
      '"running_job_name":null,"title":"\\ud800\\u0041"},"results":{"a":[{"outcome":null,"n":1E2}]},"z":{"k":-0}},"version":1.0}';
    expect(gunzipSync(redact(openText(text), replacing('nothing')).session).toString()).toBe(
      text.replace('"outcome":null,"n":1E2', '"n":1E2,"outcome":null'),
    );
  });

  it('are searched to the depth that the reader takes', () => {
    const deep = `${'{"k":['.repeat(490)}"secret"${']}'.repeat(490)}`;
    const text = `{"session":{"deep":${deep}},"version":1}`;
    expect(gunzipSync(redact(openText(text), replacing('secret')).session).toString()).toBe(
      text.replace('secret', 'XX'),
    );
  });
});

it('changes nothing of any session of the corpus when nothing matches', async () => {
  let sessions = 0;
  for (const folder of await corpusCases()) {
    const session = await tryOpen(folder.bytes('session'), { kernel: jsKernel });
    if (session instanceof Error || session.problems.length > 0) continue;
    const redacted = redact(session, replacing('no such text anywhere'));
    const again = openSync(redacted.session, { kernel: jsKernel });
    expect(redacted.removed, folder.name).toStrictEqual([]);
    for (const [id, history] of session.results) {
      const same = again.results.get(id)?.map((result, index) => result.equals(history[index]!));
      expect(same, folder.name).toStrictEqual(history.map(() => true));
    }
    expect(again.metadata, folder.name).toStrictEqual(session.metadata);
    sessions++;
  }
  expect(sessions).toBeGreaterThan(400);
});

describe('replacing in bytes that come in pieces', () => {
  const cut = (text: string, cuts: readonly number[]) => {
    const bytes = Buffer.from(text);
    const ends = [...cuts.map((at) => at % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
    return ends.map((end, index) => new Uint8Array(bytes.subarray(ends[index - 1] ?? 0, end)));
  };

  it('gives what replacing in the whole gives, however it is cut', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '🎉'), maxLength: 30 });
    const patterns = fc.constantFrom('ab', 'é', '🎉a', /a+b/u, /[^a]{2,3}/u);
    fc.assert(
      fc.property(texts, patterns, fc.array(fc.nat(), { maxLength: 6 }), (text, pattern, cuts) => {
        const pieces = cut(text, cuts);
        const replaced = replaceInPieces(pieces, new Replacer({ pattern, by: '<é>' }, 'replacement 1'));
        const global = typeof pattern === 'string' ? pattern : new RegExp(pattern, 'gu');
        expect(Buffer.concat(replaced.pieces).toString()).toBe(text.replaceAll(global, '<é>'));
        expect(replaced.pieces).toHaveLength(pieces.length);
      }),
    );
  });
});

describe('bytes as text', () => {
  it('counts the bytes of every part', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const text = decodeSurrogateEscape(bytes);
        expect(escapedByteLength(text)).toBe(bytes.length);
        const plain = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        if (!plain.includes('\ufffd')) expect(text).toBe(plain);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [[0xc3, 0xa9], 'é'],
    [[0xc0, 0x80], '\udcc0\udc80'],
    [[0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
    [[0xf4, 0x90, 0x80, 0x80, 0x41], '\udcf4\udc90\udc80\udc80A'],
    [[0xe2, 0x82, 0x41, 0xe2, 0x82, 0xac], '\udce2\udc82A€'],
    [[0xef, 0xbb, 0xbf, 0xff], '\ufeff\udcff'],
  ])('%j', (bytes, text) => {
    expect(decodeSurrogateEscape(Uint8Array.from(bytes))).toBe(text);
  });
});

describe('globs', () => {
  it.each([
    ['*', '', true],
    ['*', 'a::b', true],
    ['a*c', 'abc', true],
    ['a*c', 'abcd', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a.c', 'abc', false],
    ['*b*b*', 'abcabc', true],
    ['', 'a', false],
  ])('%j on %j', (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });

  it('agree with regular expressions', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (glob, text) => {
        const pattern = glob.replaceAll('?', '[^]').replaceAll('*', '[^]*');
        expect(matchesGlob(glob, text)).toBe(new RegExp(`^${pattern}$`).test(text));
      }),
    );
  });

  it('take bounded time', () => {
    expect(matchesGlob(`${'*a'.repeat(300)}*b`, 'a'.repeat(5_000))).toBe(false);
  });
});
