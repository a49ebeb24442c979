/** What a newcomer asks first: what failed and why, what is left. */

import { outcomeInfo } from 'plainbox-session';
import type { JobRow } from 'plainbox-session/browser';
import { formatReturnCode, formatSeconds } from '../../src/wording/figures.js';
import { jobLink, linkTo } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { visible } from '../text/visible.js';
import { LogTail } from './log-tail.js';
import { OutcomeSign, outcomeLabel } from './outcome.js';

/** Jobs that are shown of each kind before one has to go to the list. */
const SHOWN = 12;

export function SummaryView({ session }: { readonly session: OpenSession }) {
  const { jobs } = session;
  const reportAs = (value: string) => (job: JobRow) =>
    job.outcome !== null && outcomeInfo(job.outcome)?.reportValue === value;
  const failed = jobs.filter(reportAs('fail'));
  const skipped = jobs.filter(reportAs('skip'));
  const left = jobs.filter((job) => job.outcome === null && (job.isDesired || job.isRunning));
  return (
    <div class="summary">
      <Section title="What failed, and why" jobs={failed} filter="s:fail,crash" none="Nothing failed.">
        {(job) => <FailedJob key={job.id} job={job} session={session} />}
      </Section>
      <div class="columns">
        <Section title="What is left to run" jobs={left} filter="s:left" none="Everything ran.">
          {(job) => <BriefJob key={job.id} job={job} session={session} />}
        </Section>
        <Section
          title="What was skipped"
          jobs={skipped}
          filter="s:skipped,not-supported,undecided,not-implemented"
          none="Nothing was skipped."
        >
          {(job) => <BriefJob key={job.id} job={job} session={session} />}
        </Section>
      </div>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly jobs: readonly JobRow[];
  readonly filter: string;
  readonly none: string;
  readonly children: (job: JobRow) => preact.ComponentChildren;
}

function Section({ title, jobs, filter, none, children }: SectionProps) {
  return (
    <section class="panel">
      <h2>
        {title} {jobs.length > 0 && <span class="figure">{jobs.length.toLocaleString('en')}</span>}
      </h2>
      {jobs.length === 0 ? (
        <p class="quiet">{none}</p>
      ) : (
        <ul class="brief-jobs">{jobs.slice(0, SHOWN).map(children)}</ul>
      )}
      {jobs.length > SHOWN && (
        <p>
          <a href={linkTo({ view: 'jobs', job: undefined, filter })}>
            All {jobs.length.toLocaleString('en')} in the job list
          </a>
        </p>
      )}
    </section>
  );
}

interface JobProps {
  readonly job: JobRow;
  readonly session: OpenSession;
}

function FailedJob({ job, session }: JobProps) {
  const facts = [outcomeLabel(job)];
  if (job.returnCode !== null) facts.push(formatReturnCode(job.returnCode));
  if (job.duration !== null) facts.push(`after ${formatSeconds(job.duration)}`);
  if (job.attempts > 1) facts.push(`${job.attempts} attempts`);
  return (
    <li class="failed-job">
      <JobTitle job={job} session={session} facts={facts.join(', ')} />
      {job.comments !== null && <p class="comments">{visible(job.comments)}</p>}
      <LogTail job={job} session={session} />
    </li>
  );
}

function BriefJob({ job, session }: JobProps) {
  const facts = job.isRunning
    ? 'was running when the session stopped'
    : job.outcome === null
      ? ''
      : outcomeLabel(job);
  return (
    <li>
      <JobTitle job={job} session={session} facts={facts} />
      {job.comments !== null && <p class="comments">{visible(job.comments)}</p>}
    </li>
  );
}

function JobTitle({ job, session, facts }: JobProps & { readonly facts: string }) {
  return (
    <p class="job-title">
      <OutcomeSign outcome={job.outcome} isRunning={job.isRunning} />{' '}
      <a href={jobLink(job.id)}>{session.names.short(job.id)}</a>
      {job.name !== job.partialId && <span class="job-name"> {visible(job.name)}</span>}
      {facts !== '' && <span class="quiet"> {facts}</span>}
    </p>
  );
}
