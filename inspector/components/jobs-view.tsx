/** The list of jobs with its filter, and beside it the page of one job. */

import { useMemo, useState } from 'preact/hooks';
import { count } from '../../src/wording/figures.js';
import { saveFile, toCsv, toJson } from '../state/export.js';
import { logTexts, matches, parseFilter } from '../state/filter.js';
import { GROUPINGS, type Grouping, groupRows } from '../state/grouping.js';
import { useListKeys } from '../state/list-keys.js';
import { useLogSearches } from '../state/log-searches.js';
import { goTo, useRoute } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { JobList } from './job-list.js';
import { JobPage } from './job-page.js';

const GROUP_LABELS: Readonly<Record<Grouping, string>> = {
  none: 'not grouped',
  outcome: 'by outcome',
  category: 'by category',
  template: 'by template',
  prefix: 'by first part of the id',
};

export function JobsView({ session }: { readonly session: OpenSession }) {
  const { job: current, filter, group } = useRoute();
  const grouping = GROUPINGS.find((name) => name === group) ?? 'none';
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const terms = useMemo(() => parseFilter(filter), [filter]);
  const logs = useLogSearches(session, logTexts(terms));
  const jobs = useMemo(
    () => (terms.length === 0 ? session.jobs : session.jobs.filter((job) => matches(job, terms, logs))),
    [session, terms, logs],
  );
  const rows = useMemo(() => groupRows(jobs, grouping, folded), [jobs, grouping, folded]);
  useListKeys(rows);
  const job = current === undefined ? undefined : session.byId.get(current);
  const fold = (name: string) =>
    setFolded(
      (before) => new Set(before.has(name) ? [...before].filter((one) => one !== name) : [...before, name]),
    );
  const isSearching = logTexts(terms).some((text) => !logs.has(text));
  return (
    <div class="jobs-view" data-open={current !== undefined || undefined}>
      <section class="jobs-pane" aria-label="Job list">
        <div class="filter-bar">
          <input
            id="filter"
            type="search"
            placeholder={'Filter: s:fail j:disk io:"timeout" !j:smoke'}
            aria-label="Filter the jobs"
            value={filter}
            spellcheck={false}
            onInput={({ currentTarget }) => goTo({ filter: currentTarget.value }, { replace: true })}
          />
          <select
            aria-label="Group the jobs"
            value={grouping}
            onChange={({ currentTarget }) => goTo({ group: currentTarget.value }, { replace: true })}
          >
            {GROUPINGS.map((name) => (
              <option key={name} value={name}>
                {GROUP_LABELS[name]}
              </option>
            ))}
          </select>
        </div>
        <p class="list-status" aria-live="polite">
          <span>
            {isSearching
              ? 'looking through the output…'
              : jobs.length === session.jobs.length
                ? count(jobs.length, 'job')
                : `${jobs.length.toLocaleString('en')} of ${count(session.jobs.length, 'job')}`}
          </span>
          <span class="spacer" />
          <button type="button" class="link" onClick={() => saveFile('jobs.csv', toCsv(jobs), 'text/csv')}>
            CSV
          </button>
          <button
            type="button"
            class="link"
            onClick={() => saveFile('jobs.json', toJson(session.overview.title, jobs), 'application/json')}
          >
            JSON
          </button>
        </p>
        <JobList session={session} rows={rows} current={current} onFold={fold} />
      </section>
      <section class="job-pane" aria-label="Job">
        {job !== undefined ? (
          <JobPage key={job.id} session={session} job={job} />
        ) : current !== undefined ? (
          <p class="quiet placeholder">The session has no job of this id.</p>
        ) : (
          <p class="quiet placeholder">
            Choose a job: click, or <kbd>j</kbd> <kbd>k</kbd>. <kbd>/</kbd> filters, <kbd>?</kbd> shows all
            keys.
          </p>
        )}
      </section>
    </div>
  );
}
