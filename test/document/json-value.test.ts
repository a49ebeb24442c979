/** Members of objects in the lazy view of a document. */

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonValue, unpackEnvelopeSync } from '../../src/index.js';

const open = (text: string): JsonValue => unpackEnvelopeSync(gzipSync(text), { kernel: 'js' });

describe('members of an object', () => {
  it.each([
    ['as they stand', '{"a": 1, "ab": 2}', 'a', 1],
    ['of duplicates the last', '{"a": 1, "b": 2, "a": 3}', 'a', 3],
    ['escaped', '{"\\u0061b": 1}', 'ab', 1],
    ['with a quote', '{"a\\"": 1, "a": 2}', 'a"', 1],
    ['with a backslash', '{"a\\\\": 1}', 'a\\', 1],
    ['outside of ASCII', '{"é": 1, "\u{1f389}": 2}', '\u{1f389}', 2],
    ['a lone surrogate', '{"\\ud800": 1}', '\ud800', 1],
    ['empty', '{"": 1}', '', 1],
  ])('are found by key: %s', (_what, text, key, value) => {
    expect(open(text).get(key)?.toJS()).toBe(value);
  });

  it.each([
    ['the quote that ends a key', '{"a": 1}', 'a"'],
    ['a longer key', '{"ab": 1}', 'a'],
    ['the text of an escape', '{"\\u0061": 1}', '\\u0061'],
    ['what an array holds', '["a"]', 'a'],
  ])('are not mistaken for %s', (_what, text, key) => {
    expect(open(text).get(key)).toBeUndefined();
  });

  it('are the same values however they are reached', () => {
    const root = open('{"a": 1, "b": {}, "a": 3}');
    const b = root.get('b');
    const members = root.members();
    expect([...members.keys()]).toStrictEqual(['a', 'b']);
    expect(members.get('b')).toBe(b);
    expect(root.get('a')).toBe(members.get('a'));
    expect(root.size).toBe(2);
  });

  it('are those that JSON.parse finds', () => {
    const key = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom('a', '"', '\\', '\n'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.nat()), { maxLength: 40 }),
        key,
        fc.boolean(),
        (pairs, sought, whole) => {
          const wanted = new Map(pairs);
          const root = open(
            `{${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')}}`,
          );
          if (whole) expect([...root.members().keys()]).toStrictEqual([...wanted.keys()]);
          for (const name of [sought, ...wanted.keys()])
            expect(root.get(name)?.toJS()).toBe(wanted.get(name));
        },
      ),
    );
  });
});
