/** Which jobs have a text in their output; looked for in the worker, once for each text. */

import { useEffect, useState } from 'preact/hooks';
import type { OpenSession } from './session.js';

type Found = ReadonlyMap<string, ReadonlySet<string>>;

const PAUSE_MILLISECONDS = 350;

/** What is known by now of the texts; the rest is looked for once nobody types any more. */
export function useLogSearches({ remote }: OpenSession, texts: readonly string[]): Found {
  const [found, setFound] = useState<Found>(new Map());
  const wanted = texts.filter((text) => !found.has(text));
  useEffect(() => {
    if (wanted.length === 0) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      for (const text of wanted) {
        const ids = new Set(await remote.searchLogs(text));
        if (isCurrent) setFound((known) => new Map(known).set(text, ids));
      }
    }, PAUSE_MILLISECONDS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [remote, wanted.join('\n')]);
  return found;
}
