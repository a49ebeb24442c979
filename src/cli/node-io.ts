/** The streams of a real process. */

import { type CliIO, ClosedPipeError, type InputStream, type Output } from './io.js';

export function processIO(): CliIO {
  return {
    stdin: stdinOf(process.stdin),
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    env: process.env,
    cwd: process.cwd(),
  };
}

function stdinOf(stream: NodeJS.ReadStream): InputStream {
  return { isTTY: stream.isTTY === true, [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() };
}

function outputTo(stream: NodeJS.WriteStream): Output {
  // Every failure reaches the caller of `write`; without a listener it would end the process as well.
  stream.on('error', () => {});
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    write: (piece) =>
      new Promise((resolve, reject) => {
        stream.write(piece, (error: NodeJS.ErrnoException | null | undefined) => {
          if (!error) resolve();
          else reject(error.code === 'EPIPE' ? new ClosedPipeError(error.message) : error);
        });
      }),
  };
}
