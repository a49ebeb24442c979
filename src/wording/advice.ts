/** What to do about a session's file that is damaged or is none, in the words of all front ends. */

import type { ErrorCode } from '../errors.js';

/** How a front end sets names apart from its prose. */
export interface AdviceQuotes {
  /** A command of the command line, such as `salvage`. */
  command(name: string): string;
  file(name: string): string;
}

/** One line; undefined where it depends on the front end, or nobody knows. */
export function damageAdvice(code: ErrorCode, { command, file }: AdviceQuotes): string | undefined {
  const damaged = `The file was changed after it was written: ${command('salvage')} rescues what is intact.`;
  const tooLarge = 'This is far more than a test session holds; the file is damaged or forged.';
  const advice: Partial<Record<ErrorCode, string>> = {
    'gzip-not-gzip': `A session is the file named ${file('session')} in a directory NAME.session.`,
    'gzip-truncated': `The file is cut off, as by a full disk: ${command('salvage')} rescues what is there; look for ${file('session.next')} beside it, too.`,
    'gzip-unsupported-method': damaged,
    'gzip-corrupt-deflate': damaged,
    'gzip-crc-mismatch': damaged,
    'gzip-length-mismatch': damaged,
    'gzip-trailing-bytes': `Something was appended to the file: ${command('salvage')} writes a copy without it.`,
    'text-not-utf8': damaged,
    'json-syntax': `The file unpacks, but is an edited session or none at all: ${command('salvage')} tells what is in it.`,
    'json-too-deep': tooLarge,
    'json-integer-too-long': tooLarge,
    'limit-input': tooLarge,
    'limit-text': tooLarge,
    'unsupported-version': 'Versions 1 to 11 exist; the file was edited or is no session.',
  };
  return advice[code];
}

/** What bytes are that are not compressed as a session is. */
export function nearMiss(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0)
    return 'The file is empty, as after a crash while it was saved; look for another copy.';
  const first = bytes.find((byte) => byte > 0x20);
  if (first === 0x7b) return 'This looks like JSON, but a session is compressed: pack it with gzip first.';
  if (first === 0x3c) return 'This looks like a report in HTML or XML, not like the session itself.';
  return undefined;
}
