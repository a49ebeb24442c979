/** Colours and emphasis as a terminal keeps them from one line to the next (ECMA-48, SGR). */

const SELECT = /\x1b\[([0-9;]*)m/g;
/** What each code of an end takes back. */
const ENDS: ReadonlyMap<number, readonly string[]> = new Map([
  [21, ['1']],
  [22, ['1', '2']],
  [23, ['3']],
  [24, ['4']],
  [25, ['5', '6']],
  [27, ['7']],
  [28, ['8']],
  [29, ['9']],
  [39, ['text']],
  [49, ['ground']],
]);

export class TerminalStyle {
  /** What is in force: by its code, colours by what they colour. */
  readonly #codes = new Map<string, string>();

  /** Follows the sequences of a text. */
  read(text: string): void {
    for (const [, parameters] of text.matchAll(SELECT)) this.#apply(parameters!.split(';').map(Number));
  }

  /** One sequence that brings all of it about; empty when there is nothing. */
  get sequence(): string {
    return this.#codes.size === 0 ? '' : `\x1b[${[...this.#codes.values()].join(';')}m`;
  }

  #apply(codes: readonly number[]): void {
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!;
      if (code === 0) this.#codes.clear();
      else if (code < 10) this.#codes.set(String(code), String(code));
      else if (code === 38 || code === 48) {
        // The palette has one number, other colours have three.
        const length = codes[i + 1] === 5 ? 3 : 5;
        this.#codes.set(code === 38 ? 'text' : 'ground', codes.slice(i, i + length).join(';'));
        i += length - 1;
      } else if (isBetween(code, 30, 37) || isBetween(code, 90, 97)) this.#codes.set('text', String(code));
      else if (isBetween(code, 40, 47) || isBetween(code, 100, 107)) this.#codes.set('ground', String(code));
      else for (const ended of ENDS.get(code) ?? []) this.#codes.delete(ended);
    }
  }
}

function isBetween(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}
