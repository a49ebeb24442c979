/** Who can tell whether a text is a JSON document. Each takes the decompressed text and says `valid`. */
import { Simdjson } from '../../build/out/bench-js/bench/simdjson/simdjson.js';

/** @typedef {import('./rivals.mjs').Sample} Sample */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const jsonParse = {
  name: 'JSON.parse',
  /** @param {Sample} sample */
  tokenise: ({ text }) => (JSON.parse(utf8.decode(text)) ? 'valid' : 'empty'),
};

/**
 * The parts of simdjson in WebAssembly. The text is copied in once, outside of the measurement, as it lies in
 * WebAssembly memory already when a kernel of this library comes to it.
 *
 * @param {BufferSource} wasm
 */
export function simdjson(wasm) {
  /** @type {Simdjson} */
  let parser;
  let loaded;
  const load = ({ text }) => {
    parser ??= new Simdjson(new WebAssembly.Module(wasm));
    if (loaded !== text) parser.load(text);
    loaded = text;
  };
  const verdict = (error) => (error === 'SUCCESS' ? 'valid' : error);
  return [
    {
      name: 'simdjson (wasm), DOM',
      prepare: load,
      tokenise: () => verdict(parser.parse()),
    },
    {
      name: 'simdjson (wasm), stage 1',
      prepare: load,
      tokenise: () => verdict(parser.stage1()),
    },
  ];
}
