/** An output and how it shows things: columns and colours. */

import pc from 'picocolors';
import type { OutcomeInfo } from '../results/outcomes.js';
import type { CliIO, Output } from './io.js';

type Palette = ReturnType<typeof pc.createColors>;

const DEFAULT_WIDTH = 80;
const NARROWEST = 20;
const RESET = '\x1b[0m';

export class Terminal {
  readonly isTTY: boolean;
  /** Columns for running text; 80 where there is no terminal. */
  readonly width: number;
  readonly colours: Palette;
  readonly #output: Output;

  constructor(output: Output, env: CliIO['env']) {
    this.#output = output;
    this.isTTY = output.isTTY;
    this.width = Math.max(output.columns ?? DEFAULT_WIDTH, NARROWEST);
    this.colours = pc.createColors(wantsColours(output, env));
  }

  /** The text in the colour that Checkbox gives to the outcome. */
  outcome(info: OutcomeInfo | undefined, text: string): string {
    const isPlain = info === undefined || info.ansi === '' || !this.colours.isColorSupported;
    return isPlain ? text : info.ansi + text + RESET;
  }

  print(lines: readonly string[]): Promise<void> {
    return lines.length === 0 ? Promise.resolve() : this.write(`${lines.join('\n')}\n`);
  }

  write(piece: string | Uint8Array): Promise<void> {
    return this.#output.write(piece);
  }
}

/** https://no-color.org and its counterpart; a dumb terminal has no colours. */
function wantsColours(output: Output, env: CliIO['env']): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return output.isTTY && env.TERM !== 'dumb';
}
