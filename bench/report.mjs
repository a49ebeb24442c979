/** The outcome as Markdown, which is also what the terminal shows. */

import { threshold } from './sweeps.mjs';
import { compare, compareBounds, compareReference } from './targets.mjs';

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const digits = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const milliseconds = ({ best, median, error }) =>
  error === undefined ? `${digits(best)} (${digits(median)})` : `fails (${error.split(':')[0]})`;
const megabytes = ({ memory }) => (Number.isNaN(memory) ? '' : `+${(memory / 1e6).toFixed(0)}`);
const times = (rival, ours) => `${(rival / ours).toFixed(1)}x`;

const columns = (rows, task) => rows.filter((row) => row.task === task);
const names = (rows) => [...new Set(rows.flatMap(({ timings }) => timings.map(({ name }) => name)))];

/** One task: a line for each contestant, a column for each set. */
function taskTable(rows, cell) {
  const lines = names(rows).map((name) => [
    name,
    ...rows.map(({ timings }) => {
      const timing = timings.find((one) => one.name === name);
      return timing === undefined ? '' : cell(timing);
    }),
  ]);
  return table(['', ...rows.map(({ set }) => set)], lines);
}

const LEGEND = `Who takes part:

- \`node:zlib\`: \`gunzipSync\`, \`toString\`, \`JSON.parse\`, \`Buffer.from(…, 'base64')\` of every record; "one chunk": with
  \`chunkSize\` set to the length of the text, the best that Node's zlib can do
- \`fflate\`, \`pako\`: their \`gunzip\`, a fatal \`TextDecoder\`, \`JSON.parse\`, \`atob\` into bytes; fflate checks no CRC
- \`DecompressionStream\`: piped into \`Response.json()\`; \`atob\` into bytes
- \`simdjson (wasm)\`: the parser in \`bench/simdjson/\`, the text being in its memory; stage 1 checks no grammar
- \`simdjson (native addon)\`: takes strings, so \`gunzipSync\` and \`toString\` come first
- \`plainbox-session (js)\`, \`(wasm)\`: this library with that kernel

The archives are made by \`bench/data/\`: A are IO logs in memory, B a system journal, C many small results whose logs
are files; the number is MB of JSON text, of C the number of jobs.`;

const SECTIONS = {
  hot: 'Hot: many runs in one process',
  cold: 'Cold: first run in a fresh process',
  chromium: 'Hot, in Chromium',
};

function boundTable(rows, facts) {
  const lines = compareBounds(rows, facts).map(({ what, set, bound, measured }) => [
    what,
    set,
    digits(bound),
    Number.isNaN(measured) ? '' : digits(measured),
    measured <= bound ? 'yes' : 'no',
  ]);
  return lines.length === 0 ? [] : ['## Bounds', table(['', 'set', 'at most', 'measured', 'kept'], lines)];
}

/** @param {import('./targets.mjs').Row[]} rows @param {Map<string, import('./tasks.mjs').Task>} tasks */
function races(rows, tasks) {
  const parts = [];
  for (const [where, title] of Object.entries(SECTIONS)) {
    const here = rows.filter((row) => row.where === where);
    if (here.length === 0) continue;
    parts.push(`## ${title}`, 'Milliseconds, best (median).');
    for (const [name, task] of tasks) {
      const ofTask = columns(here, name);
      if (ofTask.length === 0) continue;
      parts.push(`### ${task.title}`, taskTable(ofTask, milliseconds));
      if (where === 'cold') parts.push('Peak memory over process start, MB:', taskTable(ofTask, megabytes));
    }
  }
  return parts;
}

function targetTable(rows) {
  const lines = compare(rows).map(({ target, set, floor, ratio }) => [
    `${target.task}, ${target.where}, vs ${target.rivals.join(' / ')}`,
    set,
    floor.toString(),
    Number.isNaN(ratio) ? '' : ratio.toFixed(2),
    ratio >= floor ? 'yes' : 'no',
  ]);
  return lines.length === 0
    ? []
    : ['## Ratios to reach', table(['task', 'set', 'at least', 'measured', 'reached'], lines)];
}

function referenceTable(rows, jobs, texts) {
  const lines = compareReference(rows, jobs, texts).map(({ task, set, reference, ours, floor }) => [
    task,
    set,
    digits(reference),
    digits(ours),
    `${floor}`,
    digits(reference / ours),
    reference / ours >= floor ? 'yes' : 'no',
  ]);
  if (lines.length === 0) return [];
  return [
    '## Beside the reference',
    `Milliseconds. Figures of Checkbox itself (CPython 3.11, warm, median of 3 to 5, AMD EPYC), not of this run, scaled
by the size of the text.`,
    table(['task', 'set', 'reference', 'ours', 'at least', 'ratio', 'reached'], lines),
  ];
}

function sizeTable(rows) {
  const lines = rows.map(({ kilobytes, rival, js, wasm }) => [
    `${kilobytes}`,
    digits(rival),
    digits(js),
    digits(wasm),
    times(rival, Math.min(js, wasm)),
  ]);
  const from = threshold(rows);
  return [
    '## Small sessions',
    'Milliseconds for one opening, best; KB of JSON text.',
    table(['KB', 'gunzipSync + JSON.parse', 'js', 'wasm', 'rival / better kernel'], lines),
    from === undefined ? 'WebAssembly never wins.' : `WebAssembly wins from ${from} KB of text on.`,
  ];
}

function jobsTable(rows) {
  const first = rows[0];
  const lines = names(rows).map((name) => {
    const cells = rows.map(({ timings }) => timings.find((timing) => timing.name === name));
    const growth = Math.log(cells.at(-1).best / cells[0].best) / Math.log(rows.at(-1).jobs / first.jobs);
    return [name, ...cells.map(milliseconds), growth.toFixed(2)];
  });
  return [
    '## Resume by number of jobs',
    'Milliseconds, best (median); the exponent is that of jobs in the time, 1 for linear growth.',
    table(['', ...rows.map(({ jobs }) => `${jobs}`), 'exponent'], lines),
  ];
}

/**
 * @param {object} outcome
 * @param {string[]} outcome.machine lines that name it
 * @param {import('./targets.mjs').Row[]} outcome.rows
 * @param {Parameters<typeof compareBounds>[1]} outcome.facts
 * @param {Map<string, number>} outcome.texts bytes of text, by set
 * @param {Map<string, import('./tasks.mjs').Task>} outcome.tasks
 * @param {ReturnType<typeof import('./sweeps.mjs').sweepSizes>} [outcome.sizes]
 * @param {Awaited<ReturnType<typeof import('./sweeps.mjs').sweepJobs>>} [outcome.jobs]
 */
export function report({ machine, rows, facts, texts, tasks, sizes, jobs }) {
  return `${[
    '# Performance',
    machine.map((line) => `- ${line}`).join('\n'),
    LEGEND,
    ...targetTable(rows),
    ...boundTable(rows, facts),
    ...referenceTable(rows, jobs ?? [], texts),
    ...races(rows, tasks),
    ...(sizes === undefined ? [] : sizeTable(sizes)),
    ...(jobs === undefined ? [] : jobsTable(jobs)),
  ].join('\n\n')}\n`;
}
