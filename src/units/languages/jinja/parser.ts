/** The statements of Jinja2's grammar. */

import { JinjaExpressionParser } from './expressions.js';
import type { JinjaBranch, JinjaStatement } from './syntax.js';

/** Tags of Jinja2 that this library does not render. */
const OTHER_TAGS: ReadonlySet<string> = new Set([
  'autoescape',
  'block',
  'call',
  'extends',
  'filter',
  'for',
  'from',
  'import',
  'include',
  'macro',
  'print',
  'with',
]);

/** @throws TemplateError; UnitDefinitionError `limit-evaluation` */
export function parseTemplate(template: string): readonly JinjaStatement[] {
  return new StatementParser(template).template();
}

class StatementParser extends JinjaExpressionParser {
  template(): JinjaStatement[] {
    const statements = this.#body([]);
    this.expectKind('end');
    return statements;
  }

  /** Statements up to the end, or up to a block that starts with one of these words. */
  #body(endings: readonly string[]): JinjaStatement[] {
    const statements: JinjaStatement[] = [];
    for (;;) {
      const token = this.peek();
      if (token.kind === 'end') return statements;
      if (token.kind === 'block-begin' && endings.some((word) => this.sees(word, 1))) return statements;
      this.next();
      if (token.kind === 'text') statements.push({ kind: 'text', text: token.text });
      else if (token.kind === 'output-begin') statements.push(this.#output());
      else statements.push(this.#block());
    }
  }

  #output(): JinjaStatement {
    const value = this.expressions();
    this.expectKind('output-end');
    return { kind: 'output', value };
  }

  #block(): JinjaStatement {
    const { kind, text: tag } = this.peek();
    if (kind !== 'name') throw this.unexpected('tag name expected');
    if (this.take('if')) return this.deeper(() => this.#if());
    if (this.take('set')) return this.#set();
    if (OTHER_TAGS.has(tag)) throw this.unsupported(`tag ${tag}`);
    throw this.unexpected(`Encountered unknown tag '${tag}'.`);
  }

  #set(): JinjaStatement {
    const name = this.expectKind('name').text;
    if (this.sees(',')) throw this.unsupported('set of several names');
    if (this.sees('.')) throw this.unsupported('set of an attribute');
    if (this.sees('|') || this.peek().kind === 'block-end') throw this.unsupported('set with a body');
    this.expect('=');
    const value = this.expressions();
    this.expectKind('block-end');
    return { kind: 'set', name, value };
  }

  #if(): JinjaStatement {
    const branches: JinjaBranch[] = [];
    let otherwise: readonly JinjaStatement[] = [];
    do {
      const test = this.expressions(false);
      this.expectKind('block-end');
      branches.push({ test, body: this.#body(['elif', 'else', 'endif']) });
      this.#blockBegin();
    } while (this.take('elif'));
    if (this.take('else')) {
      this.expectKind('block-end');
      otherwise = this.#body(['endif']);
      this.#blockBegin();
    }
    this.expect('endif');
    this.expectKind('block-end');
    return { kind: 'if', branches, otherwise };
  }

  #blockBegin(): void {
    if (this.peek().kind !== 'block-begin') {
      throw this.unexpected(
        "Unexpected end of template. The innermost block that needs to be closed is 'if'.",
      );
    }
    this.next();
  }
}
