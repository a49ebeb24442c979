/** Archives for tests. */

import { zipSync } from 'fflate';
import { packTar } from 'modern-tar';

export type Content = Readonly<Record<string, string | Uint8Array>>;

export async function tar(content: Content): Promise<Uint8Array> {
  return packTar(
    Object.entries(content).map(([name, text]) => {
      const body = toBytes(text);
      return { header: { name, size: body.length, type: 'file' as const }, body };
    }),
  );
}

export function zip(content: Content, level: 0 | 6 = 6): Uint8Array {
  const entries = Object.entries(content).map(([name, text]) => [name, toBytes(text)] as const);
  return zipSync(Object.fromEntries(entries), { level });
}

function toBytes(text: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(typeof text === 'string' ? new TextEncoder().encode(text) : text);
}
