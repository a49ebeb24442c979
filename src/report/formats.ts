/** The formats of reports by name. */

import { writeCsv } from './csv.js';
import { writeHtml } from './html/page.js';
import { writeJunit } from './junit.js';
import { writeMarkdown } from './markdown.js';
import type { SessionReport } from './model.js';
import { writeNdjson } from './ndjson.js';
import { writeSubmission } from './submission.js';
import { writeText } from './text.js';

export type ReportFormat = 'json' | 'junit' | 'html' | 'csv' | 'ndjson' | 'markdown' | 'text';

const WRITERS: Readonly<Record<ReportFormat, (report: SessionReport) => AsyncGenerator<string, void, void>>> =
  {
    json: writeSubmission,
    junit: writeJunit,
    html: writeHtml,
    csv: writeCsv,
    ndjson: writeNdjson,
    markdown: writeMarkdown,
    text: writeText,
  };

export const REPORT_FORMATS = Object.keys(WRITERS) as readonly ReportFormat[];

/** UTF-16 units that are written together. */
const BATCH = 65_536;

/**
 * Writes a report in pieces of convenient size, so that a session of any size can be reported on in bounded
 * memory. The text is UTF-8 once encoded: no piece ends inside of a character.
 */
export async function* writeReport(
  report: SessionReport,
  format: ReportFormat,
): AsyncGenerator<string, void, void> {
  let batch: string[] = [];
  let size = 0;
  for await (const piece of WRITERS[format](report)) {
    batch.push(piece);
    size += piece.length;
    if (size < BATCH) continue;
    yield batch.join('');
    batch = [];
    size = 0;
  }
  if (size > 0) yield batch.join('');
}

/** A report as one text, for sessions whose reports fit into one. */
export async function reportText(report: SessionReport, format: ReportFormat): Promise<string> {
  let text = '';
  for await (const piece of writeReport(report, format)) text += piece;
  return text;
}
