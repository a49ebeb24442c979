import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { corpus } from '../corpus/corpus.js';
import type { HostileEntry } from '../corpus/outcome.js';
import { cli } from './cli.js';

const hostile = (await corpus()).get('hostile')!;
const { entries, namespace }: { entries: readonly HostileEntry[]; namespace: string } = JSON.parse(
  hostile.text('manifest.json'),
);
const directory = mkdtempSync(join(tmpdir(), 'hostile-'));
hostile.writeTo(directory);
afterAll(() => rmSync(directory, { recursive: true }));

const UNITS = ['--namespace', namespace, '--units', join(directory, 'units.pxu')];

describe('hostile sessions', () => {
  it.each([
    ['show', []],
    ['show', ['--json']],
    ['jobs', []],
    ['peek', []],
    ['resume', UNITS],
    ['why', UNITS],
  ])('%s %j tells what is wrong and never fails itself', async (verb, options) => {
    expect(entries.length).toBeGreaterThan(600);
    for (const { file, note } of entries) {
      const path = join(directory, hostile.names().includes(file) ? file : `${file}.gz`);
      const { code, out, err } = await cli([verb, path, ...options]);
      expect([0, 1], `${file} ${note}`).toContain(code);
      expect(out + err, `${file} ${note}`).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
      if (code === 1) expect(out + err, `${file} ${note}`).not.toBe('');
      if (options.includes('--json')) JSON.parse(out);
    }
  });
});
