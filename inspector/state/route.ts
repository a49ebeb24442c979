/** Where one is: kept behind the `#` of the address, so that it can be linked to. */

import { Store, useStore } from './store.js';

export const VIEWS = [
  'summary',
  'jobs',
  'timeline',
  'environment',
  'document',
  'sizes',
  'problems',
  'resume',
  'compare',
] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  readonly view: View;
  /** Id of the job whose page is open. */
  readonly job: string | undefined;
  /** 1 is the first run; undefined the last one. */
  readonly attempt: number | undefined;
  /** 1-based number of a record of its log. */
  readonly line: number | undefined;
  readonly filter: string;
  readonly group: string;
}

const START: Route = {
  view: 'summary',
  job: undefined,
  attempt: undefined,
  line: undefined,
  filter: '',
  group: 'none',
};

export function parseRoute(hash: string): Route {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const job = fields.get('job') ?? undefined;
  const wanted = fields.get('view') ?? (job === undefined ? 'summary' : 'jobs');
  return {
    view: VIEWS.find((view) => view === wanted) ?? 'summary',
    job,
    attempt: wholeNumber(fields.get('attempt')),
    line: wholeNumber(fields.get('line')),
    filter: fields.get('filter') ?? '',
    group: fields.get('group') ?? 'none',
  };
}

export function formatRoute({ view, job, attempt, line, filter, group }: Route): string {
  const fields = new URLSearchParams();
  if (view !== (job === undefined ? 'summary' : 'jobs')) fields.set('view', view);
  if (job !== undefined) fields.set('job', job);
  if (attempt !== undefined) fields.set('attempt', String(attempt));
  if (line !== undefined) fields.set('line', String(line));
  if (filter !== '') fields.set('filter', filter);
  if (group !== 'none') fields.set('group', group);
  return `#${fields}`;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : undefined;
}

const routes = new Store<Route>(parseRoute(location.hash));
addEventListener('hashchange', () => routes.set(parseRoute(location.hash)));

export const currentRoute = (): Route => routes.value;
export const useRoute = (): Route => useStore(routes);

/** The address of a place that differs from the current one in these fields. */
export function linkTo(changes: Partial<Route>): string {
  return formatRoute({ ...routes.value, ...changes });
}

/** Goes there; small steps, as the letters of a filter, replace the place in the history. */
export function goTo(changes: Partial<Route>, { replace = false } = {}): void {
  const target = linkTo(changes);
  if (target === formatRoute(routes.value)) return;
  routes.set(changes);
  if (replace) history.replaceState(null, '', target);
  else history.pushState(null, '', target);
}

/** The page of a job. */
export function jobLink(job: string, place: { attempt?: number; line?: number } = {}): string {
  return linkTo({ view: 'jobs', job, attempt: place.attempt, line: place.line });
}

export function resetRoute(): void {
  goTo(START);
}

addEventListener('popstate', () => routes.set(parseRoute(location.hash)));
