/** Turning the pages of an output. */

import { PAGE_RECORDS } from './log-view.js';

interface LogPagerProps {
  readonly page: number;
  readonly pages: number;
  readonly records: number;
  readonly onPage: (page: number) => void;
}

export function LogPager({ page, pages, records, onPage }: LogPagerProps) {
  const first = page * PAGE_RECORDS + 1;
  const last = Math.min(records, first + PAGE_RECORDS - 1);
  const figure = (number: number) => number.toLocaleString('en');
  return (
    <nav class="log-pager" aria-label="Pages of the output">
      <button type="button" disabled={page === 0} onClick={() => onPage(0)}>
        « First
      </button>
      <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
        ‹ Earlier
      </button>
      <span>
        {figure(first)} to {figure(last)} of {figure(records)}
      </span>
      <button type="button" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        Later ›
      </button>
      <button type="button" disabled={page === pages - 1} onClick={() => onPage(pages - 1)}>
        Last »
      </button>
    </nav>
  );
}
