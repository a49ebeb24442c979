/** Every truncation and every flipped bit of envelope fields ends in a documented error or a documented success. */

import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CorruptedSessionError, unpackEnvelopeSync } from '../../src/index.js';
import { corpusCases } from '../corpus/corpus.js';
import { kernels } from '../kernels.js';

const cases = await corpusCases();
/** Ten sessions of different versions and contents, each a whole one. */
const sessions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11].map((version) => {
  const folder = cases.find(({ info }) => info.version === version && !info.tags.includes('mutated'));
  return [folder!.name, folder!.bytes('session')] as const;
});

/** `ok`, or the error's message and the codes that say why. */
function outcome(bytes: Uint8Array, kernel: (typeof kernels)[number]): string {
  try {
    unpackEnvelopeSync(bytes, { kernel });
    return 'ok';
  } catch (error) {
    if (!(error instanceof CorruptedSessionError)) throw error;
    expect(error.offset).toBeTypeOf('number');
    expect(error.cause).toMatchObject({ name: 'DataError', code: error.code, offset: error.offset });
    return `${error.message}, ${error.code}`;
  }
}

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))(
  'damage, kernel %s',
  (_name, kernel) => {
    it.each(sessions)('%s cut at every byte', (_session, bytes) => {
      expect(outcome(bytes, kernel)).toBe('ok');
      expect(outcome(bytes.subarray(0, 0), kernel)).toBe('Cannot interpret session JSON, json-syntax');
      expect(outcome(bytes.subarray(0, 1), kernel)).toBe('Cannot decompress session data, gzip-not-gzip');
      for (let end = 2; end < bytes.length; end++) {
        expect(outcome(bytes.subarray(0, end), kernel), `first ${end} bytes`).toBe(
          'Cannot decompress session data, gzip-truncated',
        );
      }
    });

    it.each(sessions)('%s with every bit of header and trailer flipped', (_session, bytes) => {
      for (let index = 0; index < bytes.length; index++) {
        if (index === 10) index = bytes.length - 8;
        for (let bit = 0; bit < 8; bit++) {
          const damaged = bytes.slice();
          damaged[index]! ^= 1 << bit;
          const place = `bit ${bit} of byte ${index}`;
          const actual = outcome(damaged, kernel);
          if (index < 2) expect(actual, place).toBe('Cannot decompress session data, gzip-not-gzip');
          else if (index === 2)
            expect(actual, place).toBe('Cannot decompress session data, gzip-unsupported-method');
          // Of the flags, FTEXT and the reserved ones change nothing; the others change where the data begins.
          else if (index === 3) expect(actual === 'ok', place).toBe(bit === 0 || bit >= 5);
          else if (index < 10) expect(actual, place).toBe('ok');
          else if (index < bytes.length - 4) expect(actual, place).toMatch(/gzip-crc-mismatch$/);
          else expect(actual, place).toMatch(/gzip-length-mismatch$/);
        }
      }
    });

    it('agrees with zlib on every flipped bit of the deflate data', () => {
      const text = gunzipSync(sessions[4]![1]);
      for (const level of [0, 1, 9]) {
        const bytes = new Uint8Array(gzipSync(text.subarray(0, 700), { level }));
        for (let index = 10; index < bytes.length - 8; index++) {
          for (let bit = 0; bit < 8; bit++) {
            const damaged = bytes.slice();
            damaged[index]! ^= 1 << bit;
            let accepted = true;
            try {
              gunzipSync(damaged);
            } catch {
              accepted = false;
            }
            const actual = outcome(damaged, kernel);
            const decompressed = !actual.startsWith('Cannot decompress');
            expect(decompressed, `level ${level}, bit ${bit} of byte ${index}: ${actual}`).toBe(accepted);
          }
        }
      }
    });

    it('reads members one after the other, with padding and header fields', () => {
      const text = Buffer.from('{"version": 11, "session": {}}');
      const first = gzipSync(text.subarray(0, 9));
      const second = gzipSync(text.subarray(9));
      const whole = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
      const zeros = new Uint8Array(5);
      expect(outcome(whole(first, second), kernel)).toBe('ok');
      expect(outcome(whole(first, zeros, second, zeros), kernel)).toBe('ok');
      expect(outcome(whole(first, gzipSync(''), second), kernel)).toBe('ok');
      expect(outcome(whole(first, second, Buffer.from('x')), kernel)).toMatch(/gzip-trailing-bytes$/);
      expect(outcome(whole(first, second, Buffer.from([0, 0x1f])), kernel)).toMatch(/gzip-trailing-bytes$/);
      expect(outcome(whole(first, second, Buffer.from([0x1f, 0x8b])), kernel)).toMatch(/gzip-truncated$/);
      expect(outcome(whole(zeros, first), kernel)).toMatch(/gzip-not-gzip$/);

      const fields = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16 | 0xe0, 1, 2, 3, 4, 0, 3, 3, 0, 9, 9, 9]);
      const named = whole(fields, Buffer.from('n\xe9\0c\0\x12\x34', 'latin1'), gzipSync(text).subarray(10));
      const root = unpackEnvelopeSync(named, { kernel });
      expect(root.document.scanned.members).toMatchObject([
        { offset: 0, headerBytes: 22, memberBytes: named.length, textOffset: 0, textBytes: text.length },
      ]);
      expect(root.document.scanned.members[0]).toMatchObject({ mtime: 0x04030201, fileName: 'n\xe9' });
    });

    it('keeps 64 KiB of a file name', () => {
      const name = 'n\xe9'.repeat(50_000);
      const header = Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]);
      const body = gzipSync('{}').subarray(10);
      const root = unpackEnvelopeSync(Buffer.concat([header, Buffer.from(`${name}\0`, 'latin1'), body]), {
        kernel,
      });
      expect(root.document.scanned.members[0]).toMatchObject({
        headerBytes: 100_011,
        fileName: name.slice(0, 65_536),
      });
    });

    it('keeps to the limits', () => {
      const bomb = gzipSync(new Uint8Array(10_000_000).fill(0x20));
      const within = (limits: object) => {
        try {
          unpackEnvelopeSync(bomb, { kernel, limits });
          return 'ok';
        } catch (error) {
          return (error as CorruptedSessionError).code;
        }
      };
      expect(within({ textBytes: 9_999_999 })).toBe('limit-text');
      expect(within({ textBytes: 10_000_000 })).toBe('json-syntax');
      expect(within({ inputBytes: bomb.length - 1 })).toBe('limit-input');
    });
  },
);
