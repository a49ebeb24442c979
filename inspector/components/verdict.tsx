/** The verdict: how the session went, in one look. */

import { count, formatBytes, formatSeconds, formatTime } from '../../src/wording/figures.js';
import { linkTo } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { visible } from '../text/visible.js';
import { OutcomeSign, outcomeKind, outcomeLabel } from './outcome.js';

export function Verdict({ session }: { readonly session: OpenSession }) {
  const { title, description, isLastJobRunning, lastJobId, lastJobStartTime } = session.overview;
  return (
    <section class="verdict" aria-label="Verdict">
      <h1>{title === null || title === '' ? 'Session without title' : visible(title)}</h1>
      {description !== undefined && <p class="description">{visible(description)}</p>}
      <Headline session={session} />
      <OutcomeBar session={session} />
      {isLastJobRunning && lastJobId !== null && (
        <p class="stopped">
          <OutcomeSign outcome={null} isRunning /> It stopped while{' '}
          <a href={linkTo({ view: 'jobs', job: lastJobId, attempt: undefined, line: undefined })}>
            {session.names.short(lastJobId)}
          </a>{' '}
          was running{lastJobStartTime !== null && `, started ${formatTime(lastJobStartTime)}`}.
        </p>
      )}
      <Facts session={session} />
    </section>
  );
}

function Headline({ session: { overview } }: { readonly session: OpenSession }) {
  const number = (...kinds: string[]) =>
    overview.outcomes.reduce((sum, [outcome, jobs]) => (kinds.includes(outcome) ? sum + jobs : sum), 0);
  const failed = number('fail');
  const crashed = number('crash');
  const bad = [failed > 0 ? `${failed} failed` : '', crashed > 0 ? `${crashed} crashed` : ''].filter(Boolean);
  const tone = bad.length > 0 ? 'bad' : overview.leftCount > 0 ? 'open' : 'good';
  const parts = [
    bad.length > 0 ? bad.join(', ') : number('pass') > 0 ? 'nothing failed' : 'nothing ran',
    overview.leftCount > 0 ? `${count(overview.leftCount, 'job')} left to run` : 'nothing left to run',
  ];
  if (overview.problemCount > 0) parts.push(count(overview.problemCount, 'problem'));
  return (
    <p class="headline" data-tone={tone}>
      {parts.join(' · ')}
    </p>
  );
}

function OutcomeBar({ session: { overview } }: { readonly session: OpenSession }) {
  const parts: (readonly [outcome: string | null, jobs: number, label: string, filter: string])[] =
    overview.outcomes.map(([outcome, jobs]) => [outcome, jobs, outcomeLabel({ outcome }), `s:${outcome}`]);
  if (overview.leftCount > 0) parts.push([null, overview.leftCount, 'left', 's:left']);
  return (
    <div class="outcomes">
      <div class="outcome-bar" aria-hidden="true">
        {parts.map(([outcome, jobs]) => (
          <span key={outcome} data-outcome={outcomeKind({ outcome })} style={{ flexGrow: jobs }} />
        ))}
      </div>
      <ul class="outcome-counts">
        {parts.map(([outcome, jobs, label, filter]) => (
          <li key={outcome}>
            <a href={linkTo({ view: 'jobs', job: undefined, filter })}>
              <OutcomeSign outcome={outcome} /> <b>{jobs.toLocaleString('en')}</b> {label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Facts({ session: { overview } }: { readonly session: OpenSession }) {
  const { testPlanId, savedAt, appId, version, flags, compressedBytes, textBytes, openSeconds } = overview;
  const rows: [label: string, value: string][] = [];
  if (testPlanId !== undefined) rows.push(['Test plan', testPlanId]);
  if (savedAt !== undefined) rows.push(['Saved', formatTime(savedAt)]);
  if (appId !== null) rows.push(['By', appId]);
  rows.push(['Format', `version ${version}`]);
  rows.push(['Flags', flags.join(', ') || 'none']);
  rows.push(['Integrity', integrity(overview)]);
  rows.push(['Size', `${formatBytes(compressedBytes)}, unpacked ${formatBytes(textBytes)}`]);
  rows.push(['Opened', `in ${formatSeconds(openSeconds)}, ${kernel(overview)}`]);
  return (
    <dl class="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{visible(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

type Overview = OpenSession['overview'];

function integrity({ members, problemCount }: Overview): string {
  const checked =
    members.length === 1 ? 'checksum and length correct' : `${members.length} parts, all checksums correct`;
  return problemCount === 0 ? checked : `${checked}; ${count(problemCount, 'problem')} inside`;
}

function kernel({ kernel: name, wasmRefusal }: Overview): string {
  if (wasmRefusal !== undefined) return 'by JavaScript: WebAssembly is refused here';
  return name === 'js' ? 'by JavaScript' : name === 'wasm' ? 'by WebAssembly' : 'by WebAssembly with SIMD';
}
