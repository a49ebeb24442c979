/** Samples with everything that the tasks begin with, in Node and in browsers. */
import { gzipSync } from 'fflate';

/** A gzip member with a byte that no UTF-8 text has. */
const UNREADABLE = gzipSync(Uint8Array.of(0xff), { mtime: 0 });

function behindUnreadable(session) {
  const both = new Uint8Array(UNREADABLE.length + session.length);
  both.set(UNREADABLE);
  both.set(session, UNREADABLE.length);
  return both;
}

/**
 * @param {Uint8Array} session
 * @param {unknown} units
 * @param {Uint8Array} text the session's text
 * @returns {import('./contestants/rivals.mjs').Sample}
 */
export function makeSample(session, units, text) {
  const stored = gzipSync(text, { level: 0, mtime: 0 });
  return {
    session,
    units,
    text,
    stored,
    unreadable: behindUnreadable(session),
    storedUnreadable: behindUnreadable(stored),
  };
}
