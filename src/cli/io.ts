/** The world around a command: three streams, the environment, the working directory. */

/** Where text or bytes go. */
export interface Output {
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /**
   * Resolves when the next piece can be written.
   *
   * @throws ClosedPipeError when nobody reads any more
   */
  write(piece: string | Uint8Array): Promise<void>;
}

export interface InputStream extends AsyncIterable<Uint8Array> {
  readonly isTTY: boolean;
}

export interface CliIO {
  readonly stdin: InputStream;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** From where relative paths count. */
  readonly cwd: string;
}

/** The reader of a pipe has gone, as `head` does when it has seen enough. */
export class ClosedPipeError extends Error {
  override readonly name = 'ClosedPipeError';
}
