/** What a verb works with. */

import { dumpError } from '../dump/dump-metadata.js';
import { writeDump } from '../dump/dump-value.js';
import { SessionResumeError } from '../errors.js';
import { isSystemError } from '../files/node-directory.js';
import type { PyDict } from '../python/value.js';
import { AdvisedError, adviceFor } from './advice.js';
import { reportError } from './error-report.js';
import { ExitCode, exitCodeOf, UsageError } from './exit-codes.js';
import type { CliIO } from './io.js';
import { paragraph } from './layout.js';
import { dumpSystemError, systemErrorText } from './system-error.js';
import { Terminal } from './terminal.js';
import { visible } from './visible.js';

export interface JsonOption {
  readonly json?: boolean;
}

export class Context {
  readonly io: CliIO;
  /** Results. */
  readonly out: Terminal;
  /** Progress, warnings and errors. */
  readonly err: Terminal;
  exitCode: ExitCode = ExitCode.OK;

  constructor(io: CliIO) {
    this.io = io;
    this.out = new Terminal(io.stdout, io.env);
    this.err = new Terminal(io.stderr, io.env);
  }

  /** Runs the body of a verb; what is wrong with a session is told in the form that the user wants. */
  async complete(verb: string, { json }: JsonOption, body: () => Promise<ExitCode>): Promise<void> {
    try {
      this.exitCode = await body();
    } catch (thrown) {
      const error = thrown instanceof AdvisedError ? thrown.error : thrown;
      if (error instanceof SessionResumeError) {
        this.exitCode = exitCodeOf(error);
        if (json) return this.printJson(dumpError(verb, error));
        const advice = thrown instanceof AdvisedError ? thrown.advice : adviceFor(error, verb);
        return this.err.print(reportError(error, advice, this.err));
      }
      if (error instanceof UsageError) {
        this.exitCode = ExitCode.USAGE;
        return this.#complain(error.message, error.hint);
      }
      if (!isSystemError(error)) throw error;
      this.exitCode = ExitCode.IO;
      // Where writing fails, the output may be what cannot be written to.
      if (json && error.syscall !== 'write') return this.printJson(dumpSystemError(verb, error));
      return this.#complain(systemErrorText(error));
    }
  }

  printJson(dump: PyDict): Promise<void> {
    return this.out.write(`${writeDump(dump)}\n`);
  }

  /** @param text visible text */
  warn(text: string): Promise<void> {
    return this.err.print(paragraph(`${this.err.colours.yellow('warning:')} ${text}`, this.err));
  }

  #complain(text: string, hint?: string): Promise<void> {
    const { err } = this;
    const message = paragraph(`${err.colours.red('error:')} ${visible(text)}`, err);
    return err.print(hint === undefined ? message : [...message, ...paragraph(visible(hint), err)]);
  }
}
