/** The summary of a session as text. */

import { BrokenReferenceToExternalFileError, SessionResumeError } from '../errors.js';
import { sortCodePoints } from '../python/text.js';
import { outcomeInfo } from '../results/outcomes.js';
import { count, formatBytes, formatReturnCode, formatSeconds, formatTime } from '../wording/figures.js';
import { JobNames } from '../wording/job-names.js';
import { countOutcomes, isLeft, type JobFacts, NO_OUTCOME } from './job-facts.js';
import { factRows, paragraph, unbroken } from './layout.js';
import { describeCounts } from './outcome-counts.js';
import type { OpenedSession } from './session-argument.js';
import { type LogFiles, logTailOf, type SessionSummary } from './session-summary.js';
import type { Terminal } from './terminal.js';
import { truncate, visible } from './visible.js';

/** Most jobs, lines of a log, lines of a text, problems, names and parts that are shown of each kind. */
const SHOWN = { jobs: 10, logLines: 5, textLines: 5, problems: 10, names: 3, parts: 3 } as const;

export async function viewSummary(
  summary: SessionSummary,
  source: OpenedSession,
  terminal: Terminal,
): Promise<string[]> {
  return new SummaryView(summary, source, terminal).lines();
}

class SummaryView {
  readonly #names: JobNames;

