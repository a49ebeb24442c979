/** SHA-256 (FIPS 180-4): synchronous, in plain JavaScript until there is something faster. */

export type Digest = (bytes: Uint8Array) => Uint8Array;

let fastest: Digest = jsSha256;

/** The digest of `bytes`: 32 bytes. Nothing is compiled for it, but a kernel that is there already is used. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return fastest(bytes);
}

/** What makes digests from now on. */
export function setSha256(digest: Digest): void {
  fastest = digest;
}

const BLOCK_BYTES = 64;

/** Of the block at hand. Kept: to make it anew takes longer than to hash the text of most units. */
let schedule: Int32Array | undefined;

/** {@link sha256} in plain JavaScript. */
export function jsSha256(bytes: Uint8Array): Uint8Array {
  const state = initialState();
  schedule ??= new Int32Array(64);
  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  compress(state, schedule, bytes, whole);
  const tail = padded(bytes, whole);
  compress(state, schedule, tail, tail.length);
  const digest = new Uint8Array(4 * state.length);
  for (let i = 0; i < state.length; i++) writeWord(digest, 4 * i, state[i]!);
  return digest;
}

/** A digest in lower-case hexadecimal digits. */
export function hex(digest: Uint8Array): string {
  const view = new DataView(digest.buffer, digest.byteOffset);
  let text = '';
  // Few long pieces: what is made byte by byte takes as long as the digest itself while nothing is optimised.
  for (let i = 0; i < digest.length; i += 8) text += view.getBigUint64(i).toString(16).padStart(16, '0');
  return text;
}

/** The last, incomplete block with its padding: a one bit, zeros, the length in bits. */
function padded(bytes: Uint8Array, start: number): Uint8Array {
  const rest = bytes.length - start;
  const tail = new Uint8Array(rest + 9 <= BLOCK_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES);
  for (let i = 0; i < rest; i++) tail[i] = bytes[start + i]!;
  tail[rest] = 0x80;
  writeWord(tail, tail.length - 8, Math.floor(bytes.length / 2 ** 29));
  writeWord(tail, tail.length - 4, bytes.length << 3);
  return tail;
}

function writeWord(bytes: Uint8Array, offset: number, word: number): void {
  bytes[offset] = word >>> 24;
  bytes[offset + 1] = word >>> 16;
  bytes[offset + 2] = word >>> 8;
  bytes[offset + 3] = word;
}

/** Takes the blocks of `bytes[0, end)` into the state; `end` is a multiple of the block size. */
function compress(state: Int32Array, schedule: Int32Array, bytes: Uint8Array, end: number): void {
  for (let offset = 0; offset < end; offset += BLOCK_BYTES) {
    expand(schedule, bytes, offset);
    mix(state, schedule);
  }
}

function expand(w: Int32Array, bytes: Uint8Array, offset: number): void {
  for (let t = 0, i = offset; t < 16; t++, i += 4) {
    w[t] = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
  }
  for (let t = 16; t < 64; t++) {
    const a = w[t - 15]!;
    const b = w[t - 2]!;
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    w[t] = w[t - 16]! + s0 + w[t - 7]! + s1;
  }
}

function mix(state: Int32Array, w: Int32Array): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[t]! + w[t]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** The first 32 bits of the fractional parts of the square roots of the first eight primes. */
function initialState(): Int32Array {
  return Int32Array.of(
    0x6a09e667,
    0xbb67ae85,
    0x3c6ef372,
    0xa54ff53a,
    0x510e527f,
    0x9b05688c,
    0x1f83d9ab,
    0x5be0cd19,
  );
}

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const ROUND_CONSTANTS = /* @__PURE__ */ Int32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);
