// `npm run bench [-- --quick] [--parts hot,cold,sizes,jobs,chromium] [--sets A10,…] [--tasks peek,…]
// [--output FILE]`: races this library against its rivals and writes the tables as Markdown.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { raceInChromium } from './chromium.mjs';
import { raceCold } from './cold.mjs';
import { race } from './measure.mjs';
import { report } from './report.mjs';
import { sweepJobs, sweepSizes } from './sweeps.mjs';
import { loadSample, measureSession, tasks } from './tasks-node.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    parts: { type: 'string', default: 'hot,cold,sizes,jobs,chromium' },
    sets: { type: 'string' },
    tasks: { type: 'string', default: [...tasks.keys()].join() },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    output: { type: 'string', default: 'build/out/bench/performance.md' },
  },
});
const { quick } = values;
const parts = values.parts.split(',');
const sets = (values.sets ?? (quick ? 'A10,C20000' : 'A10,A100,A600,B80,C20000')).split(',');
/** Short runs are repeated more often: a quiet moment of the machine is soon over. */
const roundsOf = (set) => (quick ? 3 : ['A10', 'C20000'].includes(set) ? 15 : 7);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const hot = (set) => ({ rounds: roundsOf(set), settle: collectGarbage });

/** Which tasks make sense: the logs of shape A only, and of the 600 MB only what needs no whole text. */
function tasksOf(set) {
  const wanted = values.tasks.split(',');
  if (set === 'A600') return wanted.filter((name) => name === 'peek');
  return wanted.filter((name) => set.startsWith('A') || !['read', 'decode'].includes(name));
}

/** A fresh process for every run takes its time: one row for each kind of work. */
function coldTasks(set) {
  return ['peek', set.startsWith('A') ? 'decode' : 'resume'];
}

function progress(what) {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
}

const rows = [];
const outcome = {
  rows,
  tasks,
  facts: new Map(),
  texts: new Map(),
  machine: [
    `${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.version}`,
  ],
};

const output = resolve(values.output);
mkdirSync(dirname(output), { recursive: true });
/** After every part, so that a run that is broken off leaves what it measured. */
function save() {
  const text = report(outcome);
  writeFileSync(output, text);
  return text;
}

for (const set of sets) {
  const sample = parts.includes('hot') && set !== 'A600' ? loadSample(set) : undefined;
  if (sample !== undefined) outcome.texts.set(set, sample.text.length);
  if (parts.includes('cold')) outcome.facts.set(set, measureSession(set));
  for (const name of tasksOf(set)) {
    if (sample !== undefined) {
      progress(`hot ${set} ${name}`);
      rows.push({
        where: 'hot',
        set,
        task: name,
        timings: await race(tasks.get(name).contestants, sample, hot(set)),
      });
    }
    if (parts.includes('cold') && coldTasks(set).includes(name)) {
      progress(`cold ${set} ${name}`);
      rows.push({
        where: 'cold',
        set,
        task: name,
        timings: await raceCold(tasks.get(name), set, {
          rounds: quick || set === 'A600' ? 3 : 7,
        }),
      });
    }
  }
  save();
}
if (parts.includes('sizes')) {
  progress('sizes');
  outcome.sizes = sweepSizes({ seconds: quick ? 0.05 : 0.5 });
}
if (parts.includes('jobs')) {
  progress('jobs');
  outcome.jobs = await sweepJobs(tasks.get('resume'), hot('C20000'));
}
save();
if (parts.includes('chromium')) {
  progress('chromium');
  const small = sets.filter((set) => set !== 'A600');
  const { version, rows: inPage } = await raceInChromium(small, tasksOf, {
    roundsOf,
    executable: values.chromium,
  });
  outcome.machine.push(`Chromium ${version}`);
  rows.push(...inPage.map((row) => ({ where: 'chromium', ...row })));
}

/** A rival may fail, as all do on 600 MB; this library may not. */
const failures = [...rows, ...(outcome.jobs ?? [])].flatMap(({ timings }) =>
  timings.filter(({ name, error }) => error !== undefined && name.startsWith('plainbox-session')),
);
for (const { name, error } of failures) progress(`${name}: ${error}`);
process.exitCode = failures.length === 0 ? 0 : 1;

console.log(save());
progress(`written to ${output}`);
