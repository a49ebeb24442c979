import { describe, expect, it } from 'vitest';
import type { PyDict, PyValue } from '../../../src/python/value.js';
import { JinjaTemplate } from '../../../src/units/languages/jinja.js';
import { TemplateError } from '../../../src/units/languages/language-errors.js';

const variables: PyDict = new Map<string, PyValue>([
  ['name', 'n1'],
  ['n', '1'],
  ['path', '/p'],
  ['csv', 'a,b,c'],
  ['__index__', 2n],
  ['__on_ubuntucore__', false],
  ['list', ['a', 1n]],
  [
    '__system_env__',
    new Map<string, PyValue>([
      ['X', 'xv'],
      ['get', 'hidden'],
    ]),
  ],
]);

const render = (text: string) => JinjaTemplate.parse(text).render(variables);

function failure(text: string): unknown {
  try {
    return render(text);
  } catch (error) {
    return error;
  }
}

describe('rendering (units.md 4.2, 6.5, 6.6)', () => {
  it.each([
    ['t-{{ name }}', 't-n1'],
    ['c {{ path }} {% if x %}X{% endif %}', 'c /p '],
    ['S {{ name|upper }}\n', 'S N1'],
    ['S {{ name | upper }}\n\n', 'S N1\n'],
    ["{% if n == '1' %}one{% else %}other {{ n }}{% endif %}", 'one'],
    ["{% if n == '2' %}a{% elif n != '1' %}b{% elif n in ['1'] %}c{% else %}d{% endif %}", 'c'],
    ['{{ __system_env__["X"] }}{{ __system_env__.X }}{{ __system_env__.nope }}', 'xvxv'],
    [
      "{{ __system_env__.get('X') }} {{ __system_env__.get('Y') }} {{ __system_env__.get('Y', 'd') }}",
      'xv None d',
    ],
    ["{{ __system_env__['get'] }}", 'hidden'],
    ["{{ csv.split(',')[-1] }} {{ csv.split(',', 1) }} {{ 'a  b '.split() }}", "c ['a', 'b,c'] ['a', 'b']"],
    ["{{ name.upper() }}{{ 'ÄB'.lower() }}{{ ' x '.strip() }}{{ '-x-'.strip('-') }}", 'N1äbxx'],
    [
      "{{ name.startswith('n') }} {{ name.endswith(('a', '2')) }} {{ 'aba'.replace('a', 'c') }}",
      'True False cbc',
    ],
    [
      "{{ none }} {{ true }} {{ 1 }} {{ 1.0 }} {{ 1e3 }} {{ 'a' 'b' }} {{ (1,) }} {{ [] }}",
      'None True 1 1.0 1000.0 ab (1,) []',
    ],
    ["{{ 'a' ~ 1 ~ none }} {{ 'a' + 'b' }} {{ __index__ + 1 }} {{ -__index__ }}", 'a1None ab 3 -2'],
    [
      '{{ 1 < 2 < 3 }} {{ 1 == 1.0 }} {{ not x }} {{ list[0] }}{{ list.1 }}{{ list[7] }}',
      'True True True a1',
    ],
    [
      "{{ 'a' in csv }} {{ 'z' not in csv }} {{ 'a' in nothing }} {{ 'X' in __system_env__ }}",
      'True True False True',
    ],
    ["{{ 'y' if name else 'n' }}{{ 'y' if nothing }}{{ nothing or name }}{{ name and 'q' }}", 'yn1q'],
    ["{% set x = '' %}{{ x }}{% set x = name ~ '!' %}{{ x }}", 'n1!'],
    [
      "{{ nothing == nothing }} {{ nothing == '' }} {{ nothing != '' }} {{ nothing is defined }}",
      'True False True False',
    ],
    ["{{ nothing|default('d') }}{{ name|d('x') }}{{ ''|default('e', true) }}", 'dn1e'],
    ["{{ csv|length }} {{ ' a '|trim }} {{ csv|replace(',', '') }} {{ 'A'|lower }}", '5 a abc a'],
    [
      '{{ name is defined }} {{ name is not defined }} {{ none is none }} {{ x is undefined }}',
      'True False True True',
    ],
    ['{# comment {{ #}a{#- b -#} c', 'ac'],
    ['{% raw %}{{ x }}{% endraw %}', '{{ x }}'],
    ["{{ 'a\\n\\x41\\u00e9\\'' }}", "a\nAé'"],
    ['{{ "}}" }}', '}}'],
    ['a { b } {c} %}', 'a { b } {c} %}'],
    ['a\r\nb\rc\n', 'a\nb\nc'],
    ['a{#', 'a'],
    ['a{#-\n', 'a'],
    ['a{% raw %}', 'a'],
    ['<{{ "&" }}>', '<&>'],
  ])('renders %j', (text, rendered) => {
    expect(render(text)).toBe(rendered);
  });

  it.each([
    ['a \n{%- if true %}\n b{% endif %}', 'a\n b'],
    ['{% if true -%}\n b {%- endif %} c', 'b c'],
    ['a {{- name -}} b', 'an1b'],
    ['  {%+ if true %}a{% endif +%}\nb', '  a\nb'],
    ['{% if true %}\na\n{% endif %}\n', '\na\n'],
    ['a\u00a0{{- name }}', 'an1'],
  ])('controls white space in %j', (text, rendered) => {
    expect(render(text)).toBe(rendered);
  });

  it.each([
    ['{{ a < 1 }}', "'a' is undefined"],
    ["{{ 'x' >= a }}", "'a' is undefined"],
    ['{{ a.b }}', "'a' is undefined"],
    ["{{ a['b'] }}", "'a' is undefined"],
    ["{{ a + 'b' }}", "'a' is undefined"],
    ['{{ a.b() }}', "'a' is undefined"],
    ['{{ name.foo() }}', "'str object' has no attribute 'foo'"],
    ['{{ __system_env__.nope < 1 }}', "'dict object' has no attribute 'nope'"],
    ['{{ list[9].x }}', 'list object has no element 9'],
  ])('%j is an error', (text, message) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ reason: 'undefined', message, code: 'unit-template' });
  });

  it.each([
    ["{{ 'a' < 1 }}", "'<' not supported between instances of 'str' and 'int'"],
    ["{{ 'a' + 1 }}", "unsupported operand type(s) for +: 'str' and 'int'"],
    ['{{ 1 in 1 }}', "argument of type 'int' is not iterable"],
    ['{{ -name }}', "bad operand type for unary operator: 'str'"],
    ["{{ name.split('') }}", 'empty separator'],
    ['{{ [1] in __system_env__ }}', "unhashable type: 'list'"],
    ['{{ __system_env__.get((1, [2])) }}', "unhashable type: 'list'"],
    ['{{ none|length }}', "object of type 'NoneType' has no len()"],
  ])('%j is a type error', (text, message) => {
    expect(failure(text)).toMatchObject({ reason: 'type', message });
  });
});

