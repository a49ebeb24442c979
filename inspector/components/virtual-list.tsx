/** Rows of a fixed height, of which only those in sight are in the page; on paper, all of them. */

import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count as numberOf } from '../../src/wording/figures.js';
import { usePrinting } from '../state/printing.js';

interface VirtualListProps {
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly label: string;
  /** Index of the row that is kept in sight when it changes; -1 for none. */
  readonly current: number;
  /** Id of the row that a screen reader shall hear of. */
  readonly activeId?: string | undefined;
  readonly children: (index: number) => ComponentChildren;
}

/** Rows above and below those in sight, so that fast scrolling shows no gaps. */
const OVERSCAN = 12;
/** Rows on paper at most: some fifty sheets. */
const PRINTED = 2000;

export function VirtualList({ count, rowHeight, label, current, activeId, children }: VirtualListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setHeight(frame.current?.clientHeight ?? 0));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (current >= 0) bringIntoSight(frame.current!, current * rowHeight, rowHeight);
  }, [current]);
  const isPrinting = usePrinting();
  const first = isPrinting ? 0 : Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
  const last = Math.min(count, isPrinting ? PRINTED : Math.ceil((top + height) / rowHeight) + OVERSCAN);
  const placed = isPrinting ? last : count;
  const rows: ComponentChildren[] = [];
  for (let index = first; index < last; index++) rows.push(children(index));
  return (
    <div
      ref={frame}
      class="virtual-list"
      role="grid"
      aria-label={label}
      aria-rowcount={count}
      aria-activedescendant={activeId}
      tabIndex={0}
      style={{ '--content': `${count * rowHeight + 2}px` }}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <div role="rowgroup" class="virtual-rows" style={{ height: `${placed * rowHeight}px` }}>
        <div role="presentation" style={{ transform: `translateY(${first * rowHeight}px)` }}>
          {rows}
        </div>
      </div>
      {placed < count && (
        <p>… {numberOf(count - placed, 'more row')}, which are not printed: filter the list</p>
      )}
    </div>
  );
}

function bringIntoSight(frame: HTMLElement, top: number, rowHeight: number): void {
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (top + rowHeight > frame.scrollTop + frame.clientHeight) {
    frame.scrollTop = top + rowHeight - frame.clientHeight;
  }
}
