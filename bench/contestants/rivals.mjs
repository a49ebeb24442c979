/**
 * What one would write without this library, in every environment: decompress, `JSON.parse`, decode.
 *
 * @typedef {object} Sample
 * @property {Uint8Array} session a session file
 * @property {unknown} units the units that it was made from
 * @property {Uint8Array} [text] its decompressed text
 * @property {Uint8Array} [stored] the text in a gzip member without compression
 * @property {Uint8Array} [unreadable] the session behind a member with one byte that is no UTF-8
 * @property {Uint8Array} [storedUnreadable] the same of `stored`
 * @typedef {object} Rival
 * @property {string} name
 * @property {(session: Uint8Array) => Uint8Array | Promise<Uint8Array>} [gunzip] absent: cannot stop there
 * @property {(session: Uint8Array) => any} read the parsed document, or a promise of it
 * @property {(base64: string) => Uint8Array} decode
 */
import { gunzipSync } from 'fflate';
import { ungzip } from 'pako';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeWithAtob(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

const unzipped = (session) =>
  new Response(new Blob([session]).stream().pipeThrough(new DecompressionStream('gzip')));

/** @type {Rival} */
export const fflate = {
  name: 'fflate',
  gunzip: (session) => gunzipSync(session),
  read: (session) => JSON.parse(utf8.decode(gunzipSync(session))),
  decode: decodeWithAtob,
};

/** @type {Rival} */
export const pako = {
  name: 'pako',
  gunzip: (session) => ungzip(session),
  read: (session) => JSON.parse(utf8.decode(ungzip(session))),
  decode: decodeWithAtob,
};

/** @type {Rival} */
export const decompressionStream = {
  name: 'DecompressionStream',
  gunzip: async (session) => new Uint8Array(await unzipped(session).arrayBuffer()),
  read: (session) => unzipped(session).json(),
  decode: decodeWithAtob,
};
