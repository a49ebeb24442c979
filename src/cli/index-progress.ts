/** How far the indexing of many sessions has come: one line on a terminal, some lines elsewhere. */

import type { IndexTotals } from '../report/fleet/build-index-node.js';
import { count, formatSeconds } from '../wording/figures.js';
import type { Terminal } from './terminal.js';

/** How often a line is written, in milliseconds. */
const TERMINAL_PERIOD_MS = 200;
const LOG_PERIOD_MS = 10_000;

export class IndexProgress {
  readonly #terminal: Terminal;
  readonly #started = performance.now();
  #next: number;
  #last: Promise<void> | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#next = this.#started + this.#period;
  }

  show(totals: IndexTotals): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + this.#period;
    const line = this.#describe(totals, (now - this.#started) / 1000);
    this.#last = this.#terminal.write(this.#terminal.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }

  async end(): Promise<void> {
    await this.#last;
    if (this.#last !== undefined && this.#terminal.isTTY) await this.#terminal.write('\r\x1b[K');
  }

  get #period(): number {
    return this.#terminal.isTTY ? TERMINAL_PERIOD_MS : LOG_PERIOD_MS;
  }

  #describe({ found, skipped, indexed, failed }: IndexTotals, seconds: number): string {
    const wanted = found - skipped;
    const speed = indexed / seconds;
    const bad = failed > 0 ? `, ${failed.toLocaleString('en')} cannot be read` : '';
    const rest = indexed > 0 && indexed < wanted ? `, ${formatSeconds((wanted - indexed) / speed)} left` : '';
    return `${indexed.toLocaleString('en')} of ${count(wanted, 'session')}, ${speed.toFixed(speed < 10 ? 1 : 0)} a second${bad}${rest}`;
  }
}
