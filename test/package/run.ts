/** Programs of the test: those of this directory's package.json, and Node in several versions. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A program that a dependency of this directory brings. */
export const program = (name: string): string => here(`node_modules/.bin/${name}`);

/** The versions of Node that the package promises to run in, with their programs. */
export const NODES: readonly (readonly [version: number, path: string])[] = [
  [20, process.execPath],
  [22, here('node_modules/node22/bin/node')],
  [24, here('node_modules/node24/bin/node')],
  [26, here('node_modules/node26/bin/node')],
];

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to its standard output
 * @throws Error with all that it wrote, when it exits with another code than 0
 */
export async function run(path: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await execute(path, args, { cwd, maxBuffer: 64 << 20 });
    return stdout;
  } catch (error) {
    const { message, stdout, stderr } = error as Error & { readonly stdout: string; readonly stderr: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`, { cause: error });
  }
}