describe('what is not supported', () => {
  it.each([
    ['{% for x in list %}{% endfor %}', 'tag for'],
    ['{% macro m() %}{% endmacro %}', 'tag macro'],
    ['{% include "x" %}', 'tag include'],
    ["{% import 'x' as y %}", 'tag import'],
    ['{% set x %}a{% endset %}', 'set with a body'],
    ['{% set a, b = 1, 2 %}', 'set of several names'],
    ['{% set a.b = 1 %}', 'set of an attribute'],
    ['{{ range(3) }}', 'call of range'],
    ['{{ x|join }}', 'filter join'],
    ['{{ x is even }}', 'test even'],
    ["{{ {'a': 1} }}", 'a dictionary'],
    ['{{ name[1:2] }}', 'a slice'],
    ['{{ 2 * 3 }}', 'operator *'],
    ['{{ 2 - 3 }}', 'operator -'],
    ["{{ x.get(k='v') }}", 'keyword arguments'],
    ['{{ x.get(*y) }}', 'unpacked arguments'],
    ['{{ name.title() }}', 'method title without a call'],
    ['{{ name.__class__ }}', 'attribute __class__'],
    ['{{ range }}', 'global range'],
    ["{{ name.startswith('1', 1) }}", 'startswith of a part'],
    ['{{ self }}', 'self'],
    ['{{ name[] }}', 'an empty index'],
    ["{{ 'y' if name is defined if name else 'n' }}", 'test defined with an argument'],
    ['{{ name is defined in csv }}', 'test defined with an argument'],
    ['{{ name is none is none }}', 'test none with an argument'],
    ['{{ name is defined(1) }}', 'test defined with an argument'],
    ['{{ name is undefined[0] }}', 'test undefined with an argument'],
  ])('%j names the construct', (text, construct) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({
      reason: 'unsupported',
      message: `not supported in templates: ${construct}`,
    });
  });

  it.each([
    '{{',
    '{{ }}',
    '{{ a b }}',
    '{{ a',
    '{% if a %}',
    '{% if %}{% endif %}',
    '{% else %}',
    '{% nope %}',
    '{% endif %}',
    '{# a',
    '{% raw %}a',
    "{{ 'a }}",
    '{{ a ] }}',
    '{{ a ? b }}',
    "{{ '\\x4' }}",
    '{% if a %}{% else %}{% elif b %}{% endif %}',
    '{{ 1abc }}',
    '{{ a. }}',
  ])('%j is a syntax error', (text) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ reason: 'syntax' });
  });

  it('knows the line of an error', () => {
    expect(failure('a\r\nb {{ c }}\n{% for %}')).toMatchObject({ line: 3 });
  });

  it.each([
    `{{ ${'('.repeat(5000)}a${')'.repeat(5000)} }}`,
    `{{ ${'not '.repeat(5000)}a }}`,
    `{{ a${'.b'.repeat(5000)} }}`,
    `{{ 'a'${" ~ 'a'".repeat(5000)} }}`,
    '{% if a %}'.repeat(5000),
    `{% set x = 'a' %}${'{% set x = x ~ x %}'.repeat(60)}`,
    `{% set x = [1] %}${'{% set x = [x, x] %}'.repeat(60)}{{ x == x }}`,
    `{% set x = 'aaaaaaaa' %}${"{% set x = x.replace('a', x) %}".repeat(9)}`,
  ])('bounds work and depth, case %#', (text) => {
    expect(failure(text)).toMatchObject({ code: 'limit-evaluation' });
  });
});

