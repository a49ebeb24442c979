/** The lines of the job list: jobs, in groups that can be folded. */

import { outcomeInfo } from 'plainbox-session';
import type { JobRow } from 'plainbox-session/browser';

export const GROUPINGS = ['none', 'outcome', 'category', 'template', 'prefix'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type ListRow =
  | { readonly kind: 'group'; readonly name: string; readonly count: number; readonly isFolded: boolean }
  | { readonly kind: 'job'; readonly job: JobRow };

export function groupRows(
  jobs: readonly JobRow[],
  grouping: Grouping,
  folded: ReadonlySet<string>,
): readonly ListRow[] {
  if (grouping === 'none') return jobs.map((job) => ({ kind: 'job', job }));
  const groups = new Map<string, JobRow[]>();
  for (const job of jobs) {
    const name = groupOf(job, grouping);
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [job]);
    else members.push(job);
  }
  return [...groups].flatMap(([name, members]): ListRow[] => {
    const isFolded = folded.has(name);
    const heading = { kind: 'group', name, count: members.length, isFolded } as const;
    return isFolded ? [heading] : [heading, ...members.map((job) => ({ kind: 'job', job }) as const)];
  });
}

function groupOf(job: JobRow, grouping: Grouping): string {
  switch (grouping) {
    case 'outcome':
      return job.isRunning ? 'running' : (outcomeInfo(job.outcome)?.label ?? String(job.outcome));
    case 'category':
      return job.category;
    case 'template':
      return job.templateId ?? 'no template';
    default: {
      const end = job.partialId.indexOf('/');
      return end < 0 ? 'others' : job.partialId.slice(0, end);
    }
  }
}
