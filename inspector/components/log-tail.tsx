/** The last lines of a job's output. */

import type { JobRow } from 'plainbox-session/browser';
import { useMemo } from 'preact/hooks';
import { jobLink } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { useAnswer } from '../state/use-answer.js';
import { linesOf } from '../text/log-lines.js';
import { visible } from '../text/visible.js';
import { LogLine } from './log-line.js';
import { LogProblem } from './log-problem.js';

const LINES = 6;
/** Records in which they are looked for: a line may be spread over many. */
const RECORDS = 60;

interface LogTailProps {
  readonly job: JobRow;
  readonly session: OpenSession;
}

export function LogTail({ job, session: { remote, overview } }: LogTailProps) {
  const attempt = job.attempts - 1;
  const answer = useAnswer(async () => {
    const facts = await remote.log(job.id, attempt);
    const page = await remote.logPage(job.id, attempt, facts.records - RECORDS, facts.records);
    return { facts, page };
  }, [remote, job.id, attempt]);
  const lines = useMemo(() => (answer.state === 'here' ? linesOf(answer.value.page) : []), [answer]);
  if (answer.state === 'waiting') return <p class="quiet">…</p>;
  if (answer.state === 'failed') return <p class="problem">{visible(answer.error.message)}</p>;
  const { records, problem } = answer.value.facts;
  return (
    <>
      {lines.length > 0 && (
        <div class="log tail wrap">
          {lines.slice(-LINES).map((line) => (
            <LogLine key={line.key} line={line} href={jobLink(job.id, { line: line.records[0]! + 1 })} />
          ))}
        </div>
      )}
      {problem !== undefined && <LogProblem problem={problem} hasFiles={overview.hasFiles} />}
      {problem === undefined && records === 0 && <p class="quiet">It wrote nothing.</p>}
    </>
  );
}
