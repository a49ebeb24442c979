/** How long the jobs took. */

import { useMemo, useState } from 'preact/hooks';
import { count, formatSeconds } from '../../src/wording/figures.js';
import { jobLink } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { OutcomeSign, outcomeKind } from './outcome.js';
import { VirtualList } from './virtual-list.js';

const ROW_HEIGHT = 30;

export function TimelineView({ session }: { readonly session: OpenSession }) {
  const [isSorted, setSorted] = useState(false);
  const rows = useMemo(() => {
    let start = 0;
    const timed = session.jobs.flatMap((job) => {
      if (job.duration === null) return [];
      const row = { job, duration: job.duration, start };
      start += job.duration;
      return [row];
    });
    return isSorted ? timed.sort((a, b) => b.duration - a.duration) : timed;
  }, [session, isSorted]);
  const total = rows.reduce((sum, { duration }) => sum + duration, 0);
  const longest = rows.reduce((most, { duration }) => Math.max(most, duration), 0);
  const scale = isSorted ? longest : total;
  if (rows.length === 0) return <p class="panel quiet">No job has a duration.</p>;
  return (
    <section class="panel timeline">
      <h2>Durations</h2>
      <p class="toolbar">
        <span>
          The last runs of {count(rows.length, 'job')} took {formatSeconds(total)} together.
        </span>
        <label>
          <input type="checkbox" checked={isSorted} onChange={() => setSorted(!isSorted)} /> longest first
        </label>
      </p>
      <VirtualList count={rows.length} rowHeight={ROW_HEIGHT} label="Durations" current={-1}>
        {(index) => {
          const { job, duration, start } = rows[index]!;
          return (
            <div key={job.id} class="bar-line" role="row" aria-rowindex={index + 1}>
              <span role="gridcell" class="job-id">
                <OutcomeSign outcome={job.outcome} />
                <a href={jobLink(job.id)}>{session.names.short(job.id)}</a>
              </span>
              <span role="gridcell" class="bar-cell">
                <span
                  class="bar"
                  data-outcome={outcomeKind(job)}
                  style={{
                    marginLeft: isSorted ? '0' : percent(start, scale),
                    width: percent(duration, scale),
                  }}
                />
              </span>
              <span role="gridcell" class="bar-figure">
                {formatSeconds(duration)}
              </span>
            </div>
          );
        }}
      </VirtualList>
      <p class="hint">
        {isSorted
          ? 'Each bar is the last run of a job.'
          : 'One after another in the order of the session, without the pauses between them.'}
      </p>
    </section>
  );
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '0' : `${(part / whole) * 100}%`;
}
