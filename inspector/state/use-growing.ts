/** Showing many lines in steps, so that none of them blocks the page. */

import { useEffect, useState } from 'preact/hooks';

/** How many of `total` lines are shown by now: `step` more in every frame. */
export function useGrowing(total: number, step: number, content: unknown): number {
  const [shown, setShown] = useState({ content, lines: step });
  const lines = shown.content === content ? shown.lines : step;
  useEffect(() => {
    if (lines >= total) return;
    const frame = requestAnimationFrame(() => setShown({ content, lines: lines + step }));
    return () => cancelAnimationFrame(frame);
  }, [lines, total, content]);
  return Math.min(lines, total);
}
