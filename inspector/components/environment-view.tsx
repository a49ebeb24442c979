/** What the collectors found out about the machine. */

import { formatBytes } from '../../src/wording/figures.js';
import type { OpenSession } from '../state/session.js';
import { useAnswer } from '../state/use-answer.js';
import { visible } from '../text/visible.js';
import { JsonChildren } from './json-tree.js';

const PATH = ['session', 'system_information'];

export function EnvironmentView({ session: { remote, overview } }: { readonly session: OpenSession }) {
  const answer = useAnswer(() => remote.children(PATH, 0, 1000), [remote]);
  const collectors = answer.state === 'here' ? answer.value : [];
  return (
    <section class="panel">
      <h2>System information</h2>
      {answer.state === 'here' && collectors.length === 0 && (
        <p class="quiet">
          {overview.version < 8
            ? 'Versions 1 to 7 store none.'
            : 'No collector left anything in this session.'}
        </p>
      )}
      {collectors.map(({ key, bytes }) => (
        <Collector key={key} remote={remote} name={String(key)} bytes={bytes} />
      ))}
    </section>
  );
}

interface CollectorProps {
  readonly remote: OpenSession['remote'];
  readonly name: string;
  readonly bytes: number;
}

function Collector({ remote, name, bytes }: CollectorProps) {
  const answer = useAnswer(
    async () => ({
      success: await remote.node([...PATH, name, 'success']),
      toolVersion: await remote.node([...PATH, name, 'tool_version']),
    }),
    [remote, name],
  );
  const facts = answer.state === 'here' ? answer.value : undefined;
  const version = facts?.toolVersion?.kind === 'null' ? undefined : facts?.toolVersion?.text;
  const failed = facts?.success?.text === 'false';
  return (
    <section class="collector">
      <h3>
        {visible(name)}{' '}
        <span class="quiet">
          {version !== undefined && `version ${visible(version)}, `}
          {formatBytes(bytes)}
        </span>{' '}
        {failed && <span class="problem">failed</span>}
      </h3>
      <JsonChildren remote={remote} path={[...PATH, name, 'outputs']} />
    </section>
  );
}