  constructor(
    private readonly summary: SessionSummary,
    private readonly source: OpenedSession,
    private readonly terminal: Terminal,
  ) {
    this.#names = new JobNames(
      summary.jobs.map(({ id }) => id),
      visible,
    );
  }

  async lines(): Promise<string[]> {
    const { failed, skipped, left } = this.summary;
    const note = this.#names.note;
    return [
      ...this.#head(),
      '',
      ...factRows(this.#facts(), this.terminal),
      ...(note === undefined ? [] : ['', this.terminal.colours.dim(note)]),
      ...(await this.#section('Failed and crashed', failed, (job) => this.#failure(job))),
      ...(await this.#section('Skipped or undecided', skipped, (job) => this.#skip(job))),
      ...(await this.#section('Left without result', left, (job) => this.#left(job))),
      ...this.#problems(),
    ];
  }

  #head(): string[] {
    const { session, description } = this.summary;
    const { bold, dim } = this.terminal.colours;
    const { title } = session.metadata;
    const heading = title === null || title === '' ? dim('session without title') : bold(visible(title));
    return [heading, ...this.#text(description ?? '', '', 'show --json')];
  }

  #facts(): [string, string][] {
    const { session, savedAt, testPlan, logs } = this.summary;
    const { metadata, version } = session;
    const rows: [string, string][] = [];
    if (testPlan !== undefined) rows.push(['Test plan', visible(testPlan)]);
    const by = metadata.appId === null ? '' : ` by ${visible(metadata.appId)}`;
    const when = savedAt === undefined ? 'at an unknown time' : formatTime(savedAt);
    rows.push(['Saved', `${when}${by}, format ${version}`]);
    const flags = sortCodePoints([...metadata.flags]).map(visible);
    rows.push(['Flags', flags.join(', ') || 'none']);
    const last = this.#lastStarted();
    if (last !== undefined) rows.push(last);
    rows.push(['Jobs', this.#counts()]);
    rows.push(['Logs', describeLogs(logs)]);
    rows.push(['Size', this.#sizes()]);
    return rows;
  }

  #lastStarted(): [string, string] | undefined {
    const { runningJobName, lastJobStartTime } = this.summary.session.metadata;
    if (runningJobName === null) return undefined;
    const isRunning = this.summary.jobs.some((job) => job.isRunning);
    const since = lastJobStartTime === null ? '' : `, started ${formatTime(lastJobStartTime)}`;
    return [isRunning ? 'Running' : 'Last job', this.#names.short(runningJobName) + since];
  }

  #counts(): string {
    const { jobs, left } = this.summary;
    const counts = countOutcomes(jobs);
    const rejected = jobs.filter((job) => job.isRejected && job.outcome === null && !isLeft(job)).length;
    const others = (counts.get(null) ?? 0) - left.length - rejected;
    const phrases = describeCounts(counts, this.terminal);
    if (left.length > 0) phrases.push(unbroken(`${left.length} left to run`));
    if (rejected > 0) phrases.push(unbroken(`${rejected} rejected by the operator`));
    if (others > 0) phrases.push(unbroken(`${others} not selected`));
    return jobs.length === 0 ? 'none' : `${jobs.length}: ${phrases.join(', ')}`;
  }

  #sizes(): string {
    const { session } = this.summary;
    const { compressedBytes, textBytes } = session.envelope;
    const parts = session.sizes().filter(({ owner }) => owner === undefined);
    const shown = parts.slice(0, SHOWN.parts).map(({ path, bytes }) => {
      return unbroken(`${visible(path.slice(path.lastIndexOf('.') + 1))} ${formatBytes(bytes)}`);
    });
    const rest = parts.slice(SHOWN.parts).reduce((sum, { bytes }) => sum + bytes, 0);
    if (rest > 0) shown.push(unbroken(`rest ${formatBytes(rest)}`));
    return `${formatBytes(compressedBytes)}, unpacked ${formatBytes(textBytes)}: ${shown.join(', ')}`;
  }

  async #section(
    title: string,
    jobs: readonly JobFacts[],
    describe: (job: JobFacts) => Promise<string[]> | string[],
  ): Promise<string[]> {
    if (jobs.length === 0) return [];
    const lines = ['', this.terminal.colours.bold(title)];
    for (const job of jobs.slice(0, SHOWN.jobs)) lines.push(...(await describe(job)));
    const more = jobs.length - SHOWN.jobs;
    const outcomes = new Set(jobs.map(({ outcome }) => outcome ?? NO_OUTCOME));
    if (more > 0) lines.push(this.#more(more, `jobs --outcome ${[...outcomes].join(',')}`));
    return lines;
  }

  #more(number: number, command: string): string {
    return this.terminal.colours.yellow(`… ${number} more, see \`${command}\``);
  }

  async #failure(job: JobFacts): Promise<string[]> {
    const { result, attempts } = job;
    const facts = [job.outcome!];
    if (result?.returnCode != null) facts.push(formatReturnCode(result.returnCode));
    if (result?.executionDuration != null) facts.push(formatSeconds(result.executionDuration));
    if (attempts.length > 1) facts.push(count(attempts.length, 'attempt'));
    return [this.#jobLine(job, facts), ...this.#comments(job), ...(await this.#tail(job))];
  }

  #skip(job: JobFacts): string[] {
    return [this.#jobLine(job, [outcomeInfo(job.outcome)?.label ?? '']), ...this.#comments(job)];
  }

  #left(job: JobFacts): string[] {
    return [this.#jobLine(job, job.isRunning ? ['running when the session was saved'] : [])];
  }

  #jobLine(job: JobFacts, facts: readonly string[]): string {
    const info = outcomeInfo(job.outcome);
    const sigil = this.terminal.outcome(info, (info?.sigil ?? '').trim() || ' ');
    const behind = facts.length === 0 ? '' : `  ${this.terminal.colours.dim(facts.join(', '))}`;
    return `${sigil} ${this.#names.short(job.id)}${behind}`;
  }

  #comments({ result }: JobFacts): string[] {
    return this.#text(result?.comments ?? '', '  ', 'jobs --json');
  }

  /** What somebody wrote, without its empty lines. */
  #text(text: string, margin: string, command: string): string[] {
    const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
    const shown = lines
      .slice(0, SHOWN.textLines)
      .flatMap((line) => paragraph(visible(line), this.terminal, margin));
    const more = lines.length - SHOWN.textLines;
    return more > 0 ? [...shown, margin + this.#more(more, command)] : shown;
  }

  async #tail(job: JobFacts): Promise<string[]> {
    const { dim, red } = this.terminal.colours;
    const tail = await logTailOf(job, this.source, SHOWN.logLines);
    if (tail === undefined) return [`  ${dim('no output')}`];
    if (tail instanceof BrokenReferenceToExternalFileError) {
      if (this.source.location === null) return [`  ${dim('the log is in a file of its own')}`];
      const where = tail.code === 'outside-location' ? 'outside of the session directory' : 'missing';
      return [`  ${red(`the log is ${where}`)}`];
    }
    if (tail instanceof SessionResumeError) return paragraph(red(visible(tail.message)), this.terminal, '  ');
    const margin = `  ${dim('│')} `;
    const width = this.terminal.width - 4;
    const cut = tail.isCut ? [margin + dim(`… end of ${tail.stream}, see \`log\``)] : [];
    return [
      ...cut,
      ...tail.lines.map((line) => margin + (this.terminal.isTTY ? truncate(line, width) : line)),
    ];
  }

  #problems(): string[] {
    const { problems } = this.summary.session;
    if (problems.length === 0) return [];
    const { bold, red, dim } = this.terminal.colours;
    const lines = [
      '',
      bold(red('Problems')),
      ...paragraph('Checkbox refuses this session, or loses this part of it:', this.terminal),
    ];
    for (const { message, path, offset } of problems.slice(0, SHOWN.problems)) {
      lines.push(...paragraph(visible(message), this.terminal, '  '));
      const place = [path, offset === undefined ? undefined : `byte ${offset}`].filter(
        (part) => part !== undefined,
      );
      if (place.length > 0) lines.push(...paragraph(dim(visible(place.join(', '))), this.terminal, '    '));
    }
    const more = problems.length - SHOWN.problems;
    if (more > 0) lines.push(this.#more(more, 'show --json'));
    return lines;
  }
}

function describeLogs({ isKnown, named, missing, outside, bytes }: LogFiles): string {
  if (named === 0) return 'none outside of the session file';
  const files = count(named, 'record file');
  if (!isKnown) return `${files}, not to be found: only the session file was given`;
  const absent = [
    ...describeAbsent('missing', missing),
    ...describeAbsent('outside of the directory', outside),
  ];
  if (absent.length === 0) return `${files}, all there, ${formatBytes(bytes)}`;
  if (missing.length === named) return `${files}, all missing`;
  return `${files}, ${formatBytes(bytes)}; ${absent.join('; ')}`;
}

function describeAbsent(state: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, SHOWN.names).map(visible).join(', ');
  const more = names.length > SHOWN.names ? `, … ${names.length - SHOWN.names} more, see \`jobs\`` : '';
  return [`${names.length} ${state}: ${shown}${more}`];
}
