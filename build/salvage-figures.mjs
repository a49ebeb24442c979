// What a salvage recovers, measured: ten sessions made by the reference, cut off at every byte, and with every byte of
// their text overwritten by a zero. Fails when a value is missing that ended before the cut. Needs `npm run build`.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, constants, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { openSync } from '../dist/formats/open.js';
import { resumeSync } from '../dist/formats/resume.js';
import { salvage } from '../dist/formats/salvage.js';
import { salvageResumable } from '../dist/formats/salvage-resumable.js';
import { loadUnits } from '../dist/units/load.js';

const NAMES = JSON.parse(
  readFileSync(new URL('../test/formats/salvage-sessions.json', import.meta.url), 'utf8'),
);
const HEADER_BYTES = 10;
const LISTS = ['desired_job_list', 'mandatory_job_list'];

const corpus = await readCorpus();
console.log('cut off at every byte');
printTable(
  ['session', 'bytes', 'values', 'kept', 'of those before the cut', 'resumes', 'without lost jobs'],
  NAMES.map(measureCuts),
);
console.log('\none byte of the text overwritten, every byte in turn');
printTable(['session', 'text', 'values', 'kept', 'worst'], NAMES.map(measureOverwritten));

function measureCuts(name) {
  const { session, units } = corpus(name);
  const values = valuesOf(session);
  const sum = { kept: 0, before: 0, keptOfBefore: 0, sessions: 0, resumed: 0, resumable: 0 };
  for (let cut = 0; cut < session.length; cut++) {
    const bytes = session.subarray(0, cut);
    const textBytes = unpackedBytes(bytes);
    const before = values.filter((value) => value.end <= textBytes && saysSomething(value));
    sum.before += before.length;
    const salvaged = salvage(bytes);
    if (salvaged.session === undefined) continue;
    sum.sessions++;
    const kept = valuesByPath(salvaged.session);
    sum.kept += values.filter(({ path, text }) => kept.get(path) === text).length;
    sum.keptOfBefore += before.filter(({ path, text }) => kept.get(path) === text).length;
    if (resumes(salvaged.session, units)) sum.resumed++;
    const { session: resumable } = salvageResumable(bytes, { units, location: '/' });
    if (resumable === undefined || resumes(resumable, units)) sum.resumable++;
  }
  if (sum.keptOfBefore < sum.before) process.exitCode = 1;
  return [
    name,
    session.length,
    values.length,
    percent(sum.kept, values.length * session.length),
    `${sum.keptOfBefore} of ${sum.before}`,
    `${sum.resumed} of ${sum.sessions}`,
    `${sum.resumable} of ${sum.sessions}`,
  ];
}

function measureOverwritten(name) {
  const { session } = corpus(name);
  const text = gunzipSync(session);
  const values = valuesOf(session);
  let total = 0;
  let worst = values.length;
  for (let offset = 0; offset < text.length; offset++) {
    const copy = Buffer.from(text);
    copy[offset] = 0;
    const salvaged = salvage(gzipSync(copy, { level: 1 }));
    const kept = salvaged.session === undefined ? new Map() : valuesByPath(salvaged.session);
    const number = values.filter((value) => kept.get(value.path) === value.text).length;
    total += number;
    worst = Math.min(worst, number);
  }
  return [
    name,
    text.length,
    values.length,
    percent(total, values.length * text.length),
    percent(worst, values.length),
  ];
}

/** Bytes of text that zlib gets out of a session that is cut off. */
function unpackedBytes(bytes) {
  if (bytes.length <= HEADER_BYTES) return 0;
  return inflateRawSync(bytes.subarray(HEADER_BYTES), { finishFlush: constants.Z_SYNC_FLUSH }).length;
}

/**
 * Items of lists, checksums, metadata, members of results, records of logs, collectors, the version: path, text, and
 * the offset in the text from which on each is known to be complete.
 */
function valuesOf(bytes) {
  const { document } = openSync(bytes, { kernel: 'js' });
  const values = LISTS.flatMap((key) => [...document.get(key).items()]);
  values.push(...document.get('jobs').members().values());
  for (const field of document.get('metadata').members().values()) {
    values.push(...(field.kind === 'array' ? field.items() : [field]));
  }
  for (const history of document.get('results').members().values()) {
    for (const result of history.items()) {
      for (const [key, member] of result.members()) {
        values.push(...(key === 'io_log' ? member.items() : [member]));
      }
    }
  }
  values.push(...(document.get('system_information')?.members().values() ?? []));
  values.push(document.parent.get('version'));
  return values.map((value) => {
    const { path, offset, end, kind } = value;
    const text = Buffer.from(value.document.scanned.text.read(offset, end)).toString();
    return { path, text, end: kind === 'integer' || kind === 'float' ? end + 1 : end };
  });
}

/** A result of which nothing but nulls is left says nothing, and is not kept. */
function saysSomething({ path, text }) {
  return text !== 'null' || !path.startsWith('$.session.results');
}

function valuesByPath(bytes) {
  return new Map(valuesOf(bytes).map(({ path, text }) => [path, text]));
}

function resumes(bytes, units) {
  try {
    resumeSync(bytes, { kernel: 'js', units, location: '/' });
    return true;
  } catch (error) {
    if (error.code === 'unknown-job') return false;
    throw error;
  }
}

async function readCorpus() {
  const packed = readFileSync(new URL('../test/corpus/corpus.tar.br', import.meta.url));
  const files = new Map();
  for (const { header, data } of await unpackTar(brotliDecompressSync(packed))) {
    if (data !== undefined) files.set(header.name, data);
  }
  return (name) => {
    const read = (file) => files.get(`cases/${name}/${file}`);
    const sources = JSON.parse(Buffer.from(read('case.json')).toString()).units;
    const texts = sources.map(({ file, namespace }) => {
      return { name: file, text: Buffer.from(read(file)).toString(), namespace };
    });
    return { session: read('session'), units: loadUnits(texts).units };
  };
}

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function printTable(header, rows) {
  const widths = header.map((title, column) => {
    return Math.max(title.length, ...rows.map((row) => String(row[column]).length));
  });
  for (const row of [header, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column]),
    );
    console.log(`  ${cells.join('  ')}`);
  }
}
