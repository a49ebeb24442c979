/** The tokens of Python, one logical line after the other (spec `units.md` 7.2). */

import { ResourceProgramError } from '../language-errors.js';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline' | 'end';
  readonly text: string;
  /** Where in the source it starts. */
  readonly start: number;
}

export interface TokenList {
  readonly tokens: readonly Token[];
  /** Whether empty or comment lines stand before the first token. */
  readonly startsLate: boolean;
}

/** Deepest nesting of brackets, as in Python. */
const MAX_BRACKETS = 200;

const DIGITS = '[0-9](?:_?[0-9])*';
const NUMBER = new RegExp(
  '0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|' +
    `(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?[jJ]?`,
  'y',
);
const WORD = /[A-Za-z_\x80-\u{10ffff}][A-Za-z0-9_\x80-\u{10ffff}]*/uy;
const IDENTIFIER = /^[\p{XIDS}_]\p{XIDC}*$/u;
const OPERATOR =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|==|<=|>=|\*\*|\/\/|<<|>>|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|@=|[-+*/%@&|^~<>=()[\]{},:.;]/y;
const STRING_PREFIX = /^(?:[rRuUbBfF]|[bB][rR]|[rR][bB]|[fF][rR]|[rR][fF])$/;
/** Words that may follow a number without a blank. */
const AFTER_NUMBER = /and|else|for|i[fns]|or|not/y;

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Cuts a source text into tokens; its lines must end in LF. Blocks have no place in an expression, so an
 * indented line is an error.
 * @param text what errors show; the source may be a part of it
 * @throws ResourceProgramError `syntax`
 */
export function tokenize(source: string, text: string): TokenList {
  return new Lexer(source, text).run();
}

export function syntaxError(text: string): ResourceProgramError {
  return new ResourceProgramError('syntax', text, 'syntax error in resource expression');
}

class Lexer {
  readonly #tokens: Token[] = [];
  readonly #brackets: string[] = [];
  #at = 0;

  constructor(
    private readonly source: string,
    private readonly text: string,
  ) {}

  run(): TokenList {
    const { source } = this;
    let startsLate = false;
    let lineStart = true;
    while (this.#at < source.length) {
      if (lineStart) {
        if (this.#skipEmptyLine()) {
          startsLate ||= this.#tokens.length === 0;
          continue;
        }
        this.#checkIndentation();
        lineStart = false;
      }
      lineStart = this.#next();
    }
    if (this.#brackets.length > 0) throw syntaxError(this.text);
    if (!lineStart && this.#tokens.length > 0) this.#push('newline', '');
    this.#push('end', '');
    return { tokens: this.#tokens, startsLate };
  }

  /** Reads a token or what stands between tokens; whether a logical line ended. */
  #next(): boolean {
    const { source } = this;
    const character = source[this.#at]!;
    if (character === ' ' || character === '\t' || character === '\f') {
      this.#at++;
    } else if (character === '#') {
      const end = source.indexOf('\n', this.#at);
      this.#at = end === -1 ? source.length : end;
    } else if (character === '\\') {
      // A backslash joins lines; there must be a line to join.
      if (source[this.#at + 1] !== '\n' || this.#at + 2 >= source.length) throw syntaxError(this.text);
      this.#at += 2;
    } else if (character === '\n') {
      this.#at++;
      if (this.#brackets.length > 0) return false;
      this.#push('newline', '');
      return true;
    } else {
      this.#token(character);
    }
    return false;
  }

  #token(character: string): void {
    const { source } = this;
    const start = this.#at;
    const number = /[0-9.]/.test(character) ? match(NUMBER, source, start) : undefined;
    if (number !== undefined) {
      this.#push('number', number);
      this.#checkAfterNumber(number);
      return;
    }
    if (character === '"' || character === "'") {
      this.#string('');
      return;
    }
    const word = match(WORD, source, start);
    if (word !== undefined) {
      const next = source[start + word.length];
      if ((next === '"' || next === "'") && STRING_PREFIX.test(word)) {
        this.#string(word);
        return;
      }
      if (!IDENTIFIER.test(word)) throw syntaxError(this.text);
      this.#push('name', word);
      return;
    }
    const operator = match(OPERATOR, source, start);
    if (operator === undefined) throw syntaxError(this.text);
    this.#checkBracket(operator);
    this.#push('operator', operator);
  }

  #checkAfterNumber(number: string): void {
    const { source } = this;
    if (/^0[0-9_]*[1-9]/.test(number) && /^[0-9_]+$/.test(number)) throw syntaxError(this.text);
    const next = source[this.#at] ?? '';
    if (!/[A-Za-z0-9_\x80-\uffff]/.test(next)) return;
    if (number === '0' && /[xXoObB]/.test(next)) throw syntaxError(this.text);
    if (match(AFTER_NUMBER, source, this.#at) === undefined) throw syntaxError(this.text);
  }

  #checkBracket(operator: string): void {
    if (operator in CLOSING) {
      if (this.#brackets.length === MAX_BRACKETS) throw syntaxError(this.text);
      this.#brackets.push(CLOSING[operator]!);
    } else if (operator === ')' || operator === ']' || operator === '}') {
      if (this.#brackets.pop() !== operator) throw syntaxError(this.text);
    }
  }

  #string(prefix: string): void {
    const { source } = this;
    const open = this.#at + prefix.length;
    const quote = source[open]!;
    const triple = source.startsWith(quote.repeat(3), open);
    const delimiter = triple ? quote.repeat(3) : quote;
    let at = open + delimiter.length;
    while (!source.startsWith(delimiter, at)) {
      const character = source[at];
      if (character === undefined || (character === '\n' && !triple)) throw syntaxError(this.text);
      at += character === '\\' ? 2 : 1;
    }
    this.#push('string', source.slice(this.#at, at + delimiter.length));
  }

  /** Skips a line of white space or comment only. */
  #skipEmptyLine(): boolean {
    const { source } = this;
    let at = this.#at;
    for (;;) {
      if (' \t\f'.includes(source[at] ?? '-')) at++;
      else if (source.startsWith('\\\n', at) && at + 2 < source.length) at += 2;
      else break;
    }
    if (source[at] === '#') {
      const end = source.indexOf('\n', at);
      at = end === -1 ? source.length : end;
    }
    if (at < source.length && source[at] !== '\n') return false;
    this.#at = Math.min(at + 1, source.length);
    return true;
  }

  #checkIndentation(): void {
    const { source } = this;
    let column = 0;
    for (;;) {
      const character = source[this.#at];
      if (character === ' ' || character === '\t') column++;
      else if (character === '\f') column = 0;
      else if (character !== '\\' || source[this.#at + 1] !== '\n') break;
      else this.#at++;
      this.#at++;
    }
    if (column > 0 || this.#at >= source.length) throw syntaxError(this.text);
  }

  #push(kind: Token['kind'], text: string): void {
    this.#tokens.push({ kind, text, start: this.#at });
    this.#at += text.length;
  }
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
