import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackEnvelopeSync } from '../../src/envelope.js';
import { DocumentWriter } from '../../src/formats/write-document.js';
import { jsKernel } from '../../src/kernel/js.js';
import { writePyJson } from '../../src/python/json.js';
import type { PyValue } from '../../src/python/value.js';
import { difference } from '../compare.js';

function bytesOf(value: PyValue): Uint8Array {
  const writer = new DocumentWriter();
  writer.value(value);
  return writer.finish();
}

function textOf(value: PyValue): string {
  return gunzipSync(bytesOf(value)).toString();
}

const scalars = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.bigInt(),
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\b', '\x00', '\x1f', '\x7f', '\u2028', '\uffff', '🎉', 'é'),
  }),
);
const { value: values } = fc.letrec<{ value: PyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.string({ unit: 'binary', maxLength: 4 }), tie('value')), { maxLength: 4 })
      .map((members) => new Map(members)),
  ),
}));

describe('the writer of documents', () => {
  it('writes what the reader reads, and the text that Python writes', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = bytesOf(value);
        const read = unpackEnvelopeSync(bytes, { kernel: jsKernel }).toPython();
        expect(difference(read, value)).toBeUndefined();
        expect(gunzipSync(bytes).toString()).toBe(writePyJson(value, { ascii: false, sortKeys: true }));
      }),
    );
  });

  it.each([
    [5, '5.0'],
    [-0, '-0.0'],
    [1e16, '1e+16'],
    [9999999999999998, '9999999999999998.0'],
    [0.0001, '0.0001'],
    [1e-7, '1e-07'],
    [1.5e-5, '1.5e-05'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('writes the float %d as %s', (float, text) => {
    expect(textOf(float)).toBe(text);
  });

  it('sorts keys by code point, escapes what must be, leaves the rest raw', () => {
    expect(
      textOf(
        new Map([
          ['\u{1f389}', 1n],
          ['\uffff', 2n],
          ['a', 3n],
        ]),
      ),
    ).toBe('{"a":3,"\uffff":2,"\u{1f389}":1}');
    expect(textOf('"\\/\b\f\n\r\t\x01\x1f\x7f\u2028é')).toBe(
      '"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\u2028é"',
    );
  });

  it('writes text across the ends of its blocks', () => {
    for (let shift = 0; shift < 4; shift++) {
      const text = `${'x'.repeat(shift)}${'é€🎉'.repeat(30_000)}`;
      expect(textOf([text, 1n]) === `["${text}",1]`).toBe(true);
    }
  });

  it('compresses a text in the same way however it came about', () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `${index * index} é`).join();
    const document = unpackEnvelopeSync(bytesOf([text, 'end']), { kernel: jsKernel });
    const copier = new DocumentWriter();
    copier.copy(document);
    expect(Buffer.from(copier.finish()).equals(bytesOf([text, 'end']))).toBe(true);
  });

  it('writes base64 in pieces', () => {
    const data = Uint8Array.from({ length: 40_000 }, (_, index) => index);
    const writer = new DocumentWriter();
    writer.base64(data);
    expect(gunzipSync(writer.finish()).toString()).toBe(`"${Buffer.from(data).toString('base64')}"`);
  });

  it('goes as deep as the reader', () => {
    let value: PyValue = null;
    for (let depth = 0; depth < 990; depth++) value = depth % 2 === 0 ? [value] : new Map([['k', value]]);
    expect(
      difference(unpackEnvelopeSync(bytesOf(value), { kernel: jsKernel }).toPython(), value),
    ).toBeUndefined();
  });
});
