/** What the parsers of Jinja2 templates share: the next token, errors, bounds on depth. */

import { limitError, TemplateError } from '../language-errors.js';
import { type TemplateToken, tokenizeTemplate } from './lexer.js';

/** Greatest height of a syntax tree, and of the recursion that builds it. */
const MAX_DEPTH = 200;

const ENDS: Readonly<Partial<Record<TemplateToken['kind'], string>>> = {
  end: 'end of template',
  'output-end': 'end of print statement',
  'block-end': 'end of statement block',
};

export class TemplateReader {
  readonly #tokens: readonly TemplateToken[];
  readonly #heights = new WeakMap<object, number>();
  #at = 0;
  #depth = 0;

  constructor(template: string) {
    this.#tokens = tokenizeTemplate(template);
  }

  peek(ahead = 0): TemplateToken {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): TemplateToken {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Whether the next token is this operator or word. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'operator' || token.kind === 'name');
  }

  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(`expected token '${text}', got ${describe(this.peek())}`);
  }

  expectKind(kind: TemplateToken['kind']): TemplateToken {
    if (this.peek().kind !== kind) {
      throw this.unexpected(`expected token '${ENDS[kind] ?? kind}', got ${describe(this.peek())}`);
    }
    return this.next();
  }

  unexpected(message = `unexpected ${describe(this.peek())}`): TemplateError {
    return new TemplateError('syntax', message, this.peek().line);
  }

  /** Jinja2 that this library does not render. */
  unsupported(construct: string): TemplateError {
    return new TemplateError('unsupported', `not supported in templates: ${construct}`, this.peek().line);
  }

  /** Runs a rule that may contain itself. */
  deeper<T>(rule: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw limitError('nesting of a template', MAX_DEPTH);
    const result = rule();
    this.#depth--;
    return result;
  }

  /** Adopts a node that stands on others, bounding the height of the tree. */
  above<T extends object>(children: readonly object[], node: T): T {
    let height = 1;
    for (const child of children) height = Math.max(height, (this.#heights.get(child) ?? 0) + 1);
    if (height > MAX_DEPTH) throw limitError('nesting of a template', MAX_DEPTH);
    this.#heights.set(node, height);
    return node;
  }
}

function describe(token: TemplateToken): string {
  return `'${ENDS[token.kind] ?? token.text}'`;
}
