/** Sessions of real runs whose unit definitions are not ours to ship: the directory that REAL_SESSIONS names. */

import { readdirSync } from 'node:fs';

export const realRoot = process.env.REAL_SESSIONS ?? '';
export const realNames: readonly string[] = realRoot === '' ? [] : readdirSync(realRoot);
