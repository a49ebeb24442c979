/** The jobs as a list that stays fast at any length. */

import { formatSeconds } from '../../src/wording/figures.js';
import type { ListRow } from '../state/grouping.js';
import { memo } from '../state/memo.js';
import { jobLink } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { visible } from '../text/visible.js';
import { OutcomeSign, outcomeLabel } from './outcome.js';
import { VirtualList } from './virtual-list.js';

const ROW_HEIGHT = 30;

interface JobListProps {
  readonly session: OpenSession;
  readonly rows: readonly ListRow[];
  /** Id of the job whose page is open. */
  readonly current: string | undefined;
  readonly onFold: (group: string) => void;
}

export function JobList({ session, rows, current, onFold }: JobListProps) {
  const position = rows.findIndex((row) => row.kind === 'job' && row.job.id === current);
  return (
    <VirtualList
      count={rows.length}
      rowHeight={ROW_HEIGHT}
      label="Jobs"
      current={position}
      activeId={position < 0 ? undefined : rowId(position)}
    >
      {(index) => {
        const row = rows[index]!;
        return row.kind === 'group' ? (
          <GroupLine key={`group ${row.name}`} row={row} index={index} onFold={onFold} />
        ) : (
          <JobLine
            key={row.job.id}
            row={row}
            index={index}
            session={session}
            isCurrent={index === position}
          />
        );
      }}
    </VirtualList>
  );
}

function rowId(index: number): string {
  return `row-${index}`;
}

interface GroupLineProps {
  readonly row: Extract<ListRow, { kind: 'group' }>;
  readonly index: number;
  readonly onFold: (group: string) => void;
}

function GroupLine({ row: { name, count, isFolded }, index, onFold }: GroupLineProps) {
  return (
    <div class="group-line" role="row" id={rowId(index)} aria-rowindex={index + 1}>
      <span role="gridcell">
        <button type="button" aria-expanded={!isFolded} onClick={() => onFold(name)}>
          {isFolded ? '▸' : '▾'} {visible(name)} <span class="figure">{count.toLocaleString('en')}</span>
        </button>
      </span>
    </div>
  );
}

interface JobLineProps {
  readonly row: Extract<ListRow, { kind: 'job' }>;
  readonly index: number;
  readonly session: OpenSession;
  readonly isCurrent: boolean;
}

const JobLine = memo(function JobLine({ row: { job }, index, session, isCurrent }: JobLineProps) {
  return (
    <div class="job-line" role="row" id={rowId(index)} aria-rowindex={index + 1} aria-selected={isCurrent}>
      <span role="gridcell" title={outcomeLabel(job)}>
        <OutcomeSign outcome={job.outcome} isRunning={job.isRunning} />
        <span class="for-readers">{outcomeLabel(job)}</span>
      </span>
      <span role="gridcell" class="job-id">
        <a href={jobLink(job.id)} tabIndex={-1}>
          {session.names.short(job.id)}
        </a>
        {job.name !== job.partialId && <span class="quiet"> {visible(job.name)}</span>}
      </span>
      <span role="gridcell" class="job-notes">
        {job.attempts > 1 && <span title="attempts">{job.attempts}×</span>}
        {job.isRejected && <span>rejected</span>}
        {job.duration !== null && <span>{formatSeconds(job.duration)}</span>}
      </span>
    </div>
  );
});
