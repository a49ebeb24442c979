/** This session beside another one. */

import { chosenFiles, type FileEntry } from 'plainbox-session/browser';
import { formatSeconds } from '../../src/wording/figures.js';
import { compared, compareWith } from '../state/compare.js';
import type { Comparison, JobDifference } from '../state/comparison.js';
import { useDropZone } from '../state/drop-zone.js';
import { jobLink } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { useStore } from '../state/store.js';
import { visible } from '../text/visible.js';
import { Outcome } from './outcome.js';

/** Rows that are listed of each kind. */
const SHOWN = 500;

export function CompareView({ session }: { readonly session: OpenSession }) {
  const { other, comparison } = useStore(compared(session));
  const take = (entries: readonly FileEntry[]) => void compareWith(session, entries);
  const zone = useDropZone(take);
  return (
    <>
      <section class="panel">
        <h2>Compare with another session</h2>
        <div class="drop-zone" {...zone}>
          <p>Drop an earlier session of this machine, or one of another machine</p>
          <label class="button">
            Choose a file…
            <input
              class="hidden-input"
              type="file"
              onChange={({ currentTarget }) => {
                if (currentTarget.files !== null) take(chosenFiles(currentTarget.files));
                currentTarget.value = '';
              }}
            />
          </label>
        </div>
        {other instanceof Error && <p class="problem">{visible(other.message)}</p>}
        {other !== undefined && !(other instanceof Error) && (
          <p>
            Before: {visible(other.name)}, {visible(other.overview.title ?? 'without title')}. After:{' '}
            {visible(session.name)}, {visible(session.overview.title ?? 'without title')}.
          </p>
        )}
      </section>
      {comparison !== undefined && <Differences session={session} comparison={comparison} />}
    </>
  );
}

interface DifferencesProps {
  readonly session: OpenSession;
  readonly comparison: Comparison;
}

function Differences({ session, comparison }: DifferencesProps) {
  const { outcomes, durations, environment, largeCollectors } = comparison;
  return (
    <>
      <JobTable title="Other outcomes" none="All outcomes are the same." session={session} rows={outcomes}>
        {(job) =>
          job === undefined ? (
            'not in the session'
          ) : (
            <Outcome outcome={job.outcome} isRunning={job.isRunning} />
          )
        }
      </JobTable>
      <JobTable
        title="Other durations"
        none="No job took much longer or shorter."
        session={session}
        rows={durations}
      >
        {(job) => (job?.duration == null ? '' : formatSeconds(job.duration))}
      </JobTable>
      <section class="panel">
        <h2>
          Other environment <span class="figure">{environment.length}</span>
        </h2>
        {largeCollectors.length > 0 && (
          <p class="quiet">
            Too large to compare, and not the same: {largeCollectors.map(visible).join(', ')}
          </p>
        )}
        {environment.length === 0 ? (
          <p class="quiet">What the collectors say is the same.</p>
        ) : (
          <table class="differences">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {environment.slice(0, SHOWN).map(({ place, before, after }) => (
                <tr key={place}>
                  <th scope="row">{visible(place)}</th>
                  <td>{visible(before ?? '–')}</td>
                  <td>{visible(after ?? '–')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {environment.length > SHOWN && <p class="quiet">… {environment.length - SHOWN} more</p>}
      </section>
    </>
  );
}

interface JobTableProps {
  readonly title: string;
  readonly none: string;
  readonly session: OpenSession;
  readonly rows: readonly JobDifference[];
  readonly children: (job: JobDifference['before']) => preact.ComponentChildren;
}

function JobTable({ title, none, session, rows, children }: JobTableProps) {
  return (
    <section class="panel">
      <h2>
        {title} <span class="figure">{rows.length}</span>
      </h2>
      {rows.length === 0 ? (
        <p class="quiet">{none}</p>
      ) : (
        <table class="differences">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map(({ id, before, after }) => (
              <tr key={id}>
                <th scope="row">
                  <a href={jobLink(id)}>{session.names.short(id)}</a>
                </th>
                <td>{children(before)}</td>
                <td>{children(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > SHOWN && <p class="quiet">… {rows.length - SHOWN} more</p>}
    </section>
  );
}
