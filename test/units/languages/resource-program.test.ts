import { describe, expect, it } from 'vitest';
import { PythonError, ResourceProgramError } from '../../../src/units/languages/language-errors.js';
import { parseImports, ResourceProgram } from '../../../src/units/languages/resource-program.js';

const scope = { implicitNamespace: 'ns', imports: new Map<string, string>() };
const records = (...list: Record<string, string>[]) => list.map((data) => new Map(Object.entries(data)));

describe('resource programs (units.md 7.1, 7.4)', () => {
  it('has one expression per line that is not blank', () => {
    const program = ResourceProgram.compile(
      "pkg.a == '1'\u2028pkg.b == '2'\x85\v  sys.c == '3'\r\n \n",
      scope,
    );
    expect(program.expressions.map(({ text }) => text)).toEqual([
      "pkg.a == '1'",
      "pkg.b == '2'",
      "sys.c == '3'",
    ]);
    expect(program.resourceIds).toEqual(['ns::pkg', 'ns::sys']);
  });

  it('takes the items of a list as they are', () => {
    expect(ResourceProgram.compile(['a.b', 'c.d\n'], scope).resourceIds).toEqual(['ns::a', 'ns::c']);
    expect(() => ResourceProgram.compile([' a.b'], scope)).toThrow(ResourceProgramError);
    expect(() => ResourceProgram.compile([''], scope)).toThrow('expression did not reference any resources');
  });

  it('is true without expressions', () => {
    expect(ResourceProgram.compile(' \n \n', scope).evaluate(new Map())).toEqual({ outcome: 'true' });
  });

  it('looks for missing resources in all expressions first', () => {
    const program = ResourceProgram.compile("a.x == 'no'\nb.y == 'z' and c.z == 'z'", scope);
    const result = program.evaluate(
      new Map([
        ['ns::a', records({ x: 'yes' })],
        ['ns::b', []],
      ]),
    );
    expect(result).toMatchObject({
      outcome: 'unavailable',
      expression: program.expressions[1],
      resourceId: 'ns::c',
      message: `expression "b.y == 'z' and c.z == 'z'" needs unavailable resource 'ns::c'`,
    });
  });

  it('names the first expression that is not true', () => {
    const program = ResourceProgram.compile("a.x\na.x == 'no'\na.x == 'no way'", scope);
    expect(program.evaluate(new Map([['ns::a', records({ x: 'yes' })]]))).toMatchObject({
      outcome: 'false',
      expression: program.expressions[1],
      message: `expression "a.x == 'no'" evaluated to a non-true result`,
    });
  });
});

describe('template filters (units.md 6.3)', () => {
  const filter = (text: string, imports: ReadonlyMap<string, string> = new Map()) =>
    ResourceProgram.compile(text, { implicitNamespace: 'ns', imports });

  it('lets pass the records that make all lines true', () => {
    const program = filter("res.name in ['a', 'b']\nres.n > '1'");
    const passes = (data: Record<string, string>) =>
      program.accepts('ns::res', new Map(Object.entries(data)));
    expect(passes({ name: 'a', n: '1' })).toBe(false);
    expect(passes({ name: 'b', n: '2' })).toBe(true);
    expect(passes({ name: 'c', n: '3' })).toBe(false);
  });

  it('lets nothing pass that needs another resource', () => {
    expect(filter("res.a == 'x' or other.b == 'y'").accepts('ns::res', new Map([['a', 'x']]))).toBe(false);
  });

  it('resolves aliases in every line and in every half', () => {
    const imports = parseImports('from far import thing as t');
    const program = filter("t.a == 'x'\nt.b == 'y' and t.a == 'x' or t.c == 'z'", imports);
    const record = new Map([
      ['a', 'x'],
      ['b', 'y'],
    ]);
    expect(program.accepts('far::thing', record)).toBe(true);
    expect(program.accepts('ns::t', record)).toBe(false);
  });
});

describe('imports (units.md 7.3)', () => {
  it('maps aliases to ids', () => {
    const imports = parseImports('from com.example import a\nfrom  org.x  import b/c as d');
    expect([...imports]).toEqual([
      ['a', 'com.example::a'],
      ['d', 'org.x::b/c'],
    ]);
    expect(parseImports('').size).toBe(0);
    expect([...parseImports(['from x import y as z']).keys()]).toEqual(['z']);
  });

  const problem = (statement: string, text: string) =>
    `unable to parse imports statement ${statement}: ${text}`;
  it.each([
    ['from a', problem("'from a'", 'expected exactly four or six tokens')],
    ['from a import b as', problem("'from a import b as'", 'expected exactly four or six tokens')],
    ['from a import b\n\n', problem("''", 'expected exactly four or six tokens')],
    ['form a import b', problem("'form a import b'", "expected 'from' keyword")],
    ['from a impart b', problem("'from a impart b'", "expected 'import' keyword")],
    ['from a import b is c', problem("'from a import b is c'", "expected 'as' keyword")],
    [
      'from a import b::c',
      problem(
        "'from a import b::c'",
        'expected a partial job identifier, not a fully qualified job identifier',
      ),
    ],
    ['from a::b import c', problem('{0!r}', 'expected a namespace, not fully qualified job identifier')],
  ])('refuses %j', (text, message) => {
    const read = () => parseImports(text);
    expect(read).toThrow(PythonError);
    expect(read).toThrow(expect.objectContaining({ exception: 'ValueError', message, code: 'unit-field' }));
  });
});
