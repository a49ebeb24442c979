/** The insides of f-strings, by the rules of Python 3.11. They are only parsed, never evaluated. */

import { decodeText, type LiteralFaults } from './escapes.js';
import type { Constant, Expression, SyntaxNode } from './syntax.js';

/** What the parser lends to the literals in it. */
export interface LiteralContext extends LiteralFaults {
  /** Parses the expression of a replacement field, which stands in parentheses. */
  parse(source: string): Expression;
}

/** What an f-string consists of. */
export interface JoinedStr {
  readonly type: 'JoinedStr';
  readonly values: readonly Expression[];
}

const MAX_NESTING = 2;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Texts and replacement fields of an f-string's body. */
export function splitFormatted(
  body: string,
  isRaw: boolean,
  kind: string | undefined,
  context: LiteralContext,
): (string | SyntaxNode)[] {
  return new FStringSplitter(body, isRaw, kind, context).split(0);
}

/** The node of an f-string: neighbouring texts become one constant, empty ones vanish. */
export function joinPieces(pieces: readonly (string | SyntaxNode)[], kind: string | undefined): JoinedStr {
  const values: Expression[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') values.push({ type: 'Constant', value: text, kind } satisfies Constant);
    text = '';
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece;
    } else {
      flush();
      values.push(piece as Expression);
    }
  }
  flush();
  return { type: 'JoinedStr', values };
}

class FStringSplitter {
  #at = 0;

  constructor(
    private readonly body: string,
    private readonly isRaw: boolean,
    private readonly kind: string | undefined,
    private readonly context: LiteralContext,
  ) {}

  /** Reads up to the end, or inside of a format spec up to the brace that closes the field. */
  split(nesting: number): (string | SyntaxNode)[] {
    const pieces: (string | SyntaxNode)[] = [];
    while (this.#at < this.body.length) {
      const start = this.#at;
      this.#skipText();
      if (this.#at > start)
        pieces.push(decodeText(this.body.slice(start, this.#at), this.isRaw, this.context));
      const brace = this.body[this.#at];
      if (brace === undefined) break;
      if (nesting === 0 && this.body[this.#at + 1] === brace) {
        pieces.push(brace);
        this.#at += 2;
      } else if (brace === '{') {
        pieces.push(...this.#field(nesting));
      } else if (nesting === 0) {
        this.context.fail();
      } else {
        break;
      }
    }
    return pieces;
  }

  #skipText(): void {
    while (this.#at < this.body.length && !'{}'.includes(this.body[this.#at]!)) {
      const escaped = this.body[this.#at] === '\\' && !this.isRaw ? this.body[this.#at + 1] : undefined;
      if (escaped === 'N' && this.body[this.#at + 2] === '{') {
        const end = this.body.indexOf('}', this.#at);
        this.#at = end === -1 ? this.body.length : end;
      }
      this.#at += escaped === undefined || '{}'.includes(escaped) ? 1 : 2;
    }
    this.#at = Math.min(this.#at, this.body.length);
  }

  /** A replacement field; with `=` its own text goes before it. */
  #field(nesting: number): (string | SyntaxNode)[] {
    if (nesting >= MAX_NESTING) this.context.fail();
    const start = ++this.#at;
    this.#skipExpression();
    const source = this.body.slice(start, this.#at);
    if (/^[ \t\n\f\r]*$/.test(source)) this.context.fail();
    const value = this.context.parse(`(${source})`);
    const shown = this.#take('=');
    if (shown) while (/[ \t\n\v\f\r]/.test(this.body[this.#at] ?? '')) this.#at++;
    const text = this.body.slice(start, this.#at);
    const conversion = this.#take('!') ? this.#conversion() : undefined;
    const spec = this.#take(':') ? joinPieces(this.split(nesting + 1), this.kind) : undefined;
    if (!this.#take('}')) this.context.fail();
    const code = conversion ?? (shown && spec === undefined ? 'r' : undefined);
    const field = {
      type: 'FormattedValue',
      value,
      conversion: code === undefined ? -1n : BigInt(code.charCodeAt(0)),
      format_spec: spec,
    };
    return shown ? [text, field] : [field];
  }

  #conversion(): string {
    const character = this.body[this.#at++];
    return character !== undefined && 'sra'.includes(character) ? character : this.context.fail();
  }

  #take(character: string): boolean {
    if (this.body[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  /** Moves to the character that ends the expression of a field: `!`, `:`, `=` or the closing brace. */
  #skipExpression(): void {
    const { body } = this;
    const brackets: string[] = [];
    for (; this.#at < body.length; this.#at++) {
      const character = body[this.#at]!;
      if (character === '\\' || character === '#') this.context.fail();
      if (character === '"' || character === "'") {
        this.#skipQuoted(character);
      } else if (character in CLOSING) {
        brackets.push(CLOSING[character]!);
      } else if (brackets.length === 0 && '!=<>'.includes(character) && body[this.#at + 1] === '=') {
        this.#at++;
      } else if (brackets.length === 0 && '!:}='.includes(character)) {
        return;
      } else if (')]}'.includes(character) && brackets.pop() !== character) {
        this.context.fail();
      }
    }
    this.context.fail();
  }

  /** Moves to the last quote of a text inside of the expression. */
  #skipQuoted(quote: string): void {
    const { body } = this;
    const triple = body.startsWith(quote.repeat(3), this.#at);
    const delimiter = triple ? quote.repeat(3) : quote;
    const end = body.indexOf(delimiter, this.#at + delimiter.length);
    if (end === -1 || body.slice(this.#at, end).includes('\\')) this.context.fail();
    this.#at = end + delimiter.length - 1;
  }
}
