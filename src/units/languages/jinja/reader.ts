/** What the parsers of Jinja2 templates share: tokens that are expected, and errors. */

import { limitError, TemplateError } from '../language-errors.js';
import { TokenCursor } from '../token-cursor.js';
import { type TemplateToken, tokenizeTemplate } from './lexer.js';

/** Greatest height of a syntax tree, and of the recursion that builds it. */
const MAX_DEPTH = 200;

const ENDS: Readonly<Partial<Record<TemplateToken['kind'], string>>> = {
  end: 'end of template',
  'output-end': 'end of print statement',
  'block-end': 'end of statement block',
};

export class TemplateReader extends TokenCursor<TemplateToken, object> {
  constructor(template: string) {
    super(tokenizeTemplate(template), MAX_DEPTH);
  }

  protected override tooDeep(): Error {
    return limitError('nesting of a template', MAX_DEPTH);
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
}

function describe(token: TemplateToken): string {
  return `'${ENDS[token.kind] ?? token.text}'`;
}
