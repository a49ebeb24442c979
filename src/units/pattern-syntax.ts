/** Reading Python's regular expressions, as far as they can be run in bounded time (spec `units.md` 9.2). */

import { UnitDefinitionError } from '../errors.js';
import { type CharacterTest, escapedCharacter, escapedSet, readSet } from './pattern-characters.js';
import { type Instruction, runsFrom } from './pattern-machine.js';

const MAX_INSTRUCTIONS = 2_000;
const MAX_NESTING = 50;
const FLAGS = /^\(\?([aius]+)\)/;
const GROUP_HEAD = /\(\?(?:P<[A-Za-z_]\w*>|:|=|!)|\((?!\?)/y;
const COUNT = /\{(?:(\d+)(?:(,)(\d*))?|,(\d+))\}/y;
const WORD = /[\p{L}\p{N}_]/u;

/**
 * The program of a pattern. References to groups, looking behind, and flags other than `a`, `i`, `s`, `u` are
 * not supported.
 *
 * @throws UnitDefinitionError `unit-field` for what is no regular expression, is not supported or too large
 */
export function compilePattern(text: string): readonly Instruction[] {
  const flags = FLAGS.exec(text);
  return new PatternReader(text, flags?.[0].length ?? 0, flags?.[1] ?? '').read();
}

class PatternReader {
  readonly #ignoreCase: boolean;
  readonly #dotIsAll: boolean;
  #size = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    private at: number,
    flags: string,
  ) {
    this.#ignoreCase = flags.includes('i');
    this.#dotIsAll = flags.includes('s');
  }

  read(): readonly Instruction[] {
    const program = this.#alternatives();
    if (this.at < this.text.length) throw this.#error('unbalanced bracket');
    return [...program, { op: 'match' }];
  }

  /** `a|b|c`: one after the other, entered by a jump to all, left by a jump to the end. */
  #alternatives(): Instruction[] {
    if (++this.#depth > MAX_NESTING) throw this.#error('nested too deeply');
    const branches = [this.#sequence()];
    while (this.text[this.at] === '|') {
      this.at++;
      branches.push(this.#sequence());
    }
    this.#depth--;
    if (branches.length === 1) return branches[0]!;
    const length = branches.reduce((sum, branch) => sum + branch.length + 1, 1);
    const targets: number[] = [];
    const program: Instruction[] = [{ op: 'jump', targets }];
    for (const branch of branches) {
      targets.push(program.length);
      append(program, branch);
      program.push({ op: 'jump', targets: [length] });
    }
    return this.#counted(program);
  }

  #sequence(): Instruction[] {
    const program: Instruction[] = [];
    while (this.at < this.text.length && this.text[this.at] !== '|' && this.text[this.at] !== ')') {
      append(program, this.#repeated(this.#atom()));
    }
    return program;
  }

  /** The atom with what follows it: `*`, `+`, `?`, `{m,n}`; a lazy mark changes nothing for a yes or no. */
  #repeated(atom: Instruction[]): Instruction[] {
    const range = this.#range();
    if (range === undefined) return atom;
    const [least, most] = range;
    if (this.text[this.at] === '?') this.at++;
    if (this.#range() !== undefined || this.text[this.at] === '+') throw this.#error('multiple repeat');
    const copies = Math.max(least, most === Number.POSITIVE_INFINITY ? 1 : most);
    if (copies * (atom.length + 1) > MAX_INSTRUCTIONS) throw this.#error('too large');
    const program: Instruction[] = [];
    for (let i = 0; i < least; i++) append(program, atom);
    if (most === Number.POSITIVE_INFINITY) append(program, loop(atom));
    else for (let i = least; i < most; i++) append(program, optional(atom));
    return this.#counted(program);
  }

  #range(): readonly [least: number, most: number] | undefined {
    const many = Number.POSITIVE_INFINITY;
    const ranges = { '*': [0, many], '+': [1, many], '?': [0, 1] } as const;
    const mark = this.text[this.at];
    if (mark === '*' || mark === '+' || mark === '?') {
      this.at++;
      return ranges[mark];
    }
    COUNT.lastIndex = this.at;
    const count = COUNT.exec(this.text);
    if (count === null) return undefined;
    this.at += count[0].length;
    const [, least, comma, most, upTo] = count;
    if (upTo !== undefined) return [0, Number(upTo)];
    if (comma === undefined) return [Number(least), Number(least)];
    if (most === '') return [Number(least), many];
    if (Number(most) < Number(least)) throw this.#error('min repeat greater than max repeat');
    return [Number(least), Number(most)];
  }

  #atom(): Instruction[] {
    const character = String.fromCodePoint(this.text.codePointAt(this.at)!);
    if (character === '(') return this.#group();
    this.at += character.length;
    switch (character) {
      case '.':
        return this.#character((other) => this.#dotIsAll || other !== '\n');
      case '^':
        return this.#place((_, at) => at === 0);
      case '$':
        return this.#place(isEnd);
      case '[': {
        const { test, end } = readSet(this.text, this.at, (what) => this.#error(what));
        this.at = end;
        return this.#character(test);
      }
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw this.#error('nothing to repeat');
      default:
        return this.#character((other) => other === character);
    }
  }

  #group(): Instruction[] {
    GROUP_HEAD.lastIndex = this.at;
    const head = GROUP_HEAD.exec(this.text)?.[0];
    if (head === undefined) throw this.#error(`not supported: ${this.text.slice(this.at, this.at + 4)}`);
    this.at += head.length;
    const inner = this.#alternatives();
    if (this.text[this.at] !== ')') throw this.#error('missing )');
    this.at++;
    if (head !== '(?=' && head !== '(?!') return inner;
    const ahead = oncePerPlace([...inner, { op: 'match' }]);
    return this.#place((characters, at) => ahead(characters, at) === (head === '(?='));
  }

  #escape(): Instruction[] {
    const letter = this.text[this.at] ?? '';
    switch (letter) {
      case 'A':
        this.at++;
        return this.#place((_, at) => at === 0);
      case 'Z':
        this.at++;
        return this.#place((characters, at) => at === characters.length);
      case 'b':
      case 'B':
        this.at++;
        return this.#place((characters, at) => isBoundary(characters, at) === (letter === 'b'));
    }
    const set = escapedSet(letter);
    if (set !== undefined) {
      this.at++;
      return this.#character(set);
    }
    const { character, end } = escapedCharacter(this.text, this.at, (what) => this.#error(what));
    this.at = end;
    return this.#character((other) => other === character);
  }

  #character(test: CharacterTest): Instruction[] {
    const accepts: CharacterTest = this.#ignoreCase
      ? (character) => test(character) || test(character.toLowerCase()) || test(character.toUpperCase())
      : test;
    return this.#counted([{ op: 'character', accepts }]);
  }

  #place(holds: (characters: readonly string[], at: number) => boolean): Instruction[] {
    return this.#counted([{ op: 'place', holds }]);
  }

  #counted(program: Instruction[]): Instruction[] {
    this.#size += program.length;
    if (this.#size > MAX_INSTRUCTIONS) throw this.#error('too large');
    return program;
  }

  #error(what: string): UnitDefinitionError {
    return new UnitDefinitionError(`regular expression ${this.text}: ${what} at position ${this.at}`, {
      code: 'unit-field',
      actual: this.text,
      offset: this.at,
    });
  }
}

