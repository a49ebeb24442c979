/** The shell-lexical check of commands (spec `units.md` 8.2). */

import { pyRepr } from '../../python/repr.js';

const BLANK = ' \t\r\n';
/** What words consist of; every other character is a token of its own. */
const WORD = /[A-Za-z0-9_\xdf-\xf6\xf8-\xff\xc0-\xd6\xd8-\xde]/;

/** The text of the issue when the quotes or escapes of a command are not closed; null when all is well. */
export function findShellProblem(command: string): string | null {
  // Here-documents have rules of their own and are not checked.
  if (command.includes('<<')) return null;
  const scanner = new ShellScanner(command);
  let previous: string | null = null;
  for (;;) {
    const token = scanner.next();
    if (token === null) return null;
    if ('problem' in token) return `${token.problem}, near ${pyRepr(previous)}`;
    previous = token.text;
  }
}

type ShellToken = { readonly text: string } | { readonly problem: string };

class ShellScanner {
  #at = 0;

  constructor(private readonly command: string) {}

  /** The next token; null at the end of the command. */
  next(): ShellToken | null {
    this.#skipBlanksAndComments();
    if (this.#at >= this.command.length) return null;
    const start = this.command[this.#at]!;
    if (!isWordPart(start)) {
      this.#at++;
      return { text: start };
    }
    return this.#word();
  }

  #skipBlanksAndComments(): void {
    while (this.#at < this.command.length) {
      const character = this.command[this.#at]!;
      if (character === '#') this.#skipLine();
      else if (BLANK.includes(character)) this.#at++;
      else return;
    }
  }

  #skipLine(): void {
    const end = this.command.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.command.length : end + 1;
  }

  #word(): ShellToken {
    let text = '';
    while (this.#at < this.command.length) {
      const character = this.command[this.#at]!;
      if (character === '#') {
        this.#skipLine();
        return { text };
      }
      if (!isWordPart(character)) return { text };
      this.#at++;
      if (character === '\\') {
        if (this.#at === this.command.length) return { problem: 'No escaped character' };
        text += this.command[this.#at++];
      } else if (character === "'" || character === '"') {
        const quoted = this.#quoted(character);
        if ('problem' in quoted) return quoted;
        text += quoted.text;
      } else {
        text += character;
      }
    }
    return { text };
  }

  /** What stands between the opening quote, already read, and the closing one. */
  #quoted(quote: "'" | '"'): ShellToken {
    let text = '';
    while (this.#at < this.command.length) {
      const character = this.command[this.#at++]!;
      if (character === quote) return { text };
      if (character !== '\\' || quote === "'") {
        text += character;
        continue;
      }
      if (this.#at === this.command.length) return { problem: 'No escaped character' };
      const escaped = this.command[this.#at++]!;
      // Inside double quotes a backslash is only special before itself and the quote.
      text += escaped === '\\' || escaped === quote ? escaped : `\\${escaped}`;
    }
    return { problem: 'No closing quotation' };
  }
}

function isWordPart(character: string): boolean {
  return character === '\\' || character === "'" || character === '"' || WORD.test(character);
}
