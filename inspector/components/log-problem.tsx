/** Why an output is not there, or not whole. */

import { visible } from '../text/visible.js';

interface LogProblemProps {
  readonly problem: string;
  /** Whether files of the session are there at all. */
  readonly hasFiles: boolean;
}

export function LogProblem({ problem, hasFiles }: LogProblemProps) {
  if (hasFiles) return <p class="problem">{visible(problem)}</p>;
  return (
    <p class="quiet">
      The output is in a file of its own: drop the whole directory of the session, or an archive of it, to see
      it.
    </p>
  );
}
