/** The rivals that only Node has. */
import { gunzipSync } from 'node:zlib';

/** @typedef {import('./rivals.mjs').Rival} Rival */

/** Length of the text as the last member says, bytes. */
const textLength = (session) =>
  new DataView(session.buffer, session.byteOffset).getUint32(session.length - 4, true);

const decodeWithBuffer = (base64) => Buffer.from(base64, 'base64');

/** What most would write, and the yardstick of the ratios. @type {Rival} */
export const zlib = {
  name: 'node:zlib',
  gunzip: (session) => gunzipSync(session),
  read: (session) => JSON.parse(gunzipSync(session).toString('utf8')),
  decode: decodeWithBuffer,
};

/** The same with the output in one piece, the fastest that Node's zlib can do. @type {Rival} */
export const tunedZlib = {
  name: 'node:zlib, one chunk',
  gunzip: (session) => gunzipSync(session, { chunkSize: Math.max(64, textLength(session)) }),
  read: (session) => JSON.parse(tunedZlib.gunzip(session).toString('utf8')),
  decode: decodeWithBuffer,
};

/**
 * simdjson as a native addon; it takes strings. Nobody, when it was not built for this machine.
 */
export async function nativeSimdjson() {
  let addon;
  try {
    ({ default: addon } = await import('simdjson'));
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return [];
  }
  return [
    {
      name: 'simdjson (native addon)',
      tokenise: ({ text }) =>
        addon.isValid(Buffer.from(text.buffer).toString('utf8')) ? 'valid' : 'invalid',
      peek: ({ session }) =>
        addon.lazyParse(gunzipSync(session).toString('utf8')).valueForKeyPath('session.metadata.title'),
    },
  ];
}
