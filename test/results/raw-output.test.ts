import { expect, it } from 'vitest';
import { MemoryFiles } from '../../src/files/memory.js';
import { DiskJobResult, MemoryJobResult } from '../../src/results/job-result.js';
import { rawOutputBase64, rawOutputImageType } from '../../src/results/raw-output.js';
import { bytesOf } from './records.js';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);
const FILES = new MemoryFiles([
  ['io-logs/shot.stdout', PNG],
  ['io-logs/text.stdout', bytesOf('hello')],
]);
const onDisk = (name: string) => new DiskJobResult({ ioLogFilename: `io-logs/${name}.record.gz` });

it('reads the raw output beside the record file (results.md 4.3)', () => {
  expect(rawOutputBase64(onDisk('text'), FILES)).toBe('aGVsbG8=');
  expect(rawOutputImageType(onDisk('text'), FILES)).toBe('');
  expect(rawOutputImageType(onDisk('shot'), FILES)).toBe('png');
});

it('is empty for results in memory', () => {
  const result = new MemoryJobResult({ outcome: 'pass' });
  expect(rawOutputBase64(result, FILES)).toBe('');
  expect(rawOutputImageType(result, FILES)).toBe('');
});

it('names the file that is missing', () => {
  expect(() => rawOutputBase64(onDisk('gone'), FILES)).toThrow("cannot access file: 'io-logs/gone.stdout'");
});
