/** One line of advice for each kind of finding: what the library leaves to its front ends. */

import type { FindingCode } from '../formats/finding.js';
import { adviceForDamage } from './advice.js';

/** For what only an examination finds, and for errors that mean something else there. */
const ADVICE = {
  'no-checkpoint': 'Checkbox skips this directory; nothing of the session is left but its logs.',
  'left-over-save':
    'If no Checkbox is running: move `session.next` over `session` when it is whole and newer, else remove it.',
  'history-without-checksum':
    'Checkbox wrote a session that it cannot read: `show` prints all of it, `salvage` leaves these results out.',
  'rejected-without-checksum':
    'Checkbox wrote a session that it cannot read: `salvage` leaves out this job, which no definition has.',
  'checksum-without-results': 'Checkbox takes the job for not started; the document was edited.',
  'wanted-without-checksum': 'Checkbox resumes only with a definition of the job.',
  'repeated-mandatory-jobs': 'Checkbox puts them in front again at each resume; no job runs twice for it.',
  'missing-file': 'Checkbox resumes without the log, unless it is that of a resource job.',
  'moved-log': 'Checkbox finds the log with the flags file-reference-checks and rewrite-log-pathnames.',
  'outside-location': 'A session may name any file of this machine: look at the name before you open it.',
  'unreadable-file': 'Checkbox cannot read it either: look at what it is, and at its permissions.',
  'damaged-record-file':
    'Checkbox ends with an exception when it reads this log; `log` prints what is intact.',
  'shortened-log': 'Checkbox takes the damage for the end of the log; `log` prints what is intact.',
  'orphaned-file': 'It is left of a run whose result was not saved; Checkbox never reads it.',
} as const satisfies Partial<Record<FindingCode, string>>;

export function adviceForFinding(code: FindingCode): string | undefined {
  return isOwn(code) ? ADVICE[code] : adviceForDamage(code);
}

function isOwn(code: FindingCode): code is keyof typeof ADVICE {
  return code in ADVICE;
}
