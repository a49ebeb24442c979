/** Splitting a stream of bytes into lines without joining more than one line. */

const LF = 0x0a;

export class LineSplitter {
  /** 1-based number of the line given last, or of the unfinished one behind it. */
  line = 1;
  /** Offset of that line's first byte in the whole text. */
  offset = 0;
  #nextOffset = 0;
  #finished = 0;
  #unfinished: Uint8Array[] = [];

  /** The lines that a piece completes, without their LF. */
  *push(piece: Uint8Array): Generator<Uint8Array, void, void> {
    let start = 0;
    for (let end = piece.indexOf(LF); end >= 0; end = piece.indexOf(LF, start)) {
      const line = this.#join(piece.subarray(start, end));
      start = end + 1;
      this.line = ++this.#finished;
      this.offset = this.#nextOffset;
      this.#nextOffset += line.length + 1;
      yield line;
    }
    if (start < piece.length) this.#unfinished.push(piece.subarray(start));
  }

  /** What is left behind the last LF; `line` and `offset` are then its own. */
  rest(): Uint8Array {
    this.line = this.#finished + 1;
    this.offset = this.#nextOffset;
    return this.#join(new Uint8Array(0));
  }

  #join(last: Uint8Array): Uint8Array {
    const pieces = this.#unfinished;
    if (pieces.length === 0) return last;
    this.#unfinished = [];
    pieces.push(last);
    const line = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
    let written = 0;
    for (const piece of pieces) {
      line.set(piece, written);
      written += piece.length;
    }
    return line;
  }
}
