/** The sample session, as files with their paths. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const EXAMPLES: string = fileURLToPath(new URL('../../examples', import.meta.url));
export const SAMPLE: string = join(EXAMPLES, 'laptop-quick.session');

/** All files of a directory below the examples, by path from there. */
export function exampleFiles(directory: string): (readonly [path: string, bytes: Uint8Array])[] {
  const root = join(EXAMPLES, directory);
  const names = readdirSync(root, { recursive: true }) as string[];
  return names
    .filter((name) => statSync(join(root, name)).isFile())
    .map((name) => [`${directory}/${name}`, readFileSync(join(root, name))]);
}
