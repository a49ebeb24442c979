/** The shell-lexical check of commands (spec `units.md` 8.2). */

/** What is lexically wrong with a command, as the text of the issue; null when nothing is. */
export function findShellProblem(_command: string): string | null {
  throw new Error('not yet written');
}
