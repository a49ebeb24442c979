/** The jobs as a file, and files in general. */

import type { JobRow } from 'plainbox-session/browser';

const COLUMNS = [
  'id',
  'name',
  'category',
  'outcome',
  'duration',
  'attempts',
  'returnCode',
  'comments',
  'isDesired',
  'isRunning',
  'isRejected',
] as const satisfies readonly (keyof JobRow)[];

/** RFC 4180, with what a spreadsheet would take for a formula disarmed. */
export function toCsv(jobs: readonly JobRow[]): string {
  const lines = jobs.map((job) => COLUMNS.map((column) => csvField(job[column])).join(','));
  return `${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

export function toJson(title: string | null, jobs: readonly JobRow[]): string {
  return `${JSON.stringify({ title, jobs }, null, 1)}\n`;
}

function csvField(value: JobRow[keyof JobRow]): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function saveFile(name: string, content: Blob | string, type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^A-Za-z0-9_.-]/g, '_');
  link.click();
  // The download holds on to the content by itself, once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
