/** Rows of a fixed height, of which only those in sight are in the page. */

import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

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
  const first = Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + OVERSCAN);
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
      <div role="rowgroup" class="virtual-rows" style={{ height: `${count * rowHeight}px` }}>
        <div role="presentation" style={{ transform: `translateY(${first * rowHeight}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}

function bringIntoSight(frame: HTMLElement, top: number, rowHeight: number): void {
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (top + rowHeight > frame.scrollTop + frame.clientHeight) {
    frame.scrollTop = top + rowHeight - frame.clientHeight;
  }
}
