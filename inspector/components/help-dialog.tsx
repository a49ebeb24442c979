/** Keys and the grammar of the filter. */

import { useLayoutEffect, useRef } from 'preact/hooks';

const KEYS: readonly (readonly [string, string])[] = [
  ['j k', 'next, previous job'],
  ['n', 'next failed job'],
  ['Enter', 'to the page of the job'],
  ['Esc', 'out of a field, back to the list'],
  ['/', 'filter'],
  ['?', 'this help'],
];

const TERMS: readonly (readonly [string, string])[] = [
  ['s:fail,crash', 'outcome; also left, running, rejected, none, skipped'],
  ['j:disk', 'in the id'],
  ['c:audio t:disk', 'in the category, in the template'],
  ['m:"by hand"', 'in the comments'],
  ['io:"timeout"', 'in the output'],
  ['d:>10', 'took more than 10 seconds'],
  ['word', 'in id, name, or comments'],
  ['!j:smoke', 'not'],
];

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Help</h2>
      <h3>Keys</h3>
      <HelpTable rows={KEYS} />
      <h3>Filter</h3>
      <HelpTable rows={TERMS} />
      <p>
        Terms stand apart by blanks and must all hold. The address of the page keeps what is shown: it can be
        sent on.
      </p>
      <h3>Privacy</h3>
      <p>The page reads what you give it and sends nothing anywhere; its policy forbids it any network.</p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

function HelpTable({ rows }: { readonly rows: typeof KEYS }) {
  return (
    <dl class="help-table">
      {rows.map(([sign, meaning]) => (
        <div key={sign}>
          <dt>
            <kbd>{sign}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
