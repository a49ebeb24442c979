/** What is wrong with a session that cannot be opened: the facts, and what to do. */

import type { ErrorCode } from 'plainbox-session';
import { SessionResumeError } from 'plainbox-session';
import { type AdviceQuotes, damageAdvice } from '../../src/wording/advice.js';
import { visible } from '../text/visible.js';

/** What depends on how the inspector is given things. */
const ADVICE: Partial<Record<ErrorCode, string>> = {
  'version-from-the-future': 'A newer Checkbox wrote this session: a newer inspector is needed.',
  'not-a-session':
    'Give the file “session”, the directory NAME.session that holds it, or an archive of that directory.',
  'several-sessions': 'Give the directory of one of them.',
};

const QUOTES: AdviceQuotes = {
  command: (name) => `“plainbox-session ${name}”`,
  file: (name) => `“${name}”`,
};

interface ErrorPanelProps {
  readonly name: string;
  readonly error: Error;
  /** What is known of the file itself, in place of general advice. */
  readonly hint: string | undefined;
}

export function ErrorPanel({ name, error, hint }: ErrorPanelProps) {
  const facts = error instanceof SessionResumeError ? factsOf(error) : [];
  const advice = hint ?? (error instanceof SessionResumeError ? adviceFor(error.code) : undefined);
  return (
    <section class="panel error-panel" role="alert">
      <h2>“{visible(name)}” cannot be opened</h2>
      <p class="error-message">{visible(error.message)}</p>
      {advice !== undefined && <p>{advice}</p>}
      {facts.length > 0 && (
        <dl class="facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{visible(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function adviceFor(code: ErrorCode): string | undefined {
  return ADVICE[code] ?? damageAdvice(code, QUOTES);
}

function factsOf(error: SessionResumeError): [label: string, value: string][] {
  const facts: [string, string][] = [
    ['Class', error.name],
    ['Code', error.code],
  ];
  if (error.path !== undefined) facts.push(['Path', error.path]);
  if (error.offset !== undefined) {
    facts.push([
      'Byte',
      `${error.offset} of the ${error.code.startsWith('gzip-') ? 'file' : 'unpacked text'}`,
    ]);
  }
  if (error.cause instanceof Error) facts.push(['Cause', error.cause.message]);
  return facts;
}
