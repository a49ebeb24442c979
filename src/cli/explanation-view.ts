/** Why a session would not resume, as text and as JSON (schema 1). */

import { record } from '../dump/dump-value.js';
import type { ErrorCode } from '../errors.js';
import type { ResumeExplanation, ResumeReason } from '../formats/explain.js';
import type { PyDict } from '../python/value.js';
import { count } from '../wording/figures.js';
import { factRows, paragraph } from './layout.js';
import type { Terminal } from './terminal.js';
import { visible } from './visible.js';

/** Most reasons of one kind, and names of new jobs, that are shown. */
const SHOWN = 20;

/** The kinds of reasons in the order in which they are told. */
const KINDS: readonly { readonly title: string; readonly codes: readonly ErrorCode[] }[] = [
  { title: 'Jobs whose definition has changed', codes: ['changed-job'] },
  { title: 'Jobs that no definition knows', codes: ['unknown-job'] },
  {
    title: 'Broken definitions',
    codes: ['unit-syntax', 'unit-field', 'unit-kind', 'unit-expression', 'unit-template', 'unit-duplicate'],
  },
  { title: 'Logs that are not there', codes: ['missing-file', 'outside-location'] },
];
const OTHER = 'Damage in the session';

export function viewExplanation(explanation: ResumeExplanation, terminal: Terminal): string[] {
  const { newJobs } = explanation;
  const reasons = eachJobOnce(explanation.reasons);
  const { bold, dim, green, red, yellow } = terminal.colours;
  const blocking = reasons.filter((reason) => reason.blocking).length;
  const verdict =
    blocking > 0
      ? red(`This session does not resume: ${count(blocking, 'reason')}.`)
      : reasons.length > 0
        ? yellow(`This session resumes, but ${count(reasons.length, 'log')} cannot be read.`)
        : green('This session resumes.');
  const lines = [bold(verdict)];
  for (const [title, members] of byKind(reasons)) {
    lines.push('', bold(`${title} (${members.length})`));
    for (const reason of members.slice(0, SHOWN)) lines.push(...viewReason(reason, terminal));
    lines.push(...more(members.length, terminal));
  }
  if (newJobs.length > 0) {
    const known = `${count(newJobs.length, 'job')} more: defined, but not mentioned in the session; no obstacle`;
    lines.push('', ...paragraph(dim(known), terminal));
    if (newJobs.length <= SHOWN) lines.push(...newJobs.map((id) => dim(`  ${visible(id)}`)));
  }
  return lines;
}

/** A job that nobody knows is in the way wherever the session mentions it. */
function eachJobOnce(reasons: readonly ResumeReason[]): ResumeReason[] {
  const unknown = new Set<string | undefined>();
  return reasons.filter(({ code, jobId }) => {
    if (code !== 'unknown-job') return true;
    const isFirst = !unknown.has(jobId);
    unknown.add(jobId);
    return isFirst;
  });
}

function more(length: number, { colours }: Terminal): string[] {
  return length > SHOWN ? [colours.yellow(`… ${length - SHOWN} more, see \`why --json\``)] : [];
}

function byKind(reasons: readonly ResumeReason[]): ReadonlyMap<string, ResumeReason[]> {
  const groups = new Map<string, ResumeReason[]>(
    [...KINDS.map(({ title }) => title), OTHER].map((title) => [title, []]),
  );
  for (const reason of reasons) {
    const kind = KINDS.find(({ codes }) => codes.includes(reason.code));
    groups.get(kind?.title ?? OTHER)!.push(reason);
  }
  return new Map([...groups].filter(([, members]) => members.length > 0));
}

function viewReason(reason: ResumeReason, terminal: Terminal): string[] {
  const { code, message, jobId, path, expected, actual, nearestId } = reason;
  if (code === 'changed-job') {
    const checksums: [string, string][] = [
      ['    stored', visible(String(actual))],
      ['    known', visible(String(expected))],
    ];
    return [`  ${visible(jobId ?? '')}`, ...factRows(checksums, terminal)];
  }
  if (code === 'unknown-job') {
    const hint =
      nearestId === undefined ? [] : [`    ${terminal.colours.dim(`most like it: ${visible(nearestId)}`)}`];
    return [`  ${visible(jobId ?? '')}`, ...hint];
  }
  const place = jobId ?? path;
  const where = place === undefined ? [] : paragraph(terminal.colours.dim(visible(place)), terminal, '    ');
  return [...paragraph(visible(message), terminal, '  '), ...where];
}

export function dumpExplanation({ reasons, newJobs }: ResumeExplanation): PyDict {
  return record({
    schema: 1n,
    operation: 'why',
    status: 'ok',
    resumes: !reasons.some(({ blocking }) => blocking),
    reasons: reasons.map(dumpReason),
    new_jobs: newJobs,
  });
}

function dumpReason(reason: ResumeReason): PyDict {
  const { blocking, code, message, jobId, path, offset, expected, actual, nearestId } = reason;
  const text = (value: unknown) => (value === undefined ? null : String(value));
  return record({
    blocking,
    code,
    message,
    job_id: jobId ?? null,
    path: path ?? null,
    offset: offset === undefined ? null : BigInt(offset),
    expected: text(expected),
    actual: text(actual),
    nearest_id: nearestId ?? null,
  });
}
