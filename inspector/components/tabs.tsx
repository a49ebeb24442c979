/** The views of a session. */

import { linkTo, useRoute, type View } from '../state/route.js';
import type { OpenSession } from '../state/session.js';

const LABELS: readonly (readonly [View, string])[] = [
  ['summary', 'Summary'],
  ['jobs', 'Jobs'],
  ['timeline', 'Timeline'],
  ['environment', 'Environment'],
  ['document', 'Document'],
  ['sizes', 'Sizes'],
  ['problems', 'Problems'],
  ['resume', 'Resume'],
  ['compare', 'Compare'],
];

export function Tabs({ session: { overview } }: { readonly session: OpenSession }) {
  const { view } = useRoute();
  const figures: Partial<Record<View, number>> = { jobs: overview.jobCount, problems: overview.problemCount };
  return (
    <nav class="tabs" aria-label="Views">
      {LABELS.map(([name, label]) => (
        <a
          key={name}
          href={linkTo({ view: name, job: undefined, attempt: undefined, line: undefined })}
          aria-current={view === name ? 'page' : undefined}
        >
          {label}
          {figures[name] !== undefined && <span class="figure">{figures[name].toLocaleString('en')}</span>}
        </a>
      ))}
    </nav>
  );
}
