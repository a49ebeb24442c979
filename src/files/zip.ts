/**
 * Reading zip archives (PKWARE APPNOTE 6.3) as far as sessions need it: stored and deflated entries, checked.
 * No encryption, no zip64.
 */

import { inflateSync } from 'fflate';
import { DataError } from '../errors.js';
import { crc32 } from '../kernel/js-crc32.js';
import { measureDeflate } from '../kernel/js-deflate.js';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const UNIX_TYPE_MASK = 0o170000;
const UNIX_LINK = 0o120000;

export interface ZipEntry {
  readonly name: string;
  readonly isLink: boolean;
  /** Uncompressed size in bytes, as the directory of the archive says. */
  readonly size: number;
  readonly compressedSize: number;
  readonly crc32: number;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Offset of the entry's local header. */
  readonly offset: number;
}

/** An archive that is damaged or of a kind that is not supported. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/**
 * The entries in the archive's central directory.
 *
 * @throws ZipError
 */
export function readZipDirectory(archive: Uint8Array): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let p = view.getUint32(end + 16, true);
  if (count === 0xffff || p === 0xffffffff) throw new ZipError('zip64 archives are not supported');
  const entries: ZipEntry[] = [];
  const decoder = new TextDecoder();
  for (let i = 0; i < count; i++) {
    if (p + CENTRAL_BYTES > end || view.getUint32(p, true) !== CENTRAL_SIGNATURE) {
      throw new ZipError(`directory entry ${i + 1} of ${count} is damaged`);
    }
    const nameBytes = view.getUint16(p + 28, true);
    const next = p + CENTRAL_BYTES + nameBytes + view.getUint16(p + 30, true) + view.getUint16(p + 32, true);
    if (next > end) throw new ZipError(`directory entry ${i + 1} of ${count} is cut off`);
    entries.push({
      name: decoder.decode(archive.subarray(p + CENTRAL_BYTES, p + CENTRAL_BYTES + nameBytes)),
      isLink: ((view.getUint32(p + 38, true) >>> 16) & UNIX_TYPE_MASK) === UNIX_LINK,
      size: view.getUint32(p + 24, true),
      compressedSize: view.getUint32(p + 20, true),
      crc32: view.getUint32(p + 16, true),
      method: view.getUint16(p + 10, true),
      isEncrypted: (view.getUint16(p + 8, true) & ENCRYPTED) !== 0,
      offset: view.getUint32(p + 42, true),
    });
    p = next;
  }
  return entries;
}

/**
 * The content of an entry.
 *
 * @throws ZipError when it is damaged, encrypted or compressed by another method than deflate
 */
export function readZipEntry(archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const { name, offset, method, size } = entry;
  if (entry.isEncrypted) throw new ZipError(`${name} is encrypted`);
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  if (offset + LOCAL_BYTES > archive.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
    throw new ZipError(`${name} has no header at byte ${offset}`);
  }
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const end = start + entry.compressedSize;
  if (end > archive.length) throw new ZipError(`${name} is cut off`);
  const data = archive.subarray(start, end);
  if (method !== STORED && method !== DEFLATED)
    throw new ZipError(`${name}: method ${method} is not supported`);
  const content = method === STORED ? data : inflate(data, entry);
  if (content.length !== size || crc32(0, content) !== entry.crc32)
    throw new ZipError(`${name} fails its checks`);
  return content;
}

/** The size is measured first, so that nothing is allocated on the word of a forged directory. */
function inflate(data: Uint8Array, { name, size }: ZipEntry): Uint8Array {
  try {
    const walk = measureDeflate(data, 0, 0, size, size);
    let step = walk.next();
    while (!step.done) step = walk.next();
    return inflateSync(data, { out: new Uint8Array(step.value.size) });
  } catch (error) {
    if (error instanceof DataError) throw new ZipError(`${name}: ${error.message}`);
    throw error;
  }
}

/** The end record is the last of its signature whose comment reaches to the end of the file. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let p = view.byteLength - END_BYTES; p >= first; p--) {
    if (view.getUint32(p, true) !== END_SIGNATURE) continue;
    if (p + END_BYTES + view.getUint16(p + 20, true) === view.byteLength) return p;
  }
  throw new ZipError('no end of the central directory');
}
