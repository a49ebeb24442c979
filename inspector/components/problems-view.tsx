/** What Checkbox would refuse, or loses. */

import { jobLink } from '../state/route.js';
import type { OpenSession } from '../state/session.js';
import { useAnswer } from '../state/use-answer.js';
import { visible } from '../text/visible.js';

/** Problems that are listed: more of them say nothing new. */
const SHOWN = 500;

export function ProblemsView({ session }: { readonly session: OpenSession }) {
  const answer = useAnswer(() => session.remote.problems(), [session.remote]);
  if (answer.state !== 'here') return <p class="panel quiet">Checking…</p>;
  const problems = answer.value;
  return (
    <section class="panel">
      <h2>
        Problems {problems.length > 0 && <span class="figure">{problems.length.toLocaleString('en')}</span>}
      </h2>
      {problems.length === 0 ? (
        <p class="quiet">None: Checkbox reads all of this session.</p>
      ) : (
        <p>Checkbox refuses this session, or loses this part of it:</p>
      )}
      <ul class="problems">
        {problems.slice(0, SHOWN).map(({ code, message, path, offset, jobId }) => (
          <li key={`${path} ${offset} ${message}`}>
            <p class="problem">{visible(message)}</p>
            <p class="quiet">
              <code>{code}</code>
              {jobId !== undefined && (
                <>
                  {' '}
                  · <a href={jobLink(jobId)}>{session.names.short(jobId)}</a>
                </>
              )}
              {path !== undefined && (
                <>
                  {' '}
                  · <code>{visible(path)}</code>
                </>
              )}
              {offset !== undefined && ` · byte ${offset.toLocaleString('en')}`}
            </p>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && (
        <p class="quiet">… {(problems.length - SHOWN).toLocaleString('en')} more</p>
      )}
    </section>
  );
}
