/** The tokens of Jinja2 templates, with the default delimiters and white-space rules. */

import { isPySpace } from '../../../python/text.js';
import { TemplateError } from '../language-errors.js';
import { decodeText } from '../python-grammar/escapes.js';

export interface TemplateToken {
  /** `text` is what stands outside of delimiters; the values of strings are decoded. */
  readonly kind:
    | 'text'
    | 'output-begin'
    | 'output-end'
    | 'block-begin'
    | 'block-end'
    | 'name'
    | 'string'
    | 'integer'
    | 'float'
    | 'operator'
    | 'end';
  readonly text: string;
  /** 1-based line of the template */
  readonly line: number;
}

const DIGITS = '[0-9]+(?:_[0-9]+)*';
const FLOAT = new RegExp(`${DIGITS}(?:(?:\\.${DIGITS})?[eE][+-]?${DIGITS}|\\.${DIGITS})`, 'y');
const INTEGER = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?[0-9])*|0(?:_?0)*/y;
const WORD = /[\p{L}\p{N}_]+/uy;
const IDENTIFIER = /^[\p{XIDS}_]\p{XIDC}*$/u;
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}><=.:|,;]/y;
const RAW_BEGIN = /\{%[-+]?\s*raw\s*(-?)%\}/y;
const RAW_END = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/**
 * Cuts a template into tokens. All line ends become LF; one at the end of the template is dropped.
 * @throws TemplateError
 */
export function tokenizeTemplate(template: string): TemplateToken[] {
  return new TemplateLexer(template.replace(/\r\n?/g, '\n').replace(/\n$/, '')).run();
}

class TemplateLexer {
  readonly #tokens: TemplateToken[] = [];
  #at = 0;
  /** Line of `#lineAt`, counted on demand. */
  #line = 1;
  #lineAt = 0;

  constructor(private readonly template: string) {}

  run(): TemplateToken[] {
    const { template } = this;
    while (this.#at < template.length) {
      const open = this.#findOpening();
      const strips = template[open + 2] === '-';
      const text = template.slice(this.#at, open);
      if (text !== '') this.#push('text', strips ? rstrip(text) : text);
      this.#at = open;
      if (open < template.length) this.#delimited();
    }
    this.#push('end', '');
    return this.#tokens;
  }

  #findOpening(): number {
    const { template } = this;
    for (let at = template.indexOf('{', this.#at); at !== -1; at = template.indexOf('{', at + 1)) {
      if ('{%#'.includes(template[at + 1] ?? ' ')) return at;
    }
    return template.length;
  }

  #delimited(): void {
    const { template } = this;
    const kind = template[this.#at + 1];
    const raw = kind === '%' ? matchAt(RAW_BEGIN, template, this.#at) : undefined;
    if (raw !== undefined) {
      this.#raw(raw);
      return;
    }
    const isOutput = kind === '{';
    if (kind !== '#')
      this.#push(isOutput ? 'output-begin' : 'block-begin', template.slice(this.#at, this.#at + 2));
    this.#at += '-+'.includes(template[this.#at + 2] ?? ' ') ? 3 : 2;
    if (kind === '#') this.#comment();
    else this.#code(isOutput);
  }

  #comment(): void {
    const start = this.#at;
    // Nothing after the opening is no error, as in Jinja2.
    if (start >= this.template.length) return;
    const end = this.template.indexOf('#}', start);
    if (end === -1) throw this.#fault('Missing end of comment tag');
    this.#at = end + 2;
    if (end > start && this.template[end - 1] === '-') this.#skipSpace();
  }

  #raw(begin: RegExpExecArray): void {
    this.#at += begin[0].length;
    if (begin[1] === '-') this.#skipSpace();
    if (this.#at >= this.template.length) return;
    RAW_END.lastIndex = this.#at;
    const end = RAW_END.exec(this.template);
    if (end === null) throw this.#fault('Missing end of raw directive');
    const text = this.template.slice(this.#at, end.index);
    this.#push('text', end[1] === '-' ? rstrip(text) : text);
    this.#at = end.index + end[0].length;
    if (end[2] === '-') this.#skipSpace();
  }

  /** The tokens up to the closing delimiter; inside of brackets that is none. */
  #code(isOutput: boolean): void {
    const { template } = this;
    const close = isOutput ? '}}' : '%}';
    const brackets: string[] = [];
    for (;;) {
      this.#skipSpace();
      if (this.#at >= template.length) return;
      if (brackets.length === 0) {
        const sign = template[this.#at]!;
        const signed =
          (sign === '-' || (sign === '+' && !isOutput)) && template.startsWith(close, this.#at + 1);
        if (signed || template.startsWith(close, this.#at)) {
          this.#push(isOutput ? 'output-end' : 'block-end', close);
          this.#at += signed ? 3 : 2;
          if (signed && sign === '-') this.#skipSpace();
          return;
        }
      }
      this.#token(brackets);
    }
  }

  #token(brackets: string[]): void {
    const { template } = this;
    const character = template[this.#at]!;
    if (character === '"' || character === "'") {
      this.#string(character);
      return;
    }
    const isFraction = template[this.#at - 1] === '.';
    for (const [kind, pattern] of [
      ['float', FLOAT],
      ['integer', INTEGER],
      ['name', WORD],
      ['operator', OPERATOR],
    ] as const) {
      if (kind === 'float' && isFraction) continue;
      const text = matchAt(pattern, template, this.#at)?.[0];
      if (text === undefined) continue;
      if (kind === 'name' && !IDENTIFIER.test(text)) throw this.#fault('Invalid character in identifier');
      if (kind === 'operator') this.#balance(text, brackets);
      this.#push(kind, text);
      this.#at += text.length;
      return;
    }
    throw this.#fault(`unexpected char ${JSON.stringify(character)}`);
  }

  #balance(operator: string, brackets: string[]): void {
    const closing = CLOSING.get(operator);
    if (closing !== undefined) brackets.push(closing);
    else if (')]}'.includes(operator) && brackets.pop() !== operator)
      throw this.#fault(`unexpected '${operator}'`);
  }

  #string(quote: string): void {
    const { template } = this;
    let end = this.#at + 1;
    while (end < template.length && template[end] !== quote) end += template[end] === '\\' ? 2 : 1;
    if (end >= template.length) throw this.#fault(`unexpected char ${JSON.stringify(quote)}`);
    const value = decodeText(template.slice(this.#at + 1, end), false, {
      fail: () => {
        throw this.#fault('a text literal with a malformed escape');
      },
      refuse: (what) => {
        throw new TemplateError('unsupported', `not supported: ${what}`, this.#lineNow());
      },
    });
    this.#push('string', value);
    this.#at = end + 1;
  }

  #skipSpace(): void {
    while (this.#at < this.template.length && isPySpace(this.template[this.#at]!)) this.#at++;
  }

  #push(kind: TemplateToken['kind'], text: string): void {
    this.#tokens.push({ kind, text, line: this.#lineNow() });
  }

  #lineNow(): number {
    for (; this.#lineAt < this.#at; this.#lineAt++) if (this.template[this.#lineAt] === '\n') this.#line++;
    return this.#line;
  }

  #fault(message: string): TemplateError {
    return new TemplateError('syntax', message, this.#lineNow());
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function rstrip(text: string): string {
  let end = text.length;
  while (end > 0 && isPySpace(text[end - 1]!)) end--;
  return text.slice(0, end);
}
