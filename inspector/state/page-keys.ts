/** Keys that work everywhere. */

import { useLayoutEffect } from 'preact/hooks';
import { isTyping } from './list-keys.js';
import { currentRoute, goTo } from './route.js';
import { sessionState } from './session.js';

const LIST_KEYS: readonly string[] = ['j', 'k', 'n'];

export function usePageKeys(onHelp: () => void): void {
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null)
        return;
      if (event.key === 'Escape') return leave(event);
      if (isTyping(event.target)) return;
      if (event.key === '/') focusFilter(event);
      else if (event.key === '?') onHelp();
      else if (event.key === 'Enter') focusJob(event);
      // There, the same keys move.
      else if (LIST_KEYS.includes(event.key) && sessionState().phase === 'open') goTo({ view: 'jobs' });
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [onHelp]);
}

/** Out of a field, then out of the page of a job. */
function leave({ target }: KeyboardEvent): void {
  if (isTyping(target)) (target as HTMLElement).blur();
  else if (currentRoute().job !== undefined) goTo({ job: undefined, attempt: undefined, line: undefined });
}

function focusFilter(event: KeyboardEvent): void {
  event.preventDefault();
  goTo({ view: 'jobs' });
  requestAnimationFrame(() => document.getElementById('filter')?.focus());
}

/** From the list into the page of the chosen job; buttons and links do what they do. */
function focusJob(event: KeyboardEvent): void {
  const { target } = event;
  if (target instanceof HTMLElement && target.closest('a, button, summary') !== null) return;
  const title = document.getElementById('job-title');
  if (title === null) return;
  event.preventDefault();
  title.focus();
}
