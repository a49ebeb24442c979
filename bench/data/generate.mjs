// Makes the archives named on the command line (default: all but the 600 MB one) and prints their paths.
import { SETS, sessionFiles } from './sets.mjs';

const names =
  process.argv.length > 2 ? process.argv.slice(2) : [...SETS.keys()].filter((name) => name !== 'A600');
for (const name of names) console.log(sessionFiles(name).session);
