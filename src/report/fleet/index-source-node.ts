/** Reading one source of an index: what a worker of the pool does. Node only. */

import { SessionResumeError } from '../../errors.js';
import { isSystemError } from '../../files/node-directory.js';
import { openSessionPath } from '../../files/session-path-node.js';
import { open } from '../../formats/open.js';
import { SessionReport } from '../model.js';
import { errorRow, type IndexRow, type IndexSource, rowsOf } from './index-row.js';

/** The rows of a source; one that cannot be read is one row that says why. */
export default async function indexSource(source: IndexSource): Promise<IndexRow[]> {
  try {
    const { session, files, location } = await openSessionPath(source.source);
    const report = await SessionReport.of({ session: await open(session), files, location });
    const rows = await rowsOf(source, report);
    report.session.dispose();
    return rows;
  } catch (error) {
    if (error instanceof SessionResumeError) return [errorRow(source, error.code, reasonOf(error))];
    if (isSystemError(error)) return [errorRow(source, error.code ?? 'unreadable', error.message)];
    throw error;
  }
}

function reasonOf({ message, cause }: SessionResumeError): string {
  // Some messages say it all.
  return cause instanceof Error && !message.includes(cause.message)
    ? `${message}: ${cause.message}`
    : message;
}
