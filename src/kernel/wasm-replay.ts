/**
 * Making dropped text again: check points, taken while the text passes for the first time, from which inflating
 * can start (32 KiB of text before, positions of the next symbol and of its block's header).
 */

import type { Segment } from './kernel.js';
import type { CompressedInput } from './wasm-input.js';
import type { Lease } from './wasm-instances.js';
import type { TextMaker } from './wasm-text.js';

interface CheckPoint {
  /** Offset in the text. */
  readonly position: number;
  /** Text before it. */
  readonly history: Uint8Array;
  /** In bits of the input. */
  readonly symbol: number;
  /** In bits of the input; -1 between blocks. */
  readonly header: number;
  /** Bytes left of a stored block. */
  readonly stored: number;
  /** Where in the text its member begins. */
  readonly member: number;
}

/** Bytes of text between check points where what is dropped may well be read again. */
export const SPACING = 2 << 20;
/** The same where it will hardly be read again. */
export const WIDE_SPACING = 32 << 20;
const MAX_POINTS = 128;

const STARVED = 1;

export class Replay implements TextMaker {
  readonly #lease: Lease;
  #input: CompressedInput;
  #points: CheckPoint[] = [];
  #spacing: number;
  /** The text that the instance holds, once the lease has begun again, is `[#start, #end)`. */
  #start = 0;
  #end = 0;

  /** @param spacing bytes of text between check points, at first; doubled when there would be too many of them */
  constructor(lease: Lease, input: CompressedInput, spacing: number) {
    this.#lease = lease;
    this.#input = input;
    this.#spacing = spacing;
  }

  /** At the end of a step: takes a check point if the next step would pass the distance. */
  consider(position: number): void {
    const { exports, layout } = this.#lease.instance;
    const last = this.#points.at(-1)?.position ?? 0;
    if (position + layout.STEP_BYTES < last + this.#spacing || !exports.isCheckPoint()) return;
    const size = layout.HISTORY_BYTES;
    this.#points.push({
      position,
      history: this.#lease.instance.view(exports.textEnd() - size, size).slice(),
      symbol: exports.symbolPosition(),
      header: exports.headerPosition(),
      stored: exports.storedRemaining(),
      member: exports.memberPosition(),
    });
    if (this.#points.length <= MAX_POINTS) return;
    this.#points = this.#points.filter((_, i) => i % 2 === 1);
    this.#spacing *= 2;
  }

  make(position: number): Segment {
    if (!this.#lease.isHeld || position < this.#start || position >= this.#end) {
      const point = this.#points.findLast((candidate) => candidate.position <= position);
      // Going on from where it stands is best, unless a check point lies between.
      const goesOn = this.#lease.isHeld && position >= this.#end && (point?.position ?? 0) <= this.#end;
      if (!goesOn) this.#return(point);
      while (position >= this.#end) this.#step();
    }
    const { exports } = this.#lease.instance;
    return {
      start: this.#start,
      bytes: this.#lease.instance.view(exports.textEnd() - this.#present(), this.#present()),
      lasts: false,
    };
  }

  #present(): number {
    const { exports, layout } = this.#lease.instance;
    return Math.min(exports.textEnd() - layout.TEXT, this.#end);
  }

  #step(): void {
    const { exports } = this.#lease.instance;
    exports.nextStep();
    for (let status = exports.step(); status === STARVED; status = exports.step()) {
      this.#input.advance(this.#lease.instance);
    }
    const end = exports.textPosition();
    if (exports.envelopeFault.value !== 0 || end === this.#end) {
      throw new Error('the compressed input was changed after it was opened');
    }
    this.#end = end;
    this.#start = end - this.#present();
  }

  #return(point: CheckPoint | undefined): void {
    const { exports, layout } = this.#lease.instance;
    if (point === undefined) {
      this.#input.seek(this.#lease.instance, 0);
      exports.replayAll();
      this.#end = 0;
      this.#start = 0;
      return;
    }
    if (point.header >= 0) {
      this.#input.seek(this.#lease.instance, Math.floor(point.header / 8));
      exports.replayHeader(point.header % 8);
    }
    this.#input.seek(this.#lease.instance, Math.floor(point.symbol / 8));
    exports.replay(point.symbol % 8, point.header < 0, point.stored, point.member, point.position);
    this.#lease.instance.view(layout.TEXT, point.history.length).set(point.history);
    this.#end = point.position;
    this.#start = Math.max(0, point.position - point.history.length);
  }
}
