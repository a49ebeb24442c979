/** Comments of testers without terminal sequences (spec `results.md` 5). */

const ANSI_SEQUENCE = /(?:\x9b|\x1b\[)[0-?]*[ -/]*[@-~]/g;

/** Removes ANSI control sequences (CSI ... final byte); other control characters stay. */
export function stripAnsi(text: string): string {
  return text.replace(ANSI_SEQUENCE, '');
}
