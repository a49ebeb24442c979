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
      if (!(error instanceof UsageError || isSystemError(error))) throw error;
      this.exitCode = error instanceof UsageError ? ExitCode.USAGE : ExitCode.IO;
      await this.#complain(error);
    }
  }

  printJson(dump: PyDict): Promise<void> {
    return this.out.write(`${writeDump(dump)}\n`);
  }

  /** @param text visible text */
  warn(text: string): Promise<void> {
    return this.err.print(paragraph(`${this.err.colours.yellow('warning:')} ${text}`, this.err));
  }

  #complain(error: Error): Promise<void> {
    const { err } = this;
    const hint = error instanceof UsageError ? error.hint : undefined;
    const message = paragraph(`${err.colours.red('error:')} ${visible(error.message)}`, err);
    return err.print(hint === undefined ? message : [...message, ...paragraph(visible(hint), err)]);
  }
}
