/** Shape A: a version 6 session whose bulk is the IO logs of its results, kept in memory. */
import { makeJobs, outcome, sessionHead, unitFile } from './jobs.mjs';
import { PROGRAMS } from './output.mjs';

/** Seconds with microseconds, in the notation of the reference's JSON writer. */
function delayText(microseconds) {
  if (microseconds === 0) return '0.0';
  if (microseconds >= 100) return (microseconds / 1e6).toString();
  const [mantissa, exponent] = (microseconds / 1e6).toExponential().split('e-');
  return `${mantissa}e-${exponent.padStart(2, '0')}`;
}

/** @param {import('./random.mjs').Random} random */
function ioLog(random, records) {
  const program = random.pick(PROGRAMS);
  const parts = [];
  for (let n = 0; n < records; n++) {
    const microseconds = random.chance(0.75) ? random.between(8, 400) : random.between(400, 90_000);
    const stream = random.chance(0.95) ? 'stdout' : 'stderr';
    const data = Buffer.from(`${program(random, n)}\n`).toString('base64');
    parts.push(`[${delayText(microseconds)},"${stream}","${data}"]`);
  }
  return parts.join(',');
}

/**
 * @param {import('./random.mjs').Random} random
 * @param {{ jobs: number, records: number }} size records of one job on average
 */
export function ioLogSession(random, { jobs: count, records }) {
  const jobs = makeJobs(random, count);
  function* text() {
    yield `${sessionHead(jobs, 6)}"results":{`;
    for (const [index, job] of jobs.entries()) {
      const logLength = random.between(Math.floor(records / 2), Math.ceil(records * 1.5));
      yield `${index === 0 ? '' : ','}"${job.id}":[{"comments":null,"execution_duration":${random.fraction() * 300},"io_log":[`;
      for (let done = 0; done < logLength; done += 1000) {
        yield (done === 0 ? '' : ',') + ioLog(random, Math.min(1000, logLength - done));
      }
      yield `],"outcome":"${outcome(random)}","return_code":0}]`;
    }
    yield '}},"version":6}';
  }
  return { text, units: unitFile(jobs) };
}
