import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { difference, parsePyJson } from '../compare.js';
import { comparable } from '../corpus/outcome.js';
import { cli, SAMPLE } from './cli.js';
import { forge } from './sessions.js';

describe('peek', () => {
  it('prints the dump of the reference', async () => {
    const expected = readFileSync(new URL('../sample/expected-peek.json', import.meta.url));
    const { code, out } = await cli(['peek', SAMPLE, '--json']);
    expect(difference(comparable(parsePyJson(out)), comparable(parsePyJson(expected)))).toBeUndefined();
    expect(code).toBe(0);
  });

  it('prints the metadata for people', async () => {
    const stdin = forge({
      metadata: { title: null, app_id: 'x', app_blob: 'YWJj', last_job_start_time: 1e300 },
    });
    expect((await cli(['peek', '-'], { stdin })).out).toBe(`\
title            none
flags            none
running job      none
last job start   1e+300 s after the epoch
jobs left to do  no
own job list     no
rejected jobs    none
application      x
app blob         3 bytes
`);
    expect((await cli(['peek', SAMPLE])).out).toContain('JSON with testplan_id, description, launcher\n');
  });

  it('dumps an error about a value that holds a large integer', async () => {
    const stdin = gzipSync('{"session":{},"version":{"a":[12345678901234567890]}}');
    const { code, out } = await cli(['peek', '-', '--json'], { stdin });
    expect(code).toBe(1);
    expect(JSON.parse(out).error).toMatchObject({
      class: 'IncompatibleSessionError',
      message: "Unsupported version {'a': [12345678901234567890]}",
      actual: '{"a":["12345678901234567890"]}',
    });
  });
});
