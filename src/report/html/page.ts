/**
 * The report `html`: one self-contained page without script, for mail and archives. Nothing is loaded from
 * anywhere, and everything from the session is escaped.
 */

import { count, isoTime } from '../../wording/figures.js';
import { commentLines, factsOf } from '../failures.js';
import { problemText, secondsText } from '../figures.js';
import { durationOf, type ReportJob, type SessionReport } from '../model.js';
import { type EmbeddedLog, type EmbeddedLogs, readEmbeddedLogs } from './embedded-logs.js';
import { escapeHtml, html, Markup } from './markup.js';
import { STYLE } from './style.js';
import { systemInformation } from './system-information.js';

/** Lines of a failed job's log that are seen at once; the others are behind a click. */
const TAIL_LINES = 15;
/** Problems that are shown; each missing log is one. */
const PROBLEMS = 200;

/** Writes the page piece by piece; the logs that it carries, at most 10 MB, are read before. */
export async function* writeHtml(report: SessionReport): AsyncGenerator<string, void, void> {
  const embedded = await readEmbeddedLogs(report);
  for (const { text } of pageParts(report, embedded)) yield text;
}

function* pageParts(report: SessionReport, embedded: EmbeddedLogs): Generator<Markup, void, void> {
  const title = report.title || 'Session without title';
  yield html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body><main>
<header><h1>${title}</h1>
`;
  yield summary(report);
  yield* notices(report, embedded);
  yield new Markup('</header>\n');
  yield* failures(report, embedded);
  yield* listing('skipped', 'Skipped', report.skipped);
  yield* listing('left', 'Left without result', report.left);
  yield* allJobs(report, embedded);
  yield* systemInformation(report);
  yield html`<footer class="soft"><p>Written by plainbox-session from the saved session.</p></footer>
</main></body>
</html>
`;
}

function summary(report: SessionReport): Markup {
  const { description, testPlanId, savedAt, session, counts } = report;
  const time = isoTime(savedAt)?.replace('T', ' ');
  const rows: [string, string][] = [
    ...(testPlanId === undefined ? [] : [['Test plan', testPlanId] satisfies [string, string]]),
    ['Saved', time === undefined ? 'at an unknown time' : `${time} UTC`],
    ['Time in jobs', secondsText(report.duration)],
    ['Format', `version ${session.version}`],
    ['Flags', [...session.metadata.flags].join(', ') || 'none'],
  ];
  const bar = counts.map(
    ([info, count]) => html`<i class="${classOf(info.value)}" style="flex-grow:${count}"></i>`,
  );
  const items = counts.map(
    ([info, count]) =>
      html`<li class="${classOf(info.value)}"><b>${count}</b>${info.sigil.trim()} ${info.value === null ? 'left' : info.label}</li>`,
  );
  return html`${description === undefined ? undefined : html`<p>${description}</p>`}
<div class="bar" aria-hidden="true">${bar}</div>
<ul class="counts">${items}</ul>
<dl>${rows.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
`;
}

function* notices({ problems }: SessionReport, { shortened, leftOut }: EmbeddedLogs): Generator<Markup> {
  if (shortened > 0 || leftOut > 0) {
    const parts = [
      ...(shortened > 0 ? [`the logs of ${count(shortened, 'job')} are shortened to their ends`] : []),
      ...(leftOut > 0 ? [`those of ${count(leftOut, 'job')} are left out`] : []),
    ];
    yield html`<p class="card notice cut">This page does not have all logs: ${parts.join(', ')}.</p>\n`;
  }
  if (problems.length === 0) return;
  const shown = problems.slice(0, PROBLEMS).map((problem) => html`<li>${problemText(problem)}</li>\n`);
  const more = problems.length - shown.length;
  const note =
    more > 0 ? html`<p class="cut">${more} more: the report in JSON has all of them.</p>` : undefined;
  yield html`<div class="card notice"><p class="cut">${count(problems.length, 'problem')} of the session</p>
<ul>${shown}</ul>${note}</div>\n`;
}

function* failures({ failed }: SessionReport, { logs }: EmbeddedLogs): Generator<Markup, void, void> {
  if (failed.length === 0) return;
  yield html`<section><h2 id="failed">Failed and crashed (${failed.length})</h2>\n`;
  for (const job of failed) {
    yield html`<article class="card failure"><h3 class="${classOf(job.outcome)}">${job.info.sigil.trim()} ${job.name}</h3>
${identityOf(job)}<p>${factsOf(job).join(', ')}</p>
${commentMarkup(job)}`;
    yield* failureLog(logs.get(job));
    yield new Markup('</article>\n');
  }
  yield new Markup('</section>\n');
}

function* failureLog(log: EmbeddedLog | undefined): Generator<Markup, void, void> {
  if (log === undefined) return yield html`<p class="soft">No output.</p>\n`;
  const { lines, omitted } = log;
  const earlier = lines.slice(0, -TAIL_LINES);
  if (earlier.length > 0 || omitted > 0) {
    const all = earlier.length + omitted;
    yield html`<details><summary class="soft">${count(all, 'earlier line')}</summary>`;
    yield* logMarkup({ lines: earlier, omitted });
    yield new Markup('</details>\n');
  }
  yield* logMarkup({ lines: lines.slice(-TAIL_LINES), omitted: 0 });
}

function* logMarkup({ lines, omitted }: EmbeddedLog): Generator<Markup, void, void> {
  yield new Markup('<pre>');
  if (omitted > 0) {
    yield html`<b>[${count(omitted, 'earlier line')} left out: they are in the session, not on this page]</b>\n`;
  }
  for (const { stream, text } of lines) {
    const escaped = escapeHtml(text);
    yield new Markup(stream === 'stderr' ? `<i>${escaped}</i>\n` : `${escaped}\n`);
  }
  yield new Markup('</pre>\n');
}

function* listing(anchor: string, title: string, jobs: readonly ReportJob[]): Generator<Markup, void, void> {
  if (jobs.length === 0) return;
  yield html`<section><h2 id="${anchor}">${title} (${jobs.length})</h2>\n`;
  for (const job of jobs) {
    const facts = job.outcome === null && !job.isRunning ? '' : factsOf(job)[0]!;
    yield html`<div class="card"><h3 class="${classOf(job.outcome)}">${job.info.sigil.trim()} ${job.name}</h3>
${identityOf(job)}<p>${facts}</p>${commentMarkup(job)}</div>\n`;
  }
  yield new Markup('</section>\n');
}

function* allJobs({ finished }: SessionReport, { logs }: EmbeddedLogs): Generator<Markup, void, void> {
  if (finished.length === 0) return;
  yield html`<section><h2 id="jobs">All jobs with a result (${finished.length})</h2>
<div class="scroll"><table><thead><tr><th>Outcome</th><th>Job</th><th class="category">Category</th><th>Time</th></tr></thead>
<tbody>\n`;
  for (const job of finished) {
    yield html`<tr><td class="outcome ${classOf(job.outcome)}">${job.info.sigil.trim()} ${job.info.label}</td>
<td class="job">${job.name}${identityOf(job)}`;
    const log = job.info.reportValue === 'fail' ? undefined : logs.get(job);
    if (log !== undefined) {
      yield html`<details><summary class="soft">${count(log.lines.length + log.omitted, 'line')} of output</summary>`;
      yield* logMarkup(log);
      yield new Markup('</details>');
    }
    yield html`</td><td class="category">${job.category}</td><td class="number">${secondsText(durationOf(job))}</td></tr>\n`;
  }
  yield new Markup('</tbody></table></div></section>\n');
}

/** The id where the name does not say it. */
function identityOf({ id, name }: ReportJob): Markup | undefined {
  return name === id ? undefined : html`<p class="id">${id}</p>`;
}

function commentMarkup(job: ReportJob): Markup | undefined {
  const lines = commentLines(job);
  return lines.length === 0 ? undefined : html`<blockquote>${lines.join('\n')}</blockquote>`;
}

function classOf(outcome: string | null): string {
  if (outcome === null) return 'none';
  return ['pass', 'fail', 'crash', 'undecided'].includes(outcome) ? outcome : 'skip';
}
