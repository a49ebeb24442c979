/** Pieces of help texts. */

export const JSON_HELP = 'print JSON (schema 1), also for an error';

/** The closing paragraph of a verb's help. */
export function examples(...commands: string[]): string {
  return ['', 'Examples:', ...commands.map((command) => `  $ plainbox-session ${command}`)].join('\n');
}
