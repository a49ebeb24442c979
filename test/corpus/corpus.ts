/** The cases made by the reference program (see README.md inside the archive), unpacked in memory. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { unpackTar } from 'modern-tar';

export interface CaseInfo {
  readonly name: string;
  readonly description: string;
  readonly version: number;
  readonly tags: readonly string[];
  readonly flags: readonly string[] | null;
  readonly location: string | null;
  readonly cwd: string | null;
  readonly manifest: Readonly<Record<string, unknown>> | null;
  readonly units: readonly { readonly file: string; readonly namespace: string | null }[];
}

/** A folder of the corpus: file name, relative to the folder, to bytes. */
export class CorpusFolder {
  constructor(
    readonly name: string,
    private readonly files: ReadonlyMap<string, Uint8Array>,
  ) {}

  /** A file's bytes; big files are stored with an additional `.gz`. */
  bytes(file: string): Uint8Array {
    const plain = this.files.get(file);
    if (plain !== undefined) return plain;
    const packed = this.files.get(`${file}.gz`);
    if (packed === undefined) throw new Error(`${this.name} has no ${file}`);
    return gunzipSync(packed);
  }

  has(file: string): boolean {
    return this.files.has(file) || this.files.has(`${file}.gz`);
  }

  text(file: string): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes(file));
  }

  names(): string[] {
    return [...this.files.keys()];
  }

  get info(): CaseInfo {
    return JSON.parse(this.text('case.json'));
  }

  /** Writes the folder to disk, for cases whose files are opened. */
  writeTo(directory: string): void {
    for (const [file, bytes] of this.files) {
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), bytes);
    }
  }
}

let folders: Promise<ReadonlyMap<string, CorpusFolder>> | undefined;

/** All folders by name: `cases/NAME` and `hostile`. */
export function corpus(): Promise<ReadonlyMap<string, CorpusFolder>> {
  folders ??= load();
  return folders;
}

/** The single cases, sorted by name. */
export async function corpusCases(): Promise<CorpusFolder[]> {
  const all = await corpus();
  return [...all].filter(([name]) => name.startsWith('cases/')).map(([, folder]) => folder);
}

async function load(): Promise<ReadonlyMap<string, CorpusFolder>> {
  const tar = brotliDecompressSync(readFileSync(new URL('corpus.tar.br', import.meta.url)));
  const files = new Map<string, Map<string, Uint8Array>>();
  for (const { header, data } of await unpackTar(tar)) {
    const path = /^(cases\/[^/]+|hostile)\/(.+)$/.exec(header.name);
    if (path === null || data === undefined || header.type === 'directory') continue;
    const [, folder, file] = path as unknown as [string, string, string];
    if (!files.has(folder)) files.set(folder, new Map());
    files.get(folder)!.set(file, data);
  }
  return new Map([...files].sort().map(([name, content]) => [name, new CorpusFolder(name, content)]));
}