describe('used names (units.md 6.5)', () => {
  it.each([
    ['{{ b }} {{ a.c[d] }} {{ b }}', ['b', 'a', 'd']],
    ["{% set x = '' %}{{ x }}", []],
    ["{{ x }}{% set x = '' %}", ['x']],
    ['{% set x = x %}', ['x']],
    ['{% set x = y %}{{ x }}', ['y']],
    ['{% if a %}{% set x = 1 %}{% endif %}{{ x }}', ['a', 'x']],
    ['{% if a %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}', ['a', 'x']],
    ['{% set x = 1 %}{% if a %}{% set x = 2 %}{% endif %}{{ x }}', ['a']],
    ['{% if a %}{{ b }}{% elif c %}{{ d }}{% else %}{{ e }}{% endif %}', ['a', 'b', 'c', 'd', 'e']],
    [
      "{{ 'a' if b else c }} {{ d|default(e) }} {{ f is defined }} {{ g.get(h) }}",
      ['b', 'c', 'd', 'e', 'f', 'g', 'h'],
    ],
    ['{{ range }}{{ dict }}{{ lipsum }}{{ cycler }}{{ joiner }}{{ namespace }}', []],
    ['{% raw %}{{ x }}{% endraw %}{# {{ y }} #}', []],
    ['{{ __system_env__["X"] }}', ['__system_env__']],
  ])('%j uses %j', (text, names) => {
    expect(JinjaTemplate.parse(text).usedNames).toEqual(names);
  });
});
