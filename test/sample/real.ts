/** Sessions of real runs whose unit definitions we may not ship; they are there where the corpus itself is. */

import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const realRoot = fileURLToPath(new URL('../../../shared/corpus/real', import.meta.url));
export const realNames: readonly string[] = existsSync(realRoot) ? readdirSync(realRoot) : [];
