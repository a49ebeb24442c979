/** What the sample session holds, as Checkbox itself resumed it. */

import { readFileSync } from 'node:fs';

const place = new URL('../sample/expected.json', import.meta.url);

interface ExpectedDump {
  readonly session: {
    readonly metadata: { readonly title: string; readonly running_job_name: string };
    readonly run_list: readonly string[];
    readonly job_list: readonly string[];
  };
}

const { session } = JSON.parse(readFileSync(place, 'utf8')) as ExpectedDump;

export const SAMPLE_TITLE: string = session.metadata.title;
export const SAMPLE_JOBS: number = session.job_list.length;

/** What `factsOf` (consumer/facts.js) gives for the sample. */
export function expectedFacts(kernel: string): object {
  return {
    kernel,
    title: SAMPLE_TITLE,
    runningJob: session.metadata.running_job_name,
    problems: 0,
    runList: session.run_list,
    runListOfHelper: session.run_list.length,
    jobs: SAMPLE_JOBS,
    titleOfReport: SAMPLE_TITLE,
  };
}
