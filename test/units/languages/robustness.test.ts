import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitDefinitionError } from '../../../src/errors.js';
import { parseDuration } from '../../../src/units/languages/duration.js';
import { JinjaTemplate } from '../../../src/units/languages/jinja.js';
import { FormatString } from '../../../src/units/languages/python-format.js';
import { parseImports, ResourceProgram } from '../../../src/units/languages/resource-program.js';
import { findShellProblem } from '../../../src/units/languages/shell-lexical.js';
import { parseIncludes, parseReferences, splitFlags } from '../../../src/units/languages/words.js';

const scope = { implicitNamespace: 'ns', imports: new Map<string, string>() };
const record = new Map([['b', 'x']]);

const languages: Record<string, (text: string) => unknown> = {
  'resource programs': (text) => {
    const program = ResourceProgram.compile([text], scope);
    return program.evaluate(new Map(program.resourceIds.map((id) => [id, [record]])));
  },
  'format strings': (text) => FormatString.parse(text).format(new Map([['a', 'x']])),
  templates: (text) => JinjaTemplate.parse(text).render(new Map([['a', 'x']])),
  imports: (text) => parseImports(text),
  references: parseReferences,
  'include lines': parseIncludes,
  flags: splitFlags,
  durations: parseDuration,
  'shell commands': findShellProblem,
};

/** Pieces that mean something in one of the languages. */
const pieces = (
  "a .b () [ ] { } {{ }} {% %} {# #} - -%} {%- ' \" ''' \\ \\x \\N{ : ! != == < = := , ; # | ~ + * ** @ . .. ... " +
  'and or not in is if else elif endif for set raw endraw lambda yield await async def class import from as None ' +
  "True 0 1 0x 1_ 1e 3j é 😀 \ud800 \t \n \r \v f'{ b'x' u'y' a.b len( int( int(a.b) upper() .get( .split( " +
  '|upper >5 !r 1h 2m 3s <<'
).split(' ');
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(' ')),
);

function run(language: (text: string) => unknown, input: string): void {
  try {
    language(input);
  } catch (error) {
    expect(error).toBeInstanceOf(UnitDefinitionError);
  }
}

describe.each(Object.entries(languages))('%s', (_, language) => {
  it('let nothing out of any text but results and documented errors', () => {
    fc.assert(
      fc.property(text, (input) => run(language, input)),
      { numRuns: 2000 },
    );
  });

  it.each(pieces)('can read %j many times over', (piece) => {
    for (const separator of ['', ' '])
      run(language, `${piece}${separator}`.repeat(20_000 / (piece.length + 1)));
  });
});
