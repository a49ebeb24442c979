import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Resource, ResourceExpression } from '../../../src/units/languages/expression.js';
import { compileExpression } from '../../../src/units/languages/expression-evaluator.js';
import { CombinationSearch } from '../../../src/units/languages/expression-search.js';
import { Raised, ResourceProgramError } from '../../../src/units/languages/language-errors.js';
import { parseModule } from '../../../src/units/languages/python-grammar/statements.js';
import type { ExpressionStatement } from '../../../src/units/languages/python-grammar/syntax.js';
import { isTrue } from '../../../src/units/languages/python-values.js';

const scope = { implicitNamespace: null, imports: new Map<string, string>() };

const resources: ReadonlyMap<string, readonly Resource[]> = new Map(
  Object.entries({
    pkg: [
      { name: 'a', num: '7', tags: 'red blue', wide: '\uff5e' },
      { name: 'b', num: '8' },
      { name: 'c', num: 'x' },
    ],
    sys: [{ os: 'linux', ref: 'b' }],
    blank: [{}],
    none: [],
  }).map(([id, records]) => [id, records.map((record) => new Map(Object.entries(record)))]),
);

function evaluate(text: string): boolean {
  return ResourceExpression.compile(text, scope).evaluate(resources);
}

describe('values of resource expressions (units.md 7.4)', () => {
  it.each([
    "pkg.name == 'a'",
    "pkg.name in ['a', 'zz']",
    "pkg.name not in ('a', 'b')",
    "pkg.nothing == ''",
    "pkg.num != '7'",
    "'7' < pkg.num <= '9'",
    'pkg.name',
    'pkg.name == sys.ref',
    "'a' == pkg.name == 'a'",
    "pkg.name in 'abc'",
    'pkg.tags in pkg.name',
    "pkg.num in (7, '7')",
    "pkg.num in ['8', ['7']]",
    "pkg.name == u'a'",
    "pkg.name == r'a'",
    "pkg.name in ('a')",
    'pkg.name == """a"""',
    "pkg.name == 'a' # comment",
    'pkg.name is not None',
    "pkg.missing_thing != 'x'",
    'pkg != sys',
    'pkg == pkg',
    'pkg',
    'blank',
    'pkg and sys',
    "pkg.wide < '😀'",
    "pkg.wide == '\\uff5e'",
    "pkg.name == 'a' and int(pkg.num) == 7",
    "len(pkg.name) == 1 and pkg.num != ''",
    "bool(pkg.nothing) or pkg.name == 'a'",
    "(pkg.name == 'a' and pkg.num == '7')",
    "pkg.name == 'b' and float(pkg.num) == 8",
    "pkg.name == 'a' and int(float(pkg.num) + 1) == 8",
    "pkg.name == 'a' and len(pkg.tags) > 7.5",
    "(pkg.name == 'a' and 1 == 1.0 == True != 1j)",
    "(pkg.name == 'a' and [1, 'x'] < [1, 'y'])",
    "pkg.__class__ != 'x'",
  ])('%j is true', (text) => {
    expect(evaluate(text)).toBe(true);
  });

  it.each([
    "pkg.name == 'zz'",
    'pkg.name in pkg.tags',
    'pkg.num == 7',
    'pkg.num == 0x7',
    'pkg.num < 7',
    "pkg.num < '10'",
    "pkg.name == 'a' 'b'",
    "pkg.name == b'a'",
    "pkg.name == 'a' == True",
    'pkg.name == None',
    'pkg.nothing is None',
    'pkg == sys',
    'pkg < sys',
    "'x' in pkg",
    // A text has no such attribute.
    'pkg.name.nothing != pkg.num',
    "(pkg.name == 'a' and pkg.num == '8')",
    "pkg.name == 'c' and int(pkg.num) > 0",
    "pkg.name == 'a' and len(unknown.x) == 0",
    "pkg.name == 'a' and len([x for x in 'a']) == 1",
    "pkg.name == 'a' and len('a'.upper()) == 1",
    'blank.x',
    'none.x == none.x',
    "(pkg.name == 'a' or none.x == '')",
    // A tuple without parentheses is no function of records.
    "pkg.name == 'a', 1",
  ])('%j is false', (text) => {
    expect(evaluate(text)).toBe(false);
  });

  it('splits at operators outside of parentheses, so that each half may have its own record', () => {
    expect(evaluate("pkg.name == 'a' and pkg.num == '8'")).toBe(true);
    expect(evaluate("(pkg.name == 'a' and pkg.num == '8')")).toBe(false);
    expect(evaluate("pkg.name == 'a'  and  pkg.num == '8'")).toBe(true);
    expect(evaluate("pkg.name == 'a' and\tpkg.num == '8'")).toBe(false);
    expect(evaluate("pkg.name == 'zz' and pkg.num == 'zz' or sys.os == 'linux'")).toBe(true);
  });

  it.each([
    ["pkg.name == 'x or y'", 'syntax'],
    ["pkg.name == 'this and that'", 'syntax'],
    ["True and pkg.name == 'a'", 'no-resources'],
    ["1 == 1 or pkg.name == 'a'", 'no-resources'],
    ["pkg.num == '7' and 5 > 3", 'no-resources'],
    ["pkg.name == 'a' or 'x and y' == pkg.name", 'syntax'],
  ])('%j compiles, but a half of it does not', (text, reason) => {
    const expression = ResourceExpression.compile(text, scope);
    expect(() => expression.evaluate(resources)).toThrow(ResourceProgramError);
    expect(() => expression.evaluate(resources)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('search for a combination of records', () => {
  const member = fc.constantFrom('n', 'm', 'k');
  const operand = fc.oneof(
    fc.tuple(fc.constantFrom('a', 'b', 'c'), member).map(([alias, name]) => `${alias}.${name}`),
    fc.constantFrom("'x'", "''", '7', "('x', '7')", 'a', 'int(b.n)'),
  );
  const comparison = fc
    .tuple(operand, fc.constantFrom('==', '!=', '<', '>=', 'in', 'is'), operand)
    .map((parts) => parts.join(' '));
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3 },
      comparison,
      fc
        .tuple(tie('expression'), fc.constantFrom('and', 'or'), tie('expression'))
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    ),
  }));
  const record = fc
    .dictionary(member, fc.constantFrom('', 'x', 'y', '7'))
    .map((data) => new Map(Object.entries(data)));
  const aliases = ['a', 'b', 'c'];

  it('finds what trying every combination finds', () => {
    const lists = fc.tuple(...aliases.map(() => fc.array(record, { maxLength: 4 })));
    fc.assert(
      fc.property(expression, lists, (text, [a = [], b = [], c = []]) => {
        const node = (parseModule(text).body[0] as ExpressionStatement).value;
        const whole = compileExpression(node, aliases);
        const holds = (records: Resource[]) => {
          try {
            return isTrue(whole(records));
          } catch (error) {
            if (error instanceof Raised) return false;
            throw error;
          }
        };
        const expected = a.some((x) => b.some((y) => c.some((z) => holds([x, y, z]))));
        expect(new CombinationSearch(node, aliases).succeeds([a, b, c])).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('does not try every combination of many resources', () => {
    const names = Array.from({ length: 30 }, (_, index) => `r${index}`);
    const records = Array.from({ length: 50 }, (_, index) => new Map([['v', String(index)]]));
    const many = new Map(names.map((name) => [name, records]));
    const all = (value: string) =>
      ResourceExpression.compile(`(${names.map((name) => `${name}.v == '${value}'`).join(' and ')})`, scope);
    expect(all('49').evaluate(many)).toBe(true);
    expect(all('50').evaluate(many)).toBe(false);
  });

  it('gives up with an error of its own when there are too many', () => {
    const records = Array.from({ length: 400 }, (_, index) => new Map([['v', String(index)]]));
    const expression = ResourceExpression.compile('(a.v < b.v and b.v < c.v and c.v < a.v)', scope);
    const three = new Map(['a', 'b', 'c'].map((name) => [name, records]));
    expect(() => expression.evaluate(three)).toThrow(expect.objectContaining({ code: 'limit-evaluation' }));
  });

  it('bounds the splitting of long texts', () => {
    const text = Array.from({ length: 5000 }, () => "a.b == 'x'").join(' or ');
    const expression = ResourceExpression.compile(text, scope);
    expect(() => expression.evaluate(new Map([['a', []]]))).toThrow(
      expect.objectContaining({ code: 'limit-evaluation' }),
    );
  });
});
