/** Job definitions and what a session says about them. */
import { createHash } from 'node:crypto';
import { AREAS, WORDS } from './words.mjs';

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {{ id: string, checksum: string, record: string }} Job */

/** The namespace in which the generated unit files are to be read. */
export const NAMESPACE = 'com.example.lab.certification';

/**
 * Jobs with their unit file records and checksums (specification of units, 5.1), in the order of their ids.
 *
 * @param {Random} random
 * @param {number} count
 * @returns {Job[]}
 */
export function makeJobs(random, count) {
  const jobs = [];
  for (let i = 0; i < count; i++) {
    const area = AREAS[i % AREAS.length];
    const name = `${area}/${random.pickEarly(WORDS)}-after-${AREAS[(i >> 5) % AREAS.length]}-${i}`;
    const fields = {
      _summary: `Check that the ${area} ${random.pickEarly(WORDS)} can be used`,
      command: `lab-test ${area} --${random.pickEarly(WORDS)} ${i}`,
      estimated_duration: `${random.between(1, 300)}.0`,
      id: name,
      plugin: 'shell',
      unit: 'job',
    };
    const digest = createHash('sha256').update(JSON.stringify({ ...fields, namespace: NAMESPACE }));
    const record = Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`);
    jobs.push({ id: `${NAMESPACE}::${name}`, checksum: digest.digest('hex'), record: record.join('') });
  }
  return jobs.sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** The unit file of the jobs. @param {readonly Job[]} jobs */
export function unitFile(jobs) {
  return jobs.map((job) => job.record).join('\n');
}

/**
 * The members of `session` in front of the results, opening bracket of the document included.
 *
 * @param {readonly Job[]} jobs
 * @param {number} version 6 or 8
 */
export function sessionHead(jobs, version) {
  const checksums = jobs.map((job) => `"${job.id}":"${job.checksum}"`);
  const started = version >= 7 ? '"last_job_start_time":1759300000.123456,' : '';
  return (
    `{"session":{"desired_job_list":${JSON.stringify(jobs.map((job) => job.id))},"jobs":{${checksums.join(',')}},` +
    '"mandatory_job_list":[],"metadata":{"app_blob":"eyJ0ZXN0cGxhbl9pZCI6ICJjb20uZXhhbXBsZS5sYWI6OmZ1bGwifQ==",' +
    `"app_id":"checkbox-cli","custom_joblist":false,"flags":["incomplete"],${started}"rejected_jobs":[],` +
    `"running_job_name":null,"title":"generated session"},`
  );
}

/** One of the outcomes of a finished job, `pass` most of the time. @param {Random} random */
export function outcome(random) {
  return random.chance(0.85) ? 'pass' : random.pick(['fail', 'skip', 'crash', 'not-supported']);
}
