/** What an examination found, as text and as JSON (schema 1). */

import { record } from '../dump/dump-value.js';
import type { Diagnosis } from '../formats/diagnose.js';
import type { Finding, FindingCode, Severity } from '../formats/finding.js';
import type { PyDict } from '../python/value.js';
import { count } from '../wording/figures.js';
import { adviceForFinding } from './finding-advice.js';
import { factRows, paragraph } from './layout.js';
import type { Terminal } from './terminal.js';
import { truncate, visible } from './visible.js';

/** Most findings of one kind that are shown. */
const SHOWN = 10;
/** Longest text of Checkbox that is shown, in columns. */
const TEXT_WIDTH = 300;

/** What was found in one session. */
export interface Examination {
  /** The file, archive or session directory. */
  readonly path: string;
  readonly diagnosis: Diagnosis;
}

export function viewExamination({ path, diagnosis }: Examination, terminal: Terminal): string[] {
  const { bold, dim, green } = terminal.colours;
  const { findings, session } = diagnosis;
  const title = session?.metadata.title;
  const about =
    session === undefined ? '' : dim(`  format ${session.version}${title ? `, ${visible(title)}` : ''}`);
  const lines = [bold(visible(path)) + about];
  if (findings.length === 0) return [...lines, `  ${green('nothing found')}`];
  for (const [code, members] of byCode(findings)) {
    for (const member of members.slice(0, SHOWN)) lines.push(...viewFinding(member, terminal));
    const more = members.length - SHOWN;
    if (more > 0)
      lines.push(terminal.colours.yellow(`  … ${more} more of code ${code}, see \`doctor --json\``));
    const advice = adviceForFinding(code);
    if (advice !== undefined) lines.push(...paragraph(dim(advice), terminal, '    '));
  }
  return lines;
}

/** How many findings of which severity there are in all. */
export function viewTotals(findings: readonly Finding[], sessions: number): string {
  const parts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const number = findings.filter((item) => item.severity === severity).length;
    return number === 0 ? [] : [count(number, severity)];
  });
  return `${count(sessions, 'session')}: ${parts.join(', ') || 'nothing found'}`;
}

function byCode(findings: readonly Finding[]): ReadonlyMap<FindingCode, Finding[]> {
  const groups = new Map<FindingCode, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.code);
    if (group === undefined) groups.set(finding.code, [finding]);
    else group.push(finding);
  }
  return groups;
}

function viewFinding(finding: Finding, terminal: Terminal): string[] {
  const { severity, message, checkbox, code } = finding;
  const head = `${severityWord(severity, terminal)} ${visible(message)} ${terminal.colours.dim(`[${code}]`)}`;
  const rows: [string, string][] = [];
  const place = placeOf(finding);
  if (place !== '') rows.push(['    where', visible(place)]);
  if (checkbox !== undefined && checkbox !== message) {
    rows.push(['    Checkbox', truncate(visible(checkbox), TEXT_WIDTH)]);
  }
  return [...paragraph(head, terminal, '  '), ...(rows.length === 0 ? [] : factRows(rows, terminal))];
}

function severityWord(severity: Severity, { colours }: Terminal): string {
  const colour = { error: colours.red, warning: colours.yellow, note: colours.cyan }[severity];
  return colour(`${severity}:`);
}

function placeOf({ message, path, offset, code, file, fileOffset }: Finding): string {
  const parts: string[] = [];
  if (path !== undefined) parts.push(path);
  if (offset !== undefined) {
    parts.push(`byte ${offset} of the ${code.startsWith('gzip-') ? 'file' : 'unpacked text'}`);
  }
  // Most messages name the file.
  if (file !== undefined && !message.includes(file)) parts.push(file);
  if (fileOffset !== undefined) parts.push(`byte ${fileOffset} of the unpacked log`);
  return parts.join(', ');
}

export function dumpExaminations(examinations: readonly PyDict[]): PyDict {
  return record({ schema: 1n, operation: 'doctor', status: 'ok', sessions: examinations });
}

export function dumpExamination({ path, diagnosis }: Examination): PyDict {
  const { session, leftOver, findings } = diagnosis;
  return record({
    path,
    version: session === undefined ? null : BigInt(session.version),
    title: session?.metadata.title ?? null,
    left_over:
      leftOver === undefined
        ? null
        : record({
            whole: leftOver.fault === undefined,
            newer: leftOver.isNewer,
            code: leftOver.fault?.code ?? null,
          }),
    findings: findings.map(dumpFinding),
  });
}

function dumpFinding(finding: Finding): PyDict {
  const { severity, code, message, checkbox, path, offset, jobId, file, fileOffset } = finding;
  return record({
    severity,
    code,
    message,
    checkbox: checkbox ?? null,
    path: path ?? null,
    offset: offset === undefined ? null : BigInt(offset),
    job_id: jobId ?? null,
    file: file ?? null,
    file_offset: fileOffset === undefined ? null : BigInt(fileOffset),
  });
}
