/** Shape C: a version 8 session of many jobs whose IO logs are files beside it. */
import { makeJobs, outcome, sessionHead, unitFile } from './jobs.mjs';

/**
 * @param {import('./random.mjs').Random} random
 * @param {{ jobs: number }} size
 */
export function onDiskSession(random, { jobs: count }) {
  const jobs = makeJobs(random, count);
  function* text() {
    yield `${sessionHead(jobs, 8)}"results":{`;
    for (const [index, { id }] of jobs.entries()) {
      const comments = random.chance(0.02) ? '"seen on the lab bench – twice"' : 'null';
      const file = `io-logs/${id.replace(/[^A-Za-z0-9_.-]/g, '_')}.record.gz`;
      yield `${index === 0 ? '' : ','}"${id}":[{"comments":${comments},"execution_duration":${random.fraction() * 300},` +
        `"io_log_filename":"${file}","outcome":"${outcome(random)}","return_code":0}]`;
    }
    yield '},"system_information":{}},"version":8}';
  }
  return { text, units: unitFile(jobs) };
}
