/** This library as its users call it. */
import { resumeSync } from '../../dist/formats/resume.js';
import { openSync, peekSync } from '../../dist/index.js';

import { Timed } from '../measure.mjs';

/** @typedef {import('./rivals.mjs').Sample} Sample */

/** Job histories of a session, dormant or live. */
const histories = (session) =>
  'jobStateMap' in session
    ? Array.from(session.jobStateMap.values(), (state) => state.resultHistory)
    : Array.from(session.results, ([, history]) => history);

function* logs(session) {
  for (const history of histories(session))
    for (const result of history) if (result.ioLog) yield result.ioLog;
}

/** Decodes every log; its records are views of the decoded bytes from then on. */
function decodeLogs(session) {
  let records = 0;
  for (const log of logs(session)) {
    log.table();
    records += log.length;
  }
  return records;
}

/** Looks at every record. */
function readRecords(session) {
  let bytes = 0;
  for (const log of logs(session)) for (const record of log) bytes += record.data.length;
  return bytes;
}

/**
 * Unpacks and verifies a session whose text begins with a byte that is no UTF-8: the rest of the text is then of
 * no interest to a kernel, but the envelope's checks come first in the order of the faults.
 */
function unpack(unreadable, options) {
  try {
    peekSync(unreadable, options);
  } catch (error) {
    if (error.code !== 'text-not-utf8') throw error;
    return;
  }
  throw new Error('the text was to be refused');
}

/** @param {'auto' | 'js' | 'wasm'} kernel */
export function library(kernel) {
  const options = { kernel };
  let checked = kernel === 'auto';
  return {
    name: `plainbox-session (${kernel})`,
    /** A kernel that silently gave way to another would make the figures worthless. */
    prepare({ session }) {
      if (checked) return;
      const served = openSync(session, options).kernel;
      if (!served.startsWith(kernel)) throw new Error(`asked for ${kernel}, served by ${served}`);
      checked = true;
    },
    /** @param {Sample} sample */
    gunzip({ unreadable, text }) {
      unpack(unreadable, options);
      return text.length;
    },
    /** The text in stored blocks: what unpacking them takes by itself is subtracted. */
    tokenise({ stored, storedUnreadable }) {
      const start = performance.now();
      peekSync(stored, options);
      const middle = performance.now();
      unpack(storedUnreadable, options);
      return new Timed('valid', middle - start - (performance.now() - middle));
    },
    peek: ({ session }) => peekSync(session, options).title,
    open: ({ session }) => openSync(session, options).jobs.size,
    read: ({ session }) => readRecords(openSync(session, options)),
    resume: ({ session, units }) => resumeSync(session, { ...options, units }).jobStateMap.size,
    decode: ({ session, units }) => decodeLogs(resumeSync(session, { ...options, units, logs: 'eager' })),
  };
}
