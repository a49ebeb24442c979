/**
 * The report `ndjson`: one JSON object a line for `jq` and friends. `kind` says what a line is: `session` (one,
 * first), `result` (one for each run of each job), `left` (jobs without result), `problem` (last).
 */

import { outcomeInfo } from '../results/outcomes.js';
import { flatTextPieces } from '../results/text.js';
import type { Attempt } from './attempts.js';
import { jsonNumber, jsonStringPieces, jsonText, plainJson } from './json-pieces.js';
import type { ReportJob, SessionReport } from './model.js';
import { problemJson, sessionFacts } from './submission.js';

/** Writes the report piece by piece; logs are whole, however long they are. */
export async function* writeNdjson(report: SessionReport): AsyncGenerator<string, void, void> {
  yield `{"kind":"session",${inside(sessionFacts(report))}}\n`;
  for (const job of report.jobs) {
    for (const [index, attempt] of job.attempts.entries()) {
      yield* writeAttempt(report, job, attempt, index + 1);
    }
  }
  for (const job of report.left) {
    yield `{"kind":"left",${identity(job)},"running":${job.isRunning}}\n`;
  }
  for (const problem of report.problems) yield `{"kind":"problem",${inside(problemJson(problem))}}\n`;
}

async function* writeAttempt(
  report: SessionReport,
  job: ReportJob,
  attempt: Attempt,
  number: number,
): AsyncGenerator<string, void, void> {
  const { outcome, comments, executionDuration, returnCode } = attempt.result;
  // Python's true is 1; what no system returns stops readers that have 64 bits for it.
  const code = returnCode === null ? null : BigInt(returnCode);
  const shownCode = code !== null && BigInt.asIntN(64, code) === code ? code : null;
  yield `{"kind":"result",${identity(job)},"attempt":${number},"attempts":${job.attempts.length}`;
  yield `,"status":"${outcomeInfo(outcome)?.reportValue ?? 'none'}","outcome":${plainJson(outcome)}`;
  yield `,"duration":${jsonNumber(executionDuration)}`;
  yield `,"return_code":${jsonText(shownCode)},"comments":${plainJson(comments)},"io_log":`;
  yield* jsonStringPieces(flatTextPieces(await report.openLog(job, attempt)));
  yield '}\n';
}

function identity({ id, name, plugin, categoryId }: ReportJob): string {
  const members = { job: id, name, plugin, category: categoryId };
  return inside(plainJson(members));
}

/** The members of an object that is written already. */
function inside(object: string): string {
  return object.slice(1, -1);
}