/** Appends a program; its targets move with it. */
function append(program: Instruction[], other: readonly Instruction[]): void {
  const shift = program.length;
  for (const instruction of other) {
    const moved =
      instruction.op === 'jump'
        ? { op: instruction.op, targets: instruction.targets.map((target) => target + shift) }
        : instruction;
    program.push(moved);
  }
}

function optional(atom: readonly Instruction[]): Instruction[] {
  const program: Instruction[] = [{ op: 'jump', targets: [1, atom.length + 1] }];
  append(program, atom);
  return program;
}

function loop(atom: readonly Instruction[]): Instruction[] {
  const program: Instruction[] = [{ op: 'jump', targets: [1, atom.length + 2] }];
  append(program, atom);
  program.push({ op: 'jump', targets: [0] });
  return program;
}

/** Runs a program at most once at each place of a text; else nested looks ahead would multiply. */
function oncePerPlace(program: readonly Instruction[]) {
  let known: readonly string[] | undefined;
  let results: (boolean | undefined)[] = [];
  return (characters: readonly string[], at: number): boolean => {
    if (characters !== known) {
      known = characters;
      results = [];
    }
    results[at] ??= runsFrom(program, characters, at);
    return results[at];
  };
}

/** The end, or before a last line feed. */
function isEnd(characters: readonly string[], at: number): boolean {
  return at === characters.length || (at === characters.length - 1 && characters[at] === '\n');
}

function isBoundary(characters: readonly string[], at: number): boolean {
  const isWord = (character: string | undefined) => character !== undefined && WORD.test(character);
  return isWord(characters[at - 1]) !== isWord(characters[at]);
}
