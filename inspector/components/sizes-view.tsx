/** Where the bytes went. */

import { formatBytes } from '../../src/wording/figures.js';
import { jobLink } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { useAnswer } from '../state/use-answer.js';
import { visible } from '../text/visible.js';
import { VirtualList } from './virtual-list.js';

const ROW_HEIGHT = 30;

export function SizesView({ session }: { readonly session: OpenSession }) {
  const { remote, overview } = session;
  const answer = useAnswer(() => remote.sizes(), [remote]);
  if (answer.state !== 'here') return <p class="panel quiet">Measuring…</p>;
  const sizes = answer.value;
  return (
    <section class="panel">
      <h2>Where the bytes went</h2>
      <p class="quiet">
        {formatBytes(overview.textBytes)} of text, {formatBytes(overview.compressedBytes)} compressed. Logs in
        files of their own are not counted.
      </p>
      <VirtualList count={sizes.length} rowHeight={ROW_HEIGHT} label="Sizes" current={-1}>
        {(index) => {
          const { path, bytes, owner } = sizes[index]!;
          return (
            <div key={path} class="bar-line" role="row" aria-rowindex={index + 1}>
              <span role="gridcell" class="job-id">
                {owner !== undefined && session.byId.has(owner) ? (
                  <a href={jobLink(owner)}>{session.names.short(owner)}</a>
                ) : (
                  <span>{visible(owner ?? path)}</span>
                )}
              </span>
              <span role="gridcell" class="bar-cell">
                <span
                  class="bar"
                  data-outcome="size"
                  style={{ width: `${(bytes / overview.textBytes) * 100}%` }}
                />
              </span>
              <span role="gridcell" class="bar-figure">
                {formatBytes(bytes)}
              </span>
            </div>
          );
        }}
      </VirtualList>
    </section>
  );
}
