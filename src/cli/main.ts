#!/usr/bin/env node
/** The program `plainbox-session`. */

import { processIO } from './node-io.js';
import { run } from './program.js';

process.exitCode = await run(process.argv.slice(2), processIO());
