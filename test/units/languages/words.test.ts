import { describe, expect, it } from 'vitest';
import { parseIncludes, parseReferences, splitFlags } from '../../../src/units/languages/words.js';

describe('references (units.md 4.4)', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['a b', ['a', 'b']],
    ['a, b', ['a', 'b']],
    ['a,,b', ['a', 'b']],
    ['a\nb', ['a', 'b']],
    ['"a b" c', ['a b', 'c']],
    ['a # b\nc', ['a', 'c']],
    ['a#b\nc', ['a', 'c']],
    ['a=b c', ['a', 'b', 'c']],
    ['"a', []],
    ['a "b', ['a']],
    [',,a,, b ,c\n\n  d,', ['a', 'b', 'c', 'd']],
    ['a\u00a0b', ['a', 'b']],
    ['a\vb\fc\u3000d\u2028e\x1cf\x85g', ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
    ['', []],
    ['  \n', []],
    ['b a b', ['b', 'a']],
    ['other.ns::a', ['other.ns::a']],
    ['x"y', ['x"y']],
    ['"a"b', ['a', 'b']],
    ['"two\nlines" c', ['two\nlines', 'c']],
  ])('reads %j', (text, references) => {
    expect(parseReferences(text).references).toEqual(references);
  });

  it('warns of what it skips, in the words of the reference', () => {
    expect(parseReferences('a = b').warnings).toEqual(["Unexpected input: '='"]);
    expect(parseReferences('a "b').warnings).toEqual(["Missing end of word: '\"b'"]);
    expect(parseReferences('a, "b c" # "d').warnings).toEqual([]);
  });
});

describe('include lines (units.md 9.2)', () => {
  const read = (text: string) =>
    parseIncludes(text).lines.map(({ pattern, overrides }) => [pattern, Object.fromEntries(overrides)]);

  it('reads patterns and overrides', () => {
    expect(
      read('a certification-status=blocker, category-id=foo\nusb/.*\n\n  # none\n"b c" x = "y z" # end'),
    ).toEqual([
      ['a', { 'certification-status': 'blocker', 'category-id': 'foo' }],
      ['usb/.*', {}],
      ['b c', { x: 'y z' }],
    ]);
  });

  it.each(['a b', 'a x=', 'a =y', '=y', ', a', 'a x=y z=w', 'a x=y,', 'a "b'])(
    'leaves out %j with a warning',
    (line) => {
      const { lines, warnings } = parseIncludes(`${line}\nfine`);
      expect(lines.map(({ pattern }) => pattern)).toEqual(['fine']);
      expect(warnings).toHaveLength(1);
    },
  );
});

describe('flags (units.md 4.3)', () => {
  it.each([
    ['simple', ['simple']],
    ['simple,preserve-locale\nfoo , bar', ['simple', 'preserve-locale', 'foo', 'bar']],
    [' a', ['', 'a']],
    ['a,', ['a', '']],
    ['a a', ['a']],
  ])('splits %j', (text, flags) => {
    expect([...splitFlags(text)]).toEqual(flags);
  });
});
