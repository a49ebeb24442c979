import { describe, expect, it } from 'vitest';
import { UnitDefinitionError } from '../../../src/errors.js';
import { ResourceExpression } from '../../../src/units/languages/expression.js';
import { PythonError, ResourceProgramError } from '../../../src/units/languages/language-errors.js';

const scope = { implicitNamespace: 'ns', imports: new Map([['alias', 'other::real']]) };

function failure(text: string): unknown {
  try {
    return ResourceExpression.compile(text, scope);
  } catch (error) {
    return error;
  }
}

describe('names of a resource expression (units.md 7.2)', () => {
  it.each([
    ["pkg.name == 'a'", ['ns::pkg']],
    ['pkg', ['ns::pkg']],
    ["b.x == a.y and b.z in ['c.d']", ['ns::b', 'ns::a']],
    ["alias.x == 'y' or a.b", ['other::real', 'ns::a']],
    ["int(a.n) > 6 and a.b == 'x'", ['ns::a']],
    ["int(c.n) > 6 and a.b == 'x'", ['ns::a']],
    ["c.d.e == 1 and a.b == 'x'", ['ns::a']],
    ['len == a.b', ['ns::len', 'ns::a']],
    ["pkg.name == 'a' # c.d", ['ns::pkg']],
    ['ｐｋｇ.name', ['ns::pkg']],
    ["(pkg.name ==\n 'a')\n", ['ns::pkg']],
    ['[a.b, (c.d, None)] == ...', ['ns::a', 'ns::c']],
    // Uninspected: behind an attribute, inside of a call.
    ['(not c.d).e or a.b', ['ns::a']],
    ["len(f'{c}') == 1 or a.b", ['ns::a']],
  ])('%j needs %j', (text, ids) => {
    expect(ResourceExpression.compile(text, scope).resourceIds).toEqual(ids);
  });

  it('adds no namespace when there is none', () => {
    const expression = ResourceExpression.compile('a.b', { implicitNamespace: null, imports: new Map() });
    expect(expression.resourceIds).toEqual(['a']);
  });

  it('lists the manifest entries', () => {
    const expression = ResourceExpression.compile(
      "manifest.has_x == 'True' and manifest.has_y == 'True' and manifest.has_x and a.b",
      scope,
    );
    expect(expression.manifestIds).toEqual(['ns::has_x', 'ns::has_y']);
  });
});

