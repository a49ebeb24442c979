import { describe, expect, test } from 'vitest';
import { originText } from '../../src/units/origin.js';
import { parseYamlUnits } from '../../src/units/yaml.js';

const readValue = (text: string) => parseYamlUnits(`a: ${text}`, null)[0]?.data.get('a');

describe('scalars (spec units.md 3.2)', () => {
  test.each([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['tRue', 'tRue'],
    ['~', null],
    ['', null],
    ['3', 3n],
    ['-1_000', -1000n],
    ['017', 15n],
    ['0o7', '0o7'],
    ['08', '08'],
    ['0x1F', 31n],
    ['0b11', 3n],
    ['1:30', 90n],
    ['123456789012345678901234567890', 123456789012345678901234567890n],
    ['1.0', 1],
    ['-0.0', -0],
    ['.5', 0.5],
    ['1:30.5', 90.5],
    ['-.INF', Number.NEGATIVE_INFINITY],
    ['.nan', Number.NaN],
    ['"3"', '3'],
    ["'yes'", 'yes'],
    ['!!str 3', '3'],
    ['!!int "3"', 3n],
    ['|\n  x\n   y\n', 'x\n y\n'],
    ['1 2', '1 2'],
  ])('%j', (text, value) => {
    expect(readValue(text)).toEqual(value);
  });
});

describe('structures', () => {
  test('every document is a unit, with the lines it stands on', () => {
    const units = parseYamlUnits(
      'id: a\nflags: [x, y]\n---\n# note\nid: b\ndepends:\n  - a\n  - c\n',
      'f.yaml',
    );
    expect(units.map(({ data }) => data)).toEqual([
      new Map<string, unknown>([
        ['id', 'a'],
        ['flags', ['x', 'y']],
      ]),
      new Map<string, unknown>([
        ['id', 'b'],
        ['depends', ['a', 'c']],
      ]),
    ]);
    expect(units.map(({ origin }) => originText(origin))).toEqual(['f.yaml:1-2', 'f.yaml:5-8']);
  });

  test('an empty file holds no unit', () => {
    expect(parseYamlUnits('', null)).toEqual([]);
    expect(parseYamlUnits('# nothing\n', null)).toEqual([]);
  });

  test('aliases and merge keys are resolved, of two equal keys the last counts', () => {
    const [unit] = parseYamlUnits('base: &b {x: 1}\na:\n  <<: *b\n  y: *b\nc: 1\nc: 2\n', null);
    expect(unit?.data).toEqual(
      new Map<string, unknown>([
        ['base', new Map([['x', 1n]])],
        [
          'a',
          new Map<string, unknown>([
            ['x', 1n],
            ['y', new Map([['x', 1n]])],
          ]),
        ],
        ['c', 2n],
      ]),
    );
  });

  test('keys of nested mappings become text as in JSON', () => {
    expect(readValue('{1: x, yes: y, 1.0: z, ~: n, __proto__: p}')).toEqual(
      new Map([
        ['1', 'x'],
        ['true', 'y'],
        ['1.0', 'z'],
        ['null', 'n'],
        ['__proto__', 'p'],
      ]),
    );
  });
});

describe('refused with the line', () => {
  test.each([
    ['id: a\nb: [1,\n', 3],
    ['id: a\n---\n- x\n', 3],
    ['id: a\n---\n', 2],
    ['just text', 1],
    ['a: 2024-01-01', 1],
    ['a: 2001-12-14 21:59:43.10 -5', 1],
    ['a: !!binary aGk=', 1],
    ['a: !python/object:os.system x', 1],
    ['a: *nowhere', 1],
    [`a: ${'1'.repeat(4301)}`, 1],
    [`a: 1${':1'.repeat(2500)}`, 1],
    ['a: 1\n---\n<<: text', 3],
    ['a:\n  <<: [{}, 1]', 1],
    ['1: x', 1],
    ['a: {[x]: y}', 1],
    ['a: &x [*x]', 1],
    ['a: &x {k: *x}', 1],
    [`a: ${'['.repeat(200)}${']'.repeat(200)}`, 1],
    [`a: ${'['.repeat(20_000)}`, 1],
  ])('%j', (text, line) => {
    expect(() => parseYamlUnits(text, 'f.yaml')).toThrow(
      expect.objectContaining({ name: 'UnitDefinitionError', code: 'unit-syntax', file: 'f.yaml', line }),
    );
  });

  test('more aliases than any unit needs', () => {
    const names = Array.from({ length: 1_001 }, (_, i) => i);
    const text = names.map((i) => `k${i}: &a${i} v\nl${i}: *a${i}`).join('\n');
    expect(() => parseYamlUnits(text, null)).toThrow('too many aliases (line 1)');
  });

  test('nesting, with one message for all depths', () => {
    for (const depth of [200, 3_000, 50_000]) {
      expect(() => parseYamlUnits(`a: ${'['.repeat(depth)}${']'.repeat(depth)}`, null)).toThrow(
        /^YAML is nested too deeply \(line 1\)$/,
      );
    }
  });

  test('a bomb of aliases', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++) {
      const uses = Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ');
      lines.push(`a${i}: &a${i} [${uses}]`);
    }
    expect(() => parseYamlUnits(lines.join('\n'), null)).toThrow(/alias/);
  });
});
