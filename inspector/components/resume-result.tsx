/** The outcome of a try to resume. */

import type { ResumeView, RunListRow } from 'plainbox-session/browser';
import { count, formatSeconds } from '../../src/wording/figures.js';
import { jobLink } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { visible } from '../text/visible.js';
import { OutcomeSign } from './outcome.js';

/** Jobs and reasons that are listed of each kind. */
const SHOWN = 200;

const KINDS: readonly (readonly [title: string, has: (code: string) => boolean])[] = [
  ['Jobs whose definition has changed', (code) => code === 'changed-job'],
  ['Jobs that no definition knows', (code) => code === 'unknown-job'],
  ['Broken definitions', (code) => code.startsWith('unit-')],
  ['Logs that are not there', (code) => code === 'missing-file' || code === 'outside-location'],
];
const OTHER = 'Damage in the session';

interface ResumeResultProps {
  readonly session: OpenSession;
  readonly answer: ResumeView;
}

export function ResumeResult({ session, answer }: ResumeResultProps) {
  const { reasons, runList, newJobs, unitProblems, unitCount } = answer;
  const blocking = reasons.filter((reason) => reason.blocking).length;
  const left = runList.filter(({ outcome }) => outcome === null);
  return (
    <>
      <section class="panel" aria-live="polite">
        <p class="headline" data-tone={blocking > 0 ? 'bad' : 'good'}>
          {blocking > 0
            ? `This session does not resume: ${count(blocking, 'reason')}`
            : `This session resumes: ${count(left.length, 'job')} left of ${runList.length} on the run list`}
        </p>
        <p class="quiet">
          {count(unitCount, 'unit')} read; {count(newJobs.length, 'job')} of them new to the session, which is
          no obstacle.
        </p>
        {unitProblems.map((problem) => (
          <p key={problem} class="problem">
            {visible(problem)}
          </p>
        ))}
        <Reasons session={session} reasons={reasons} />
      </section>
      {left.length > 0 && (
        <section class="panel">
          <h2>
            Left to run, in this order <span class="figure">{left.length}</span>
          </h2>
          <ol class="run-list">
            {left.slice(0, SHOWN).map((row) => (
              <RunListLine key={row.id} row={row} session={session} />
            ))}
          </ol>
          {left.length > SHOWN && <p class="quiet">… {left.length - SHOWN} more</p>}
        </section>
      )}
    </>
  );
}

function RunListLine({ row, session }: { readonly row: RunListRow; readonly session: OpenSession }) {
  const job = session.byId.get(row.id);
  const notes: string[] = [];
  if (row.estimate !== null) notes.push(`about ${formatSeconds(row.estimate)}`);
  if (row.needsOperator) notes.push('needs an operator');
  if (job?.isRunning) notes.push('was running');
  return (
    <li>
      <p class="job-title">
        <OutcomeSign outcome={null} isRunning={job?.isRunning ?? false} />{' '}
        <a href={jobLink(row.id)}>{session.names.short(row.id)}</a>{' '}
        <span class="job-name">{visible(row.summary)}</span> <span class="quiet">{notes.join(', ')}</span>
      </p>
      {row.inhibitors.map((text) => (
        <p key={text} class="inhibitor">
          {visible(text)}
        </p>
      ))}
    </li>
  );
}

function Reasons({
  session,
  reasons,
}: {
  readonly session: OpenSession;
  readonly reasons: ResumeView['reasons'];
}) {
  const groups = new Map<string, ResumeView['reasons'][number][]>();
  for (const reason of reasons) {
    const title = KINDS.find(([, has]) => has(reason.code))?.[0] ?? OTHER;
    groups.set(title, [...(groups.get(title) ?? []), reason]);
  }
  return (
    <>
      {[...groups].map(([title, members]) => (
        <div key={title}>
          <h3>
            {title} <span class="figure">{members.length}</span>
          </h3>
          <ul class="problems">
            {members.slice(0, SHOWN).map(({ jobId, message, nearestId, path }, index) => (
              <li key={index}>
                {jobId !== undefined && <a href={jobLink(jobId)}>{session.names.short(jobId)}</a>}{' '}
                <span class="quiet">{visible(message)}</span>
                {nearestId !== undefined && <span> Did you mean {visible(nearestId)}?</span>}
                {jobId === undefined && path !== undefined && <code> {visible(path)}</code>}
              </li>
            ))}
          </ul>
          {members.length > SHOWN && <p class="quiet">… {members.length - SHOWN} more</p>}
        </div>
      ))}
    </>
  );
}
