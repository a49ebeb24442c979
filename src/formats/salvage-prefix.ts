/** How much of a text is the beginning of a JSON document: up to the last value that is complete. */

import { DataError } from '../errors.js';
import { faults } from '../kernel/faults.js';
import { skipKey, skipScalar, skipSpace, skipString } from '../kernel/js-scan.js';
import type { ResolvedLimits } from '../kernel/kernel.js';

/** A container that is open where the prefix ends. */
export interface OpenContainer {
  /** Offset of its opening bracket. */
  readonly offset: number;
  /** The closing bracket that it waits for. */
  readonly closer: number;
  /** Its key in the object around it; undefined for the root and for items of arrays. */
  readonly key: string | undefined;
}

export interface JsonPrefix {
  /** Offset behind the last complete value, or behind the opening bracket of a container that holds none. */
  readonly end: number;
  /** Outermost first; with their closing brackets at `end` the text is a document. */
  readonly open: readonly OpenContainer[];
  /** Why it does not go on; undefined when the text is a whole document. */
  readonly fault: DataError | undefined;
}

const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** @param text valid UTF-8 */
export function scanPrefix(text: Uint8Array, { depth, integerDigits }: ResolvedLimits): JsonPrefix {
  const scanner = new PrefixScanner(text, depth, integerDigits);
  let fault: DataError | undefined;
  try {
    scanner.run();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    fault = error;
  }
  const open = scanner.open.map(({ offset, closer, keyStart }) => {
    return { offset, closer, key: keyStart < 0 ? undefined : keyAt(text, keyStart) };
  });
  return { end: scanner.end, open, fault };
}

class PrefixScanner {
  /** Changes only together with {@link end}. */
  readonly open: { readonly offset: number; readonly closer: number; readonly keyStart: number }[] = [];
  end = 0;

  constructor(
    private readonly text: Uint8Array,
    private readonly depth: number,
    private readonly integerDigits: number,
  ) {}

  /** @throws DataError where the document ends or is malformed */
  run(): void {
    const { text, open } = this;
    let keyStart = -1;
    for (let position = skipSpace(text, 0); ; ) {
      const byte = text[position];
      if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
        if (open.length === this.depth) throw faults.tooDeep(position, this.depth);
        open.push({ offset: position, closer: byte + 2, keyStart });
        this.end = position + 1;
        position = skipSpace(text, this.end);
        if (text[position] !== byte + 2) {
          keyStart = this.#keyAt(position);
          position = this.#valueAt(position);
          continue;
        }
        position = this.#close(position);
      } else {
        position = this.#scalar(position);
      }
      position = skipSpace(text, position);
      while (open.length > 0 && text[position] === open.at(-1)!.closer) {
        position = skipSpace(text, this.#close(position));
      }
      if (open.length === 0) {
        if (position < text.length) throw faults.syntax(position, 'the end of the document');
        return;
      }
      if (text[position] !== COMMA) {
        throw faults.syntax(position, `"," or "${String.fromCharCode(open.at(-1)!.closer)}"`);
      }
      position = skipSpace(text, position + 1);
      keyStart = this.#keyAt(position);
      position = this.#valueAt(position);
    }
  }

  /** A number at the end of the text may have had more digits. */
  #scalar(position: number): number {
    const end = skipScalar(this.text, position, this.integerDigits);
    const isNumber = (this.text[end - 1]! | 0x20) < 0x61 && this.text[position] !== 0x22;
    if (isNumber && end === this.text.length) throw faults.syntax(end, 'the end of a number');
    this.end = end;
    return end;
  }

  #close(position: number): number {
    this.open.pop();
    this.end = position + 1;
    return this.end;
  }

  #isInObject(): boolean {
    return this.open.at(-1)!.closer === CLOSE_OBJECT;
  }

  #keyAt(position: number): number {
    return this.#isInObject() ? position : -1;
  }

  #valueAt(position: number): number {
    return this.#isInObject() ? skipKey(this.text, position) : position;
  }
}

function keyAt(text: Uint8Array, start: number): string {
  return JSON.parse(new TextDecoder().decode(text.subarray(start, skipString(text, start)))) as string;
}
