/** The methods of texts and dictionaries, and the filters, that templates may use. */

import { pyLstrip, pySplitWhitespace, pyStrip } from '../../../python/text.js';
import { limitError, TemplateError } from '../language-errors.js';
import {
  DictValue,
  entryAt,
  isTrue,
  lengthOf,
  SequenceValue,
  toText,
  typeName,
  Undefined,
  type Value,
} from '../python-values.js';

/** Longest text that a template may make, in UTF-16 code units. */
export const MAX_TEXT = 1 << 24;

/**
 * Calls a method; undefined when this library does not know it.
 * @throws TemplateError for arguments that the method does not take
 */
export function callMethod(object: Value, name: string, args: readonly Value[]): Value | undefined {
  if (typeof object === 'string') return TEXT_METHODS.get(name)?.(object, args);
  if (!(object instanceof DictValue) || name !== 'get') return undefined;
  checkCount(name, args, 1, 2);
  const [key, otherwise = null] = args;
  return entryAt(object, key!) ?? otherwise;
}

/** Applies a filter; the parser lets only these through. */
export function applyFilter(object: Value, name: string, args: readonly Value[]): Value {
  switch (name) {
    case 'upper':
    case 'lower':
      checkCount(name, args, 0, 0);
      return changeCase(toText(object), name);
    case 'trim':
      checkCount(name, args, 0, 1);
      return strip(toText(object), args);
    case 'replace':
      checkCount(name, args, 2, 3);
      return replace(toText(object), toText(args[0]!), toText(args[1]!), args[2]);
    case 'default':
    case 'd': {
      checkCount(name, args, 0, 2);
      const isMissing = object instanceof Undefined || (isTrue(args[1] ?? false) && !isTrue(object));
      return isMissing ? (args[0] ?? '') : object;
    }
    default:
      checkCount(name, args, 0, 0);
      return lengthOf(object);
  }
}

const TEXT_METHODS: ReadonlyMap<string, (text: string, args: readonly Value[]) => Value> = new Map([
  ['upper', (text, args) => withoutArguments('upper', args, changeCase(text, 'upper'))],
  ['lower', (text, args) => withoutArguments('lower', args, changeCase(text, 'lower'))],
  [
    'strip',
    (text, args) => {
      checkCount('strip', args, 0, 1);
      return strip(text, args);
    },
  ],
  ['startswith', (text, args) => hasAffix(text, args, 'startswith')],
  ['endswith', (text, args) => hasAffix(text, args, 'endswith')],
  [
    'replace',
    (text, args) => {
      checkCount('replace', args, 2, 3);
      return replace(text, textArgument('replace', args[0]), textArgument('replace', args[1]), args[2]);
    },
  ],
  ['split', split],
]);

function changeCase(text: string, to: 'upper' | 'lower'): string {
  return to === 'upper' ? text.toUpperCase() : text.toLowerCase();
}

function withoutArguments(name: string, args: readonly Value[], result: string): string {
  checkCount(name, args, 0, 0);
  return result;
}

/** White space, or given characters, off both ends. */
function strip(text: string, args: readonly Value[]): string {
  const [chosen = null] = args;
  if (chosen === null) return pyStrip(text);
  const characters = new Set(textArgument('strip', chosen));
  const points = [...text];
  let start = 0;
  let end = points.length;
  while (start < end && characters.has(points[start]!)) start++;
  while (end > start && characters.has(points[end - 1]!)) end--;
  return points.slice(start, end).join('');
}

function hasAffix(text: string, args: readonly Value[], name: 'startswith' | 'endswith'): boolean {
  checkCount(name, args, 1, 3);
  if (args.length > 1) {
    throw new TemplateError('unsupported', `not supported in templates: ${name} of a part`);
  }
  const [affix] = args;
  const affixes: readonly (Value | undefined)[] =
    affix instanceof SequenceValue && affix.type === 'tuple' ? affix.items : [affix];
  return affixes.some((item) => {
    const part = textArgument(name, item);
    return name === 'startswith' ? text.startsWith(part) : text.endsWith(part);
  });
}

function replace(text: string, old: string, by: string, limit: Value | undefined): string {
  const pieces = old === '' ? ['', ...text, ''] : text.split(old);
  const most = limit === undefined || limit === null ? -1 : integerArgument('replace', limit);
  const times = most < 0 ? pieces.length - 1 : Math.min(most, pieces.length - 1);
  if (text.length + times * by.length > MAX_TEXT) throw limitError('text of a template', MAX_TEXT);
  return (
    pieces.slice(0, times + 1).join(by) +
    pieces
      .slice(times + 1)
      .map((piece) => old + piece)
      .join('')
  );
}

function split(text: string, args: readonly Value[]): Value {
  checkCount('split', args, 0, 2);
  const [separator = null, limit = -1n] = args;
  const most = integerArgument('split', limit);
  const list = (pieces: readonly string[]) => new SequenceValue('list', pieces);
  if (separator === null) return list(most < 0 ? pySplitWhitespace(text) : splitWhitespace(text, most));
  const between = textArgument('split', separator);
  if (between === '') throw new TemplateError('type', 'empty separator');
  const pieces = text.split(between);
  if (most < 0 || pieces.length <= most + 1) return list(pieces);
  return list([...pieces.slice(0, most), pieces.slice(most).join(between)]);
}

/** At most so many words, then the rest as it is. */
function splitWhitespace(text: string, most: number): string[] {
  const words: string[] = [];
  let rest = pyLstrip(text);
  while (rest !== '' && words.length < most) {
    const [word = ''] = pySplitWhitespace(rest);
    words.push(word);
    rest = pyLstrip(rest.slice(word.length));
  }
  return rest === '' ? words : [...words, rest];
}

function checkCount(name: string, args: readonly Value[], least: number, most: number): void {
  if (args.length >= least && args.length <= most) return;
  throw new TemplateError('type', `${name} takes ${least} to ${most} arguments, got ${args.length}`);
}

function textArgument(name: string, value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new TemplateError(
    'type',
    `${name} needs a text, not '${value === undefined ? 'nothing' : typeName(value)}'`,
  );
}

function integerArgument(name: string, value: Value): number {
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  throw new TemplateError('type', `${name} needs an integer, not '${typeName(value)}'`);
}
