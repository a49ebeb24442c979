/** Waiting for an answer of the session. */

import { useEffect, useState } from 'preact/hooks';

export type Answer<T> =
  | { readonly state: 'waiting' }
  | { readonly state: 'here'; readonly value: T }
  | { readonly state: 'failed'; readonly error: Error };

/** Asks whenever one of the dependencies has changed; late answers to old questions are dropped. */
export function useAnswer<T>(ask: () => Promise<T>, dependencies: readonly unknown[]): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'waiting' });
  useEffect(() => {
    let isCurrent = true;
    setAnswer({ state: 'waiting' });
    ask().then(
      (value) => isCurrent && setAnswer({ state: 'here', value }),
      (error: Error) => isCurrent && setAnswer({ state: 'failed', error }),
    );
    return () => {
      isCurrent = false;
    };
  }, dependencies as unknown[]);
  return answer;
}
