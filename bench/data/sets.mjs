/** The generated archives by name, made on first use and kept under `build/out/bench/`. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Deflate, gzip } from 'zlib-level9';
import { ioLogSession } from './io-logs.mjs';
import { journalSession } from './journal.mjs';
import { onDiskSession } from './on-disk.mjs';
import { Random } from './random.mjs';

/** @typedef {{ text: () => Iterable<string>, units: string }} Session */

const folder = new URL('../../build/out/bench/', import.meta.url);

/** Name of a set → how it is made. The number in a name is about its size in MB of JSON (C: in jobs). */
export const SETS = new Map(
  Object.entries({
    A1: (random) => ioLogSession(random, { jobs: 500, records: 28 }),
    A10: (random) => ioLogSession(random, { jobs: 500, records: 282 }),
    A100: (random) => ioLogSession(random, { jobs: 500, records: 2_740 }),
    A600: (random) => ioLogSession(random, { jobs: 500, records: 16_300 }),
    B1: (random) => journalSession(random, { entries: 940 }),
    B10: (random) => journalSession(random, { entries: 9_400 }),
    B80: (random) => journalSession(random, { entries: 82_500 }),
    C1000: (random) => onDiskSession(random, { jobs: 1_000 }),
    C3000: (random) => onDiskSession(random, { jobs: 3_000 }),
    C5000: (random) => onDiskSession(random, { jobs: 5_000 }),
    C20000: (random) => onDiskSession(random, { jobs: 20_000 }),
  }),
);

/**
 * Compresses as the reference does, with zlib at level 9. Node's own zlib finds longer and fewer matches, which
 * would flatter every decoder; pako 2 is a port of the original and gives its bytes on every machine.
 */
function writeArchive(path, text) {
  const file = openSync(path, 'w');
  const deflate = new Deflate({ gzip: true, level: 9, chunkSize: 1 << 20 });
  deflate.onData = (chunk) => writeSync(file, chunk);
  let group = '';
  for (const piece of text) {
    group += piece;
    if (group.length < 1 << 20) continue;
    deflate.push(Buffer.from(group));
    group = '';
  }
  deflate.push(Buffer.from(group), true);
  if (deflate.err !== 0) throw new Error(`${path}: ${deflate.msg}`);
  closeSync(file);
}

/**
 * Makes sure that a set exists.
 *
 * @param {string} name a key of {@link SETS}
 * @returns {{ session: string, units: string }} paths of the session file and of its unit file, which is to be
 *   read in the namespace of `jobs.mjs`
 */
export function sessionFiles(name) {
  const make = SETS.get(name);
  if (make === undefined) throw new Error(`no set ${name}; there are ${[...SETS.keys()].join(', ')}`);
  const session = fileURLToPath(new URL(`${name}.session`, folder));
  const units = fileURLToPath(new URL(`${name}.pxu`, folder));
  if (!existsSync(session)) {
    mkdirSync(folder, { recursive: true });
    const made = make(new Random(name));
    writeFileSync(units, made.units);
    const unfinished = `${session}.${process.pid}`;
    writeArchive(unfinished, made.text());
    renameSync(unfinished, session);
  }
  return { session, units };
}

/**
 * A session of shape A with a text of about `kilobytes` KB.
 *
 * @param {number} kilobytes
 */
export function smallSession(kilobytes) {
  const jobs = Math.ceil(kilobytes / 4);
  const made = ioLogSession(new Random(`small ${kilobytes}`), {
    jobs,
    records: Math.min(46, Math.round((kilobytes - 0.8) * 13)),
  });
  return gzip([...made.text()].join(''), { level: 9 });
}
