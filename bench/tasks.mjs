/**
 * The tasks that are raced, the same in Node and in browsers.
 *
 * @typedef {import('./contestants/rivals.mjs').Sample} Sample
 * @typedef {import('./contestants/rivals.mjs').Rival} Rival
 * @typedef {{ name: string, prepare?: (sample: Sample) => void, run: (sample: Sample) => unknown }} Contestant
 *   `run` gives a value, or a promise of it, on which all contestants of a task must agree
 * @typedef {{ name: string, title: string, contestants: Contestant[] }} Task
 */

/** Bytes of every record of a parsed document, decoded. @param {Rival} rival */
function decodeDocument(rival, document) {
  const decoded = [];
  for (const history of Object.values(document.session.results)) {
    for (const { io_log } of history)
      for (const record of io_log ?? []) decoded.push(rival.decode(record[2]));
  }
  return decoded;
}

const jobCount = (document) => Object.keys(document.session.jobs).length;

/** What a rival does for each task. @param {Rival} rival */
function rivalRuns(rival) {
  const after =
    (use) =>
    async ({ session }) =>
      use(await rival.read(session));
  return {
    gunzip: rival.gunzip && (async ({ session }) => (await rival.gunzip(session)).length),
    peek: after((document) => document.session.metadata.title),
    open: after(jobCount),
    resume: after((document) => {
      decodeDocument(rival, document);
      return jobCount(document);
    }),
    decode: after((document) => decodeDocument(rival, document).length),
    read: after((document) => decodeDocument(rival, document).reduce((sum, bytes) => sum + bytes.length, 0)),
  };
}

const TITLES = {
  gunzip: 'gunzip with CRC',
  tokenise: 'validated tokenising',
  peek: 'peek, everything verified',
  open: 'open, everything verified',
  resume: 'resume, every record validated, none decoded (rivals: parse, decode all)',
  decode: 'resume and every log decoded (rivals: parse, decode all)',
  read: 'open and every record read (rivals: parse, decode all, look at all)',
};

/**
 * @param {Rival[]} rivals
 * @param {object[]} others objects with a `name` and a function for every task that they take part in
 * @returns {Map<string, Task>} by name, rivals first
 */
export function makeTasks(rivals, others) {
  const takers = [...rivals.map((rival) => ({ name: rival.name, ...rivalRuns(rival) })), ...others];
  return new Map(
    Object.entries(TITLES).map(([name, title]) => {
      const contestants = takers
        .filter((taker) => taker[name] !== undefined)
        .map((taker) => ({ name: taker.name, prepare: taker.prepare, run: taker[name] }));
      return [name, { name, title, contestants }];
    }),
  );
}
