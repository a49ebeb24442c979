/** Moving through the job list by keys. */

import { useLayoutEffect } from 'preact/hooks';
import type { ListRow } from './grouping.js';
import { currentRoute, goTo } from './route.js';

export function useListKeys(rows: readonly ListRow[]): void {
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const step = stepOf(event);
      if (step === 0) return;
      // The place of this moment: keys may come faster than the page is drawn.
      const { job: current } = currentRoute();
      const jobs = rows.flatMap((row) => (row.kind === 'job' ? [row.job] : []));
      const position = jobs.findIndex(({ id }) => id === current);
      const next =
        step === 'failure'
          ? jobs.find(({ outcome }, index) => index > position && (outcome === 'fail' || outcome === 'crash'))
          : jobs[position < 0 ? 0 : position + step];
      if (next === undefined) return;
      event.preventDefault();
      goTo({ job: next.id, attempt: undefined, line: undefined }, { replace: current !== undefined });
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [rows]);
}

/** Whether keys are text, or mean something to what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}

function stepOf({ key, target }: KeyboardEvent): number | 'failure' {
  const isInList = target instanceof HTMLElement && target.closest('[role=grid]') !== null;
  if (key === 'j' || (isInList && key === 'ArrowDown')) return 1;
  if (key === 'k' || (isInList && key === 'ArrowUp')) return -1;
  return key === 'n' ? 'failure' : 0;
}
