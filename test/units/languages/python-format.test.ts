import { describe, expect, it } from 'vitest';
import type { PyDict } from '../../../src/python/value.js';
import { MissingParameterError, PythonError } from '../../../src/units/languages/language-errors.js';
import { FormatString } from '../../../src/units/languages/python-format.js';

const parameters: PyDict = new Map<string, string | bigint>([
  ['n', 'héé'],
  ['a', 'x'],
  ['__index__', 7n],
  ['big', 1234567n],
  ['neg', -42n],
  ['w', '6'],
  ['q', "it's"],
  ['x y/z-1', 'odd'],
]);

function failure(text: string): unknown {
  try {
    return FormatString.parse(text).format(parameters);
  } catch (error) {
    return error;
  }
}

describe('format strings (units.md 6.4)', () => {
  // Expected texts as CPython's string.Formatter gives them.
  it.each([
    ['no fields', 'no fields'],
    ['{n:>5}', '  héé'],
    ['{n:*^8}|', '**héé***|'],
    ['{n:.2}|', 'hé|'],
    ['{n:05}|', 'héé00|'],
    ['{__index__:03d}', '007'],
    ['{__index__:#x}', '0x7'],
    ['{__index__:08b}', '00000111'],
    ['{__index__:%}', '700.000000%'],
    ['{__index__:.2f}', '7.00'],
    ['{__index__:c}|', '\x07|'],
    ['{__index__:n}', '7'],
    ['{__index__!r:>3}', '  7'],
    ['{big:,}', '1,234,567'],
    ['{big:_x}', '12_d687'],
    ['{big:012,}', '0,001,234,567'],
    ['{big:e}', '1.234567e+06'],
    ['{big:.3g}', '1.23e+06'],
    ['{big:+,.1f}', '+1,234,567.0'],
    ['{neg:=+8}', '-     42'],
    ['{neg: d}', '-42'],
    ['{a:>{w}}', '     x'],
    ['{q!r}', '"it\'s"'],
    ['{n!a}', "'h\\xe9\\xe9'"],
    ['{n!s:>4}', ' héé'],
    ['{n[0]}', 'h'],
    ['{{{a}}}', '{x}'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: shell variables in a format string
    ['echo ${a} ${{HOME}}', 'echo $x ${HOME}'],
    ['{a:é>3}', 'ééx'],
    ['{x y/z-1}', 'odd'],
    ['{a.upper}', '<built-in method upper of str object>'],
    ['{__index__.real}', '7'],
  ])('renders %j', (text, rendered) => {
    expect(FormatString.parse(text).format(parameters)).toBe(rendered);
  });

  it.each([
    ['{', 'ValueError', "Single '{' encountered in format string"],
    ['x } y', 'ValueError', "Single '}' encountered in format string"],
    ['x { y', 'ValueError', "expected '}' before end of string"],
    ['{a!', 'ValueError', 'end of string while looking for conversion specifier'],
    ['{a!r', 'ValueError', "unmatched '{' in format spec"],
    ['{a!rx}', 'ValueError', "expected ':' after conversion specifier"],
    ['{a{b}', 'ValueError', "unexpected '{' in field name"],
    ['{}', 'IndexError', 'tuple index out of range'],
    ['{0}', 'IndexError', 'tuple index out of range'],
    ['{a[]}', 'ValueError', 'Empty attribute in format string'],
    ['{a.}', 'ValueError', 'Empty attribute in format string'],
    ['{a[0]x}', 'ValueError', "Only '.' or '[' may follow ']' in format field specifier"],
    ['{a:d}', 'ValueError', "Unknown format code 'd' for object of type 'str'"],
    ['{a:+}', 'ValueError', 'Sign not allowed in string format specifier'],
    ['{a:=5}', 'ValueError', "'=' alignment not allowed in string format specifier"],
    ['{a:#}', 'ValueError', 'Alternate form (#) not allowed in string format specifier'],
    ['{a:,}', 'ValueError', "Cannot specify ',' with 's'."],
    ['{a:5.}', 'ValueError', 'Format specifier missing precision'],
    ['{a:5xyz}', 'ValueError', "Invalid format specifier '5xyz' for object of type 'str'"],
    ['{__index__:s}', 'ValueError', "Unknown format code 's' for object of type 'int'"],
    ['{__index__:.3d}', 'ValueError', 'Precision not allowed in integer format specifier'],
    ['{__index__:,_}', 'ValueError', "Cannot specify both ',' and '_'."],
    ['{a!x}', 'ValueError', 'Unknown conversion specifier x'],
    ['{a:{w:{q:{n}}}}', 'ValueError', 'Max string recursion exceeded'],
    ['{a:99999999999999999999}', 'ValueError', 'Too many decimal digits in format string'],
    ['{a.foo}', 'AttributeError', "'str' object has no attribute 'foo'"],
    ['{a.__class__}', 'AttributeError', "'str' object has no attribute '__class__'"],
    ['{a[x]}', 'TypeError', "string indices must be integers, not 'str'"],
    ['{a[9]}', 'IndexError', 'string index out of range'],
    ['{__index__[0]}', 'TypeError', "'int' object is not subscriptable"],
    ['{neg:c}', 'OverflowError', '%c arg not in range(0x110000)'],
  ])('%j raises %s', (text, exception, message) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(PythonError);
    expect(error).toMatchObject({ exception, message, code: 'unit-template' });
  });

  it.each([
    ['{zz}', 'zz'],
    ['{ a }', ' a '],
    ['{unknown-name}', 'unknown-name'],
    ['{a!r:>{zz}}', 'zz'],
    ['{zz.attr}', 'zz'],
    ['{[0]}', ''],
    ['{constructor}', 'constructor'],
  ])('%j misses the parameter %j', (text, parameter) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(MissingParameterError);
    expect(error).toMatchObject({ parameter });
  });

  it('does not substitute what it substituted', () => {
    expect(FormatString.parse('{n}').format(new Map([['n', '{x} {{']]))).toBe('{x} {{');
  });

  it.each([
    ['{b} {a} {b}', ['b', 'a']],
    ['{a.b} {a[0]} {a}', ['a.b', 'a[0]', 'a']],
    ['{a!r:>{n}}', ['a']],
    ['{{a}} {} { b }', ['', ' b ']],
    ['plain', []],
  ])('%j uses %j', (text, names) => {
    expect(FormatString.parse(text).usedNames).toEqual(names);
  });

  it('bounds the size of what it makes', () => {
    expect(failure('{a:10000000}')).toMatchObject({ code: 'limit-evaluation' });
    expect(failure('{a:1000000}'.repeat(20))).toMatchObject({ code: 'limit-evaluation' });
  });
});
