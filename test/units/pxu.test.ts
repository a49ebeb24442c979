import { describe, expect, test } from 'vitest';
import { originText } from '../../src/units/origin.js';
import { parsePxu, parseRecords } from '../../src/units/pxu.js';

/** The spec writes LF as `|`. */
const lines = (text: string) => text.replaceAll('|', '\n');
const dataOf = (text: string) => parsePxu(text, 'f.pxu').map(({ data }) => Object.fromEntries(data));

describe('records (spec units.md 1.1)', () => {
  test.each<[string, Record<string, string>[]]>([
    ['a:b|c : d|', [{ a: 'b', c: 'd' }]],
    ['a: b| c|', [{ a: 'b\nc' }]],
    ['a:| b| .| c|', [{ a: 'b\n\nc' }]],
    ['a:|  b|   .|  c|', [{ a: 'b\n\nc' }]],
    ['a: x|  b|  c|', [{ a: 'x\n b\n c' }]],
    ['a:| ..| b| c', [{ a: '..\nb\nc' }]],
    ['a:| .|', [{ a: '.' }]],
    ['a:| b| .', [{ a: 'b\n.' }]],
    ['a:| one| .|', [{ a: 'one' }]],
    ['a:| b| . | c|', [{ a: 'b\n. \nc' }]],
    ['a:|    x|      y|    z|', [{ a: 'x\n  y\nz' }]],
    ['a:| \tx| \ty|', [{ a: 'x\ny' }]],
    ['a: b|#comment| c|', [{ a: 'b\nc' }]],
    ['a: b: c|', [{ a: 'b: c' }]],
    ['a:||b: c|', [{ a: '' }, { b: 'c' }]],
    [': v|', [{ '': 'v' }]],
    ['\ufeffa: b|', [{ '\ufeffa': 'b' }]],
    ['a: b|\tc: d|', [{ a: 'b', c: 'd' }]],
  ])('%j', (text, records) => {
    expect(dataOf(lines(text))).toEqual(records);
  });

  test.each([
    ['', []],
    ['\n\n \n', []],
    ['# only\n# comments\n', []],
    ['\n\na: b\n\n\n \t\nc: d\n\n', [{ a: 'b' }, { c: 'd' }]],
    ['a: b\r\n c\rd: e', [{ a: 'b\nc', d: 'e' }]],
    ['a: b\x0bc: d\u2028e: f', [{ a: 'b', c: 'd', e: 'f' }]],
    ['a: b\n # x\n', [{ a: 'b\n# x' }]],
    ['a:\n \t x\n   y\n', [{ a: 'x\n  y' }]],
    [
      '__proto__: x\nconstructor: y\n',
      [
        Object.fromEntries([
          ['__proto__', 'x'],
          ['constructor', 'y'],
        ]),
      ],
    ],
  ])('%j', (text, records) => {
    expect(dataOf(text)).toEqual(records);
  });

  test('indentation of tabs and blanks has nothing in common', () => {
    expect(dataOf('a:\n  x\n \ty\n z\n')).toEqual([{ a: 'x\n\ty\nz' }]);
  });
});

describe('errors', () => {
  test.each([
    ['a: b\n\tc\n', "Unexpected non-empty line: '\\tc\\n' (line 2)", 2],
    ['a:\n x\n  \n y\n', 'Unexpected multi-line value (line 4)', 4],
    [' x\n', 'Unexpected multi-line value (line 1)', 1],
    ['a: b\na: c\n', "Job has a duplicate key 'a' with old value 'b\\n' and new value 'c\\n' (line 2)", 2],
    ['# x\n\nid: a\nno separator', "Unexpected non-empty line: 'no separator' (line 4)", 4],
  ])('%j', (text, message, line) => {
    expect(() => parsePxu(text, 'f.pxu')).toThrow(
      expect.objectContaining({
        name: 'UnitDefinitionError',
        code: 'unit-syntax',
        message,
        line,
        file: 'f.pxu',
      }),
    );
  });

  test('keys differ by case', () => {
    expect(dataOf('a: b\nA: c\n')).toEqual([{ a: 'b', A: 'c' }]);
  });

  test('records before the error are kept for those who ask', () => {
    const { records, error } = parseRecords(['a: b\n', '\n', 'c: d\n', 'broken\n'], null);
    expect(records.map(({ data }) => Object.fromEntries(data))).toEqual([{ a: 'b' }]);
    expect(error?.message).toBe("Unexpected non-empty line: 'broken\\n' (line 4)");
    expect(error?.file).toBeUndefined();
  });
});

describe('lines given one by one (spec state.md 7.1)', () => {
  test('are not split, whatever they hold', () => {
    const { records } = parseRecords(['a: b\nc: d\n'], null);
    expect(records.map(({ data }) => Object.fromEntries(data))).toEqual([{ a: 'b\nc: d' }]);
  });

  test('of one record make one resource', () => {
    const { records } = parseRecords(['a: b\n', 'c: d\n'], null);
    expect(records.map(({ data }) => Object.fromEntries(data))).toEqual([{ a: 'b', c: 'd' }]);
  });

  test('that stop in the middle are an error', () => {
    expect(parseRecords(['a: ', 'b\n'], null).error?.line).toBe(2);
  });
});

describe('origin', () => {
  const text = '# comment\n\nid: a\nplugin: shell\ncommand:\n x\n# in between\n y\n\nid: b\n';

  test('is the lines from the first field to the last line of a value', () => {
    expect(parsePxu(text, 'f.pxu').map(({ origin }) => originText(origin))).toEqual([
      'f.pxu:3-8',
      'f.pxu:10',
    ]);
  });

  test('field offsets point to where values start', () => {
    const [first] = parsePxu(text, 'f.pxu');
    expect(Object.fromEntries(first!.fieldOffsets)).toEqual({ id: 0, plugin: 1, command: 3 });
  });

  test('an unknown source is ???', () => {
    expect(originText({ source: null, firstLine: 2, lastLine: 2 })).toBe('???:2');
    expect(originText({ source: 'f', firstLine: null, lastLine: null })).toBe('f');
  });
});
