/** Runs the command line in this process. */

import { type CliIO, ClosedPipeError, type Output } from '../../src/cli/io.js';
import { run } from '../../src/cli/program.js';

export const SAMPLE = new URL('../../examples/laptop-quick.session', import.meta.url).pathname;
export const UNITS = new URL('../../examples/units', import.meta.url).pathname;

export interface World {
  readonly stdin?: Uint8Array;
  /** Columns of the terminal that both outputs are; without it they are pipes. */
  readonly columns?: number;
  readonly env?: CliIO['env'];
  readonly cwd?: string;
  /** After so many pieces nobody reads the output any more. */
  readonly readerLeavesAfter?: number;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly bytes: Uint8Array;
}

export async function cli(args: readonly string[], world: World = {}): Promise<Ran> {
  const { columns, stdin, env = {}, cwd = '/', readerLeavesAfter = Number.POSITIVE_INFINITY } = world;
  const written: Record<'out' | 'err', Buffer[]> = { out: [], err: [] };
  const output = (pieces: Buffer[]): Output => ({
    isTTY: columns !== undefined,
    columns,
    async write(piece) {
      if (pieces.length >= readerLeavesAfter) throw new ClosedPipeError();
      pieces.push(Buffer.from(piece as string));
    },
  });
  const code = await run(args, {
    stdin: {
      isTTY: stdin === undefined,
      async *[Symbol.asyncIterator]() {
        // In pieces, as a pipe brings them.
        for (let start = 0; start < (stdin?.length ?? 0); start += 500)
          yield stdin!.subarray(start, start + 500);
      },
    },
    stdout: output(written.out),
    stderr: output(written.err),
    env,
    cwd,
  });
  const bytes = Buffer.concat(written.out);
  return { code, bytes, out: bytes.toString(), err: Buffer.concat(written.err).toString() };
}