describe('program errors (units.md 7.2)', () => {
  it.each(["'a' == 'a'", 'int(a.n) > 6', 'a.b.c == 1', 'True', '', '# comment', 'len(a.b)'])(
    '%j references no resources',
    (text) => {
      const error = failure(text);
      expect(error).toBeInstanceOf(ResourceProgramError);
      expect(error).toMatchObject({
        reason: 'no-resources',
        expression: text,
        message: 'expression did not reference any resources',
      });
    },
  );

  it.each([
    'pkg.name ==',
    ' pkg.name',
    'a b',
    'a.b ==\n1',
    "a == 'x",
    "a == 'x\ny'",
    '(a.b',
    'a.b)',
    '(a.b]',
    'a.b == 01',
    'a.b == 1_',
    'a.b == 0x',
    'a.b == 1e',
    'a.b == 0or 1',
    "a.b == ur'x'",
    "a.b == '\\x4'",
    "a.b == b'é'",
    "a.b == b'x' 'y'",
    'a.b <> 1',
    'a.b = = 1',
    'a.None',
    'f(x=1, 2)',
    'f(**a, *b)',
    'f(a for a in b, 1)',
    'lambda a=1, b: 0',
    '1 = a.b',
    'a.b() = 1',
    "f'{'",
    "f'{}'",
    "f'}'",
    'a.b \\',
    'a.b $ 1',
    'a\u00a0.b',
    `${'('.repeat(201)}a${')'.repeat(201)}`,
  ])('%j is a syntax error', (text) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(ResourceProgramError);
    expect(error).toMatchObject({
      reason: 'syntax',
      code: 'unit-expression',
      message: 'syntax error in resource expression',
    });
  });

  const AB = "Attribute(value=Name(id='a', ctx=Load()), attr='b', ctx=Load())";
  // Dumps as CPython 3.11 gives them.
  it.each([
    ['not a.b', 'Not()'],
    ['-a.b == 1', 'USub()'],
    ['~a.b', 'Invert()'],
    ['+a.b', 'UAdd()'],
    ['a.b + 1', 'Add()'],
    ['a.b - 1', 'Sub()'],
    ['a.b * 2', 'Mult()'],
    ['a.b / 2', 'Div()'],
    ['a.b // 2', 'FloorDiv()'],
    ['a.b % 2', 'Mod()'],
    ['a.b ** 2', 'Pow()'],
    ['a.b @ c.d', 'MatMult()'],
    ['a.b | c.d', 'BitOr()'],
    ['a.b ^ 1', 'BitXor()'],
    ['a.b & 1', 'BitAnd()'],
    ['a.b << 1', 'LShift()'],
    ['a.b >> 1', 'RShift()'],
    ['-a.b + 1', 'USub()'],
    ['a.b == -1', 'USub()'],
    ['import os', "Import(names=[alias(name='os')])"],
    ["a['x']", "Subscript(value=Name(id='a', ctx=Load()), slice=Constant(value='x'), ctx=Load())"],
    [
      'a[1:2]',
      "Subscript(value=Name(id='a', ctx=Load()), slice=Slice(lower=Constant(value=1), upper=Constant(value=2)), ctx=Load())",
    ],
    ['{1, a.b}', `Set(elts=[Constant(value=1), ${AB}])`],
    ['{**a.b}', `Dict(keys=[None], values=[${AB}])`],
    ['x = a.b', `Assign(targets=[Name(id='x', ctx=Store())], value=${AB})`],
    [
      'x: int = a.b',
      `AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load()), value=${AB}, simple=1)`,
    ],
    ['x += a.b', `AugAssign(target=Name(id='x', ctx=Store()), op=Add(), value=${AB})`],
    ['del a.b', "Delete(targets=[Attribute(value=Name(id='a', ctx=Load()), attr='b', ctx=Del())])"],
    ['a.b if 1 else 2', `IfExp(test=Constant(value=1), body=${AB}, orelse=Constant(value=2))`],
    [
      'lambda *x, y=1, **z: 0',
      "Lambda(args=arguments(posonlyargs=[], args=[], vararg=arg(arg='x'), kwonlyargs=[arg(arg='y')], kw_defaults=[Constant(value=1)], kwarg=arg(arg='z'), defaults=[]), body=Constant(value=0))",
    ],
    [
      '{x: y async for x, y in a if b}',
      "DictComp(key=Name(id='x', ctx=Load()), value=Name(id='y', ctx=Load()), generators=[comprehension(target=Tuple(elts=[Name(id='x', ctx=Store()), Name(id='y', ctx=Store())], ctx=Store()), iter=Name(id='a', ctx=Load()), ifs=[Name(id='b', ctx=Load())], is_async=1)])",
    ],
    ['(y := a.b)', `NamedExpr(target=Name(id='y', ctx=Store()), value=${AB})`],
    ['[*a.b]', `Starred(value=${AB}, ctx=Load())`],
    ['await a.b', `Await(value=${AB})`],
    ['yield', 'Yield()'],
    [
      "f'{a.b!r:>{w}} {{x}}'",
      `JoinedStr(values=[FormattedValue(value=${AB}, conversion=114, format_spec=JoinedStr(values=[Constant(value='>'), FormattedValue(value=Name(id='w', ctx=Load()), conversion=-1)])), Constant(value=' {x}')])`,
    ],
    ["f'{a.b=}'", `JoinedStr(values=[Constant(value='a.b='), FormattedValue(value=${AB}, conversion=114)])`],
    ['from . import x as y', "ImportFrom(names=[alias(name='x', asname='y')], level=1)"],
    ["assert a.b, 'm'", `Assert(test=${AB}, msg=Constant(value='m'))`],
    ['raise a from b', "Raise(exc=Name(id='a', ctx=Load()), cause=Name(id='b', ctx=Load()))"],
    ['if a.b: pass', `If(test=${AB}, body=[Pass()], orelse=[])`],
    [
      'def f(x: int, *, y=1) -> str: return x',
      "FunctionDef(name='f', args=arguments(posonlyargs=[], args=[arg(arg='x', annotation=Name(id='int', ctx=Load()))], kwonlyargs=[arg(arg='y')], kw_defaults=[Constant(value=1)], defaults=[]), body=[Return(value=Name(id='x', ctx=Load()))], decorator_list=[], returns=Name(id='str', ctx=Load()))",
    ],
    [
      "print('x', end='', *a, **b)",
      "Call(func=Name(id='print', ctx=Load()), args=[Constant(value='x'), Starred(value=Name(id='a', ctx=Load()), ctx=Load())], keywords=[keyword(arg='end', value=Constant(value='')), keyword(value=Name(id='b', ctx=Load()))])",
    ],
    [
      "open(u'x', b'\\x00\\'', 1_0, 0x10, 1.50, 3j, ..., r'\\d' '\\t')",
      "Call(func=Name(id='open', ctx=Load()), args=[Constant(value='x', kind='u'), Constant(value=b\"\\x00'\"), Constant(value=10), Constant(value=16), Constant(value=1.5), Constant(value=3j), Constant(value=Ellipsis), Constant(value='\\\\d\\t')], keywords=[])",
    ],
    // Statements are visited in order; what comes first is reported.
    ['a.b; import os', "Import(names=[alias(name='os')])"],
    [
      "a.b == 'x' or open(a)",
      "Call(func=Name(id='open', ctx=Load()), args=[Name(id='a', ctx=Load())], keywords=[])",
    ],
  ])('%j is not allowed', (text, dump) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(ResourceProgramError);
    expect(error).toMatchObject({
      reason: 'not-allowed',
      message: `this kind of python code is not allowed: ${dump}`,
    });
  });
});

describe('exceptions that the reference leaks (units.md 7.2)', () => {
  it.each([
    ["pkg.name.upper() == 'A'", 'AttributeError', "'Attribute' object has no attribute 'id'"],
    ["a['b']()", 'AttributeError', "'Subscript' object has no attribute 'id'"],
    ['a.b; c.d', 'SyntaxError', 'invalid syntax (<string>, line 1)'],
    ['a.b;', 'SyntaxError', 'invalid syntax (<string>, line 1)'],
    ['\na.b', 'SyntaxError', 'invalid syntax (<string>, line 1)'],
    ['a.b, c.d', 'NameError', "name 'c' is not defined"],
    ["a.b == '\ud800'", 'UnicodeEncodeError', /surrogates not allowed/],
    [`a.b or ${'not '.repeat(5000)}1`, 'RecursionError', /recursion/],
    [`a.b, ${'lambda: '.repeat(5000)}1`, 'RecursionError', /recursion/],
    [`a${'.b'.repeat(5000)}`, 'RecursionError', /recursion/],
  ])('case %#', (text, exception, message) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(PythonError);
    expect(error).toMatchObject({
      exception,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it('refuses the names of characters, which it does not know', () => {
    const error = failure("a.b == '\\N{EM DASH}'");
    expect(error).toBeInstanceOf(UnitDefinitionError);
    expect(error).not.toBeInstanceOf(ResourceProgramError);
  });
});
