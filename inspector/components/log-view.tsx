/** The output of a job, page by page. */

import type { LogFacts } from 'plainbox-session/browser';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { count, formatBytes } from '../../src/wording/figures.js';
import { saveFile } from '../state/export.js';
import { jobLink } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { useAnswer } from '../state/use-answer.js';
import { useGrowing } from '../state/use-growing.js';
import { lineOfRecord, linesOf } from '../text/log-lines.js';
import { visible } from '../text/visible.js';
import { LogFind } from './log-find.js';
import { LogLine } from './log-line.js';
import { LogPager } from './log-pager.js';
import { LogProblem } from './log-problem.js';

/** Records on a page: what the browser lays out without a pause that one could notice. */
export const PAGE_RECORDS = 500;

/** Lines that are added in one frame. */
const STEP_LINES = 60;

interface LogViewProps {
  readonly session: OpenSession;
  readonly jobId: string;
  readonly attempt: number;
  readonly logFile: string | null;
  /** 1-based number of the record that is linked to. */
  readonly line: number | undefined;
  readonly onLine: (line: number) => void;
}

export function LogView(props: LogViewProps) {
  const { session, jobId, attempt, logFile } = props;
  const answer = useAnswer(() => session.remote.log(jobId, attempt), [session.remote, jobId, attempt]);
  if (answer.state === 'waiting') return <p class="quiet">Reading the output…</p>;
  if (answer.state === 'failed') return <p class="problem">{visible(answer.error.message)}</p>;
  const { records, bytes, problem } = answer.value;
  return (
    <section class="log-view" aria-label="Output">
      <h3>
        Output{' '}
        <span class="quiet">
          {records === 0 ? 'none' : `${count(records, 'record')}, ${formatBytes(bytes)}`}
          {logFile !== null && logFile !== '' && <> in {visible(logFile)}</>}
        </span>
      </h3>
      {problem !== undefined && <LogProblem problem={problem} hasFiles={session.overview.hasFiles} />}
      {records > 0 && <LogPages {...props} facts={answer.value} />}
    </section>
  );
}

function LogPages({
  session,
  jobId,
  attempt,
  line,
  onLine,
  facts,
}: LogViewProps & { readonly facts: LogFacts }) {
  const { remote } = session;
  const pages = Math.ceil(facts.records / PAGE_RECORDS);
  const [page, setPage] = useState(() => (line === undefined ? 0 : pageOf(line - 1, pages)));
  const [stream, setStream] = useState('');
  const [withTime, setWithTime] = useState(false);
  const [isWrapped, setWrapped] = useState(true);
  const [found, setFound] = useState<ReadonlySet<number>>(new Set());
  const frame = useRef<HTMLDivElement>(null);
  const from = page * PAGE_RECORDS;
  const answer = useAnswer(
    () => remote.logPage(jobId, attempt, from, from + PAGE_RECORDS),
    [remote, jobId, attempt, from],
  );
  const lines = useMemo(() => (answer.state === 'here' ? linesOf(answer.value) : []), [answer]);
  useEffect(() => {
    if (line !== undefined) setPage(pageOf(line - 1, pages));
  }, [line]);
  const shown = useGrowing(lines.length, STEP_LINES, lines);
  const target = line === undefined ? undefined : lineOfRecord(lines, line - 1);
  const isTargetShown = target !== undefined && lines.indexOf(target) < shown;
  useEffect(() => {
    frame.current?.querySelector('[data-target]')?.scrollIntoView({ block: 'center' });
  }, [line, lines, isTargetShown]);
  const download = async () => {
    const name = `${jobId}${stream === '' ? '' : `.${stream}`}.log`;
    saveFile(name, await remote.logBytes(jobId, attempt, ...(stream === '' ? [] : [stream])));
  };
  return (
    <>
      <div class="log-tools" role="toolbar" aria-label="Output">
        <LogFind
          find={(text) => remote.findInLog(jobId, attempt, text)}
          onFound={(records) => setFound(new Set(records))}
          onGoTo={(record) => onLine(record + 1)}
        />
        <select
          aria-label="Stream"
          value={stream}
          onChange={({ currentTarget }) => setStream(currentTarget.value)}
        >
          <option value="">both streams</option>
          <option value="stdout">stdout</option>
          <option value="stderr">stderr</option>
        </select>
        <label>
          <input type="checkbox" checked={withTime} onChange={() => setWithTime(!withTime)} /> seconds
        </label>
        <label>
          <input type="checkbox" checked={isWrapped} onChange={() => setWrapped(!isWrapped)} /> wrap
        </label>
        <button type="button" onClick={() => onLine(facts.records)}>
          Last
        </button>
        <button type="button" onClick={() => void download()}>
          Download
        </button>
      </div>
      {pages > 1 && <LogPager page={page} pages={pages} records={facts.records} onPage={setPage} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for those without a mouse */}
      <div class={isWrapped ? 'log wrap' : 'log'} ref={frame} role="group" aria-label="Lines" tabIndex={0}>
        {lines
          .slice(0, shown)
          .map((entry) =>
            stream !== '' && entry.stream !== stream ? null : (
              <LogLine
                key={entry.key}
                line={entry}
                href={jobLink(jobId, { attempt: attempt + 1, line: entry.records[0]! + 1 })}
                withTime={withTime}
                isFound={entry.records.some((record) => found.has(record))}
                isTarget={entry === target}
              />
            ),
          )}
      </div>
      {answer.state === 'failed' && <p class="problem">{visible(answer.error.message)}</p>}
      {pages > 1 && <LogPager page={page} pages={pages} records={facts.records} onPage={setPage} />}
    </>
  );
}

function pageOf(record: number, pages: number): number {
  return Math.max(0, Math.min(pages - 1, Math.floor(record / PAGE_RECORDS)));
}
