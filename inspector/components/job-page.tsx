/** All of one job: how it went each time, what somebody wrote, and its output. */

import type { AttemptFacts, JobRow } from 'plainbox-session/browser';
import { formatReturnCode, formatSeconds } from '../../src/wording/figures.js';
import { goTo, jobLink, linkTo, useRoute } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { useAnswer } from '../state/use-answer.js';
import { visible } from '../text/visible.js';
import { LogView } from './log-view.js';
import { Outcome } from './outcome.js';

interface JobPageProps {
  readonly session: OpenSession;
  readonly job: JobRow;
}

export function JobPage({ session, job }: JobPageProps) {
  const { attempt: wanted, line } = useRoute();
  const answer = useAnswer(() => session.remote.attempts(job.id), [session.remote, job.id]);
  const attempts = answer.state === 'here' ? answer.value : [];
  const chosen = Math.min(wanted ?? attempts.length, attempts.length) - 1;
  const attempt = attempts[chosen];
  return (
    <article class="job-page">
      <p class="back">
        <a href={linkTo({ job: undefined, attempt: undefined, line: undefined })}>‹ All jobs</a>
      </p>
      <h2 id="job-title" tabIndex={-1}>
        {session.names.short(job.id)}
      </h2>
      <p class="job-identity quiet">
        {job.name !== job.partialId && <>{visible(job.name)} · </>}
        <code>{visible(job.id)}</code>
        {job.plugin !== null && <> · {visible(job.plugin)}</>}
        {job.templateId !== null && <> · made by {visible(job.templateId)}</>}
      </p>
      <p class="job-verdict">
        <Outcome outcome={attempt?.outcome ?? job.outcome} isRunning={job.isRunning} />
        {attempt !== undefined && <AttemptNotes attempt={attempt} />}
        {job.isRejected && <span>rejected by the operator</span>}
        {!job.isDesired && <span>not selected itself; needed by another job, or just known</span>}
      </p>
      {attempts.length > 1 && <History job={job} attempts={attempts} chosen={chosen} />}
      {attempt?.comments != null && <p class="comments">{visible(attempt.comments)}</p>}
      {attempt !== undefined && (
        <LogView
          key={`${job.id} ${chosen}`}
          session={session}
          jobId={job.id}
          attempt={chosen}
          logFile={attempt.logFile}
          line={line}
          onLine={(number) => goTo({ line: number }, { replace: true })}
        />
      )}
      {answer.state === 'failed' && <p class="problem">{visible(answer.error.message)}</p>}
      {answer.state === 'here' && attempts.length === 0 && (
        <p class="quiet">
          {job.isRunning
            ? 'It was running when the session was saved: there is no result, and no output was kept.'
            : 'It did not run.'}
        </p>
      )}
    </article>
  );
}

function AttemptNotes({ attempt }: { readonly attempt: AttemptFacts }) {
  return (
    <>
      {attempt.returnCode !== null && <span>{formatReturnCode(attempt.returnCode)}</span>}
      {attempt.duration !== null && <span>{formatSeconds(attempt.duration)}</span>}
    </>
  );
}

interface HistoryProps {
  readonly job: JobRow;
  readonly attempts: readonly AttemptFacts[];
  readonly chosen: number;
}

function History({ job, attempts, chosen }: HistoryProps) {
  return (
    <table class="history">
      <caption class="for-readers">Attempts, the first one first</caption>
      <thead>
        <tr>
          <th scope="col">Attempt</th>
          <th scope="col">Outcome</th>
          <th scope="col">Ended with</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt, index) => (
          <tr key={attempt.path} data-current={index === chosen || undefined}>
            <td>
              <a href={jobLink(job.id, { attempt: index + 1 })} aria-current={index === chosen || undefined}>
                {index + 1}
              </a>
            </td>
            <td>
              <Outcome outcome={attempt.outcome} />
            </td>
            <td>{attempt.returnCode === null ? '' : formatReturnCode(attempt.returnCode)}</td>
            <td>{attempt.duration === null ? '' : formatSeconds(attempt.duration)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
