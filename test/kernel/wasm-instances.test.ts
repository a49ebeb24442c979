/** Instances go from document to document, and no two documents see each other. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { JsonDocument } from '../../src/document/json-value.js';
import type { ScannedText } from '../../src/kernel/kernel.js';
import { generator, sampleText, scan, wasmKernels } from './wasm-support.js';

/** Small ones are kept whole, large ones have gaps. */
const texts = Array.from({ length: 12 }, (_, i) =>
  Buffer.from(
    i % 3 === 0
      ? `{"session":{"results":[${Array.from({ length: 12 }, (_, j) => sampleText(i + j, 60)).join(',')}]},"version":6}`
      : sampleText(i, i * 5),
  ),
);
const inputs = texts.map((text) => gzipSync(text));

function expectText(scanned: ScannedText, text: Buffer): void {
  expect(text.equals(scanned.text.read(0, text.length))).toBe(true);
}

/** Where the `n`th log of a text is. */
function logOf(text: Buffer, n: number): [start: number, end: number] {
  let start = -1;
  for (let i = 0; i <= n; i++) start = text.indexOf('"io_log":[', start + 1);
  start += '"io_log":'.length;
  return [start, text.indexOf('],"outcome"', start) + 1];
}

describe.each(wasmKernels)('$name', (kernel) => {
  it('makes one instance for documents that come one after the other', () => {
    scan(kernel, [inputs[1]!]);
    const made = vi.spyOn(WebAssembly, 'Instance');
    for (let i = 0; i < 40; i++) scan(kernel, [inputs[i % 12]!], { dropDepth: 2 }).dispose();
    for (let i = 0; i < 40; i++) scan(kernel, [inputs[1 + (i % 2)]!]);
    for (let i = 0; i < 10; i++) {
      const scanned = scan(kernel, [inputs[0]!], { dropDepth: 2 });
      scanned.decodeRecords(...logOf(texts[0]!, 70));
      scanned.dispose();
    }
    expect(() => scan(kernel, [inputs[0]!.subarray(0, 9000)])).toThrow('input ends');
    scan(kernel, [inputs[2]!]);
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });

  it('reads documents that are open at the same time', () => {
    const next = generator(5);
    const open = inputs.map((input) => scan(kernel, [input], { dropDepth: 2 }));
    for (let i = 0; i < 80; i++) {
      const at = next(open.length);
      const [start, end] = logOf(texts[at]!, next(8));
      const count = open[at]!.countRecords(start, end);
      expect(count).toBe(JSON.parse(texts[at]!.subarray(start, end).toString()).length);
      expect(open[at]!.decodeRecords(start, end).count).toBe(count);
      if (i % 4 === 0) expectText(open[at]!, texts[at]!);
      if (i % 10 === 0) {
        open[at]!.dispose();
        open[at] = scan(kernel, [inputs[at]!], { dropDepth: 2 });
      }
    }
  });

  it('scans a document while another one pauses', () => {
    const long = Buffer.from(`[${Array.from({ length: 500 }, (_, i) => sampleText(i, 60)).join(',')}]`);
    const limits = { inputBytes: 1e9, textBytes: 1e9, depth: 100, integerDigits: 100 };
    const scanning = kernel.begin({ limits, dropDepth: 9, decodeLogs: false });
    scanning.push(gzipSync(long));
    const steps = scanning.finish();
    let pauses = 0;
    for (;;) {
      const step = steps.next();
      if (step.done) {
        expectText(step.value, long);
        break;
      }
      pauses++;
      expectText(scan(kernel, [inputs[pauses % 12]!]), texts[pauses % 12]!);
    }
    expect(pauses).toBeGreaterThan(2);
  });

  it('gives nothing of another document after disposal', () => {
    const document = new JsonDocument(scan(kernel, [inputs[0]!], { dropDepth: 2 }));
    const results = document.root.get('session')!.get('results')!;
    const last = results.at(11)!;
    expect(last.get('version')!.toJS()).toBe(6);
    document.dispose();
    expectText(scan(kernel, [inputs[3]!], { dropDepth: 2 }), texts[3]!);
    expect(() => last.get('session')!.get('results')!.members()).toThrow('disposed');
  });
});
