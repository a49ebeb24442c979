import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idMatcher } from '../../src/units/unit-pattern.js';

describe('regular expressions match as in Python', () => {
  test.each([
    ['^ns::a$', 'ns::a', true],
    ['^ns::a$', 'ns::ab', false],
    ['a', 'ab', true],
    ['b', 'ab', false],
    ['', 'x', true],
    ['^a|b$', 'ax', true],
    ['a|bc|', 'q', true],
    ['(ab|c)+d', 'abcabd', true],
    ['(?:a|b)?c', 'c', true],
    ['a{2}$', 'aaa', false],
    ['a{2,}$', 'aaaa', true],
    ['a{,2}b', 'aab', true],
    ['a{1,2}b', 'aaab', false],
    ['a{x}', 'a{x}', true],
    ['a*?b', 'aab', true],
    ['[^a-c\\d]x', 'dx', true],
    ['[^a-c\\d]x', 'bx', false],
    ['[]a-]+$', ']-a', true],
    ['\\w+\\s\\D\\.$', 'é_1 x.', true],
    ['\\bword\\b', 'word', true],
    ['x\\B', 'x', false],
    ['.', '\n', false],
    ['(?s).', '\n', true],
    ['a$', 'a\n', true],
    ['a\\Z', 'a\n', false],
    ['(?i)^NS::Ä[X-Z]$', 'ns::äy', true],
    ['^(?!ns::suspend)ns::.*$', 'ns::suspend/x', false],
    ['^(?!ns::suspend)ns::.*$', 'ns::usb', true],
    ['^(?=.*b)(?=.*c)a', 'axcb', true],
    ['^(?P<name>a)$', 'a', true],
    ['^.$', '\u{1f600}', true],
    ['\\x41\\u0042\\U0001f600', 'AB\u{1f600}', true],
    ['^\\(a\\)$', '(a)', true],
  ])('%j on %j', (pattern, id, matches) => {
    expect(idMatcher(pattern)(id)).toBe(matches);
  });

  test.each([
    '(',
    'a)',
    '[a',
    '[b-a]',
    '*',
    'a**',
    'a{2,1}',
    '\\',
    '\\q',
    '(?<=a)b',
    '(?P<x>a)(?P=x)',
    '(a)\\1',
    '(?m)a',
  ])('%j is refused', (pattern) => {
    expect(() => idMatcher(pattern)).toThrow(
      expect.objectContaining({ name: 'UnitDefinitionError', code: 'unit-field', actual: pattern }),
    );
  });
});

describe('plain patterns', () => {
  const part = fc.constantFrom('a', 'b', '.', 'a*', '.*', 'b+', '.+', '::', '-', '\u{1f600}', '\n', '/', ' ');
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', '::', '\r', '\u{1f600}', '\n', '/', ' '),
    maxLength: 8,
  });

  test('match as all others do', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), text, (parts, id) => {
        const plain = `^${parts.join('')}$`;
        // A group around it changes nothing, but is not plain.
        expect(idMatcher(plain)(id)).toBe(idMatcher(`(?:${plain})`)(id));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['a', '.', 'a.', '\u{1f600}'])('may be 100,000 characters long, of %j', (piece) => {
    const body = piece.repeat(100_000 / piece.length);
    for (const last of ['', '.*', 'b+']) expect(idMatcher(`^${body}${last}$`)('a'.repeat(1_000))).toBe(false);
  });

  test.each([
    ['.'.repeat(1_000), 'a'.repeat(1_000)],
    [`${'.'.repeat(1_000)}.*.*`, 'a'.repeat(1_000)],
    [`\u{1f600}*${'a'.repeat(1_000)}\u{1f600}*`, 'a'.repeat(1_000)],
    ['a'.repeat(999), `${'a'.repeat(999)}\n`],
  ])('match an id as long as may be', (body, id) => {
    expect(idMatcher(`^${body}$`)(id)).toBe(true);
    expect(idMatcher(`^${body}b$`)(id)).toBe(false);
  });
});

describe('bounds', () => {
  test.each([
    '(a+)+$',
    '(a|a)*$',
    '(a*)*$',
    '.*.*.*.*.*.*x',
    '(?=.*(?=.*(?=.*(?=.*x))))',
    '(?:a?){500}a{500}$',
  ])('%j does not run away', (pattern) => {
    expect(idMatcher(pattern)(`${'a'.repeat(300)}b`)).toBe(false);
  });

  test.each(['a{100000}', '(?:a{100}){100}', '('.repeat(1000)])('what is too large is refused', (pattern) => {
    expect(() => idMatcher(pattern)).toThrow(expect.objectContaining({ code: 'unit-field' }));
  });

  test('so is an id without end', () => {
    expect(() => idMatcher('a.*')('a'.repeat(1001))).toThrow(expect.objectContaining({ code: 'unit-field' }));
  });
});
