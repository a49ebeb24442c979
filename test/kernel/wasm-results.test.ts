/** Results on disk, which the WebAssembly kernels read straight from the text where they can. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { changeByte, generator, jsKernel, KEEP_ALL, outcome, wasmKernels } from './wasm-support.js';

const result = (changes: Record<string, string> = {}) => {
  const members = {
    comments: 'null',
    execution_duration: '0.125',
    io_log_filename: '"io-logs/job.record.gz"',
    outcome: '"pass"',
    return_code: '0',
    ...changes,
  };
  const pairs = Object.entries(members).map(([key, value]) => `"${key}":${value}`);
  return `[{${pairs.join(',')}}]`;
};

const many = (odd: string, count = 30) => {
  const others = Array.from({ length: count }, (_, i) => `"job/${i}":${result()}`);
  return `{"session":{"results":{${[...others, odd, ...others].join(',')}}},"version":8}`;
};

function expectSame(text: string | Buffer): void {
  const input = [gzipSync(text, { level: 1 })];
  for (const dropDepth of [2, 4, KEEP_ALL]) {
    const wanted = outcome(jsKernel, input, { dropDepth });
    for (const kernel of wasmKernels) expect(outcome(kernel, input, { dropDepth })).toEqual(wanted);
  }
}

describe('results on disk', () => {
  const long = 'x'.repeat(200);
  it.each([
    ...[
      { comments: '"seen twice"' },
      { comments: '"seen – twice"' },
      { comments: '"a\\"b"' },
      { comments: '""' },
    ],
    ...[{ comments: `"${long}"` }, { comments: '"\u0001"' }, { comments: '"\\x"' }, { comments: '1' }],
    ...[{ execution_duration: 'null' }, { execution_duration: '-1.5' }, { execution_duration: '1e-05' }],
    ...[{ execution_duration: '1e5' }, { execution_duration: '01.5' }, { execution_duration: '1.' }],
    ...[
      { execution_duration: `0.${'1'.repeat(40)}` },
      { execution_duration: 'NaN' },
      { execution_duration: '' },
    ],
    ...[{ io_log_filename: `"${long}"` }, { io_log_filename: 'null' }, { io_log_filename: '"é"' }],
    ...[{ outcome: 'null' }, { outcome: '"\\u0070ass"' }, { outcome: '"pass' }, { outcome: 'pass"' }],
    ...[{ return_code: 'null' }, { return_code: '-11' }, { return_code: '0.5' }, { return_code: '00' }],
    ...[{ return_code: '0x' }, { return_code: '0}' }, { return_code: '0 ' }, { return_code: '"' }],
    ...[{ return_code: '9'.repeat(5000) }, { another: '0' }, { io_log: '[[0.5,"stdout","aGk="]]' }],
  ])('%o among many', (changes) => {
    expectSame(many(`"odd":${result(changes)}`));
  });

  it.each([
    ...[`"odd":[]`, `"odd":[${result().slice(1, -1)},${result().slice(1, -1)}]`, `"odd":${result()} `, ''],
    ...[`"odd" :${result()}`, `odd:${result()}`, `"odd":${result()}]`, `"odd":${result().slice(0, -1)}`],
    ...[
      `"odd":${result()},`,
      `"odd":[${result()}]`,
      `"é":${result()}`,
      `"${'x'.repeat(70_000)}":${result()}`,
    ],
    ...[`"odd":${result()}:`, `"odd":${result()}"`, `"odd"${result()}`, `"odd\n":${result()}`, '"odd":{}'],
  ])('member %# among many', (member) => {
    expectSame(many(member));
  });

  it('at every place of a block, of a chunk and of a step', () => {
    for (let i = 0; i < 70; i++) expectSame(many(`"${'x'.repeat(i)}":${result()}`, 3));
    for (const length of [900, 15_500, 261_000, 600_000]) {
      const padding = `"${'x'.repeat(length)}":${result()}`;
      for (let i = 0; i < 12; i++) expectSame(many(`${padding},"${'y'.repeat(i * 37)}":${result()}`, 8));
    }
  });

  it('at every depth up to the limit', () => {
    for (let depth = 1; depth < 12; depth++) {
      const text = `${'{"a":'.repeat(depth)}{"job":${result()}}${'}'.repeat(depth)}`;
      const input = [gzipSync(text)];
      for (const limit of [depth + 1, depth + 2, depth + 3, 20]) {
        const options = { limits: { depth: limit } };
        const wanted = outcome(jsKernel, input, options);
        for (const kernel of wasmKernels) expect(outcome(kernel, input, options)).toEqual(wanted);
      }
    }
  });

  it('with any byte changed', () => {
    const next = generator(59);
    const text = Buffer.from(many(`"odd":${result({ comments: '"x"', return_code: '17' })}`, 25));
    for (let i = 0; i < 1500; i++) {
      const changed = changeByte(text, next, '[]{},":.e-0 A\\');
      const input = [gzipSync(changed, { level: 1 })];
      const wanted = outcome(jsKernel, input);
      for (const kernel of wasmKernels) expect(outcome(kernel, input)).toEqual(wanted);
    }
  });
});
