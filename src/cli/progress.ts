/** One line that says how far a long reading has come. */

import type { Progress } from '../input.js';
import { formatBytes } from '../wording/figures.js';
import type { Terminal } from './terminal.js';

/** Nothing is shown of what takes no longer, in milliseconds. */
const PATIENCE_MS = 400;
const PERIOD_MS = 100;
const STAGES: Readonly<Record<Progress['stage'], string>> = {
  read: 'reading',
  inflate: 'unpacking',
  scan: 'checking',
};

export class ProgressLine {
  readonly #terminal: Terminal;
  #next = performance.now() + PATIENCE_MS;
  #last: Promise<void> | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show({ stage, loaded, total }: Progress): void {
    const now = performance.now();
    if (!this.#terminal.isTTY || now < this.#next) return;
    this.#next = now + PERIOD_MS;
    const share = total === undefined ? '' : ` of ${formatBytes(total)}`;
    this.#last = this.#terminal.write(`\r\x1b[K${STAGES[stage]}: ${formatBytes(loaded)}${share}`);
  }

  async clear(): Promise<void> {
    if (this.#last === undefined) return;
    await this.#last;
    await this.#terminal.write('\r\x1b[K');
  }
}
