/** Which characters an element of a regular expression stands for: escapes and sets, as in Python. */

import { isPySpace } from '../python/text.js';

export type CharacterTest = (character: string) => boolean;
/** Makes the error to throw. */
type Fail = (what: string) => Error;

const DIGIT = /\p{Nd}/u;
const WORD = /[\p{L}\p{N}_]/u;
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);
const CODE = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})/y;

/** `\d`, `\w`, `\s` and their opposites; undefined for other letters. */
export function escapedSet(letter: string): CharacterTest | undefined {
  switch (letter) {
    case 'd':
      return (character) => DIGIT.test(character);
    case 'D':
      return (character) => !DIGIT.test(character);
    case 'w':
      return (character) => WORD.test(character);
    case 'W':
      return (character) => !WORD.test(character);
    case 's':
      return isPySpace;
    case 'S':
      return (character) => !isPySpace(character);
    default:
      return undefined;
  }
}

/** The single character that the text behind a backslash, at `start`, stands for. */
export function escapedCharacter(
  text: string,
  start: number,
  fail: Fail,
): { character: string; end: number } {
  if (start >= text.length) throw fail('bad escape');
  const character = String.fromCodePoint(text.codePointAt(start)!);
  const control = CONTROLS.get(character);
  if (control !== undefined) return { character: control, end: start + 1 };
  if (!/[0-9A-Za-z]/.test(character)) return { character, end: start + character.length };
  CODE.lastIndex = start;
  const code = CODE.exec(text);
  if (code === null) throw fail(`not supported: \\${character}`);
  const value = Number.parseInt((code[1] ?? code[2] ?? code[3])!, 16);
  return { character: String.fromCodePoint(value), end: start + code[0].length };
}

/** The set whose opening bracket is just before `start`; `end` is behind the closing one. */
export function readSet(text: string, start: number, fail: Fail): { test: CharacterTest; end: number } {
  const negated = text[start] === '^';
  let at = negated ? start + 1 : start;
  const tests: CharacterTest[] = [];
  for (let first = true; first || text[at] !== ']'; first = false) {
    const low = readMember(text, at, fail);
    at = low.end;
    const isRange = text[at] === '-' && text[at + 1] !== ']' && at + 1 < text.length;
    if (!isRange) {
      tests.push(low.test);
      continue;
    }
    const high = readMember(text, at + 1, fail);
    if (low.character === undefined || high.character === undefined) throw fail('bad character range');
    tests.push(rangeTest(low.character, high.character, fail));
    at = high.end;
  }
  return { test: (character) => tests.some((test) => test(character)) !== negated, end: at + 1 };
}

interface Member {
  readonly test: CharacterTest;
  /** Undefined for a class such as `\d`. */
  readonly character: string | undefined;
  readonly end: number;
}

function readMember(text: string, at: number, fail: Fail): Member {
  if (at >= text.length) throw fail('unterminated character set');
  const single = (character: string, end: number): Member => ({
    test: (other) => other === character,
    character,
    end,
  });
  if (text[at] !== '\\') {
    const character = String.fromCodePoint(text.codePointAt(at)!);
    return single(character, at + character.length);
  }
  const letter = text[at + 1] ?? '';
  const set = escapedSet(letter);
  if (set !== undefined) return { test: set, character: undefined, end: at + 2 };
  if (letter === 'b') return single('\b', at + 2);
  const escaped = escapedCharacter(text, at + 1, fail);
  return single(escaped.character, escaped.end);
}

function rangeTest(low: string, high: string, fail: Fail): CharacterTest {
  const from = low.codePointAt(0)!;
  const to = high.codePointAt(0)!;
  if (to < from) throw fail('bad character range');
  return (character) => {
    const code = character.codePointAt(0)!;
    return from <= code && code <= to;
  };
}
