/** One case for every reader, as data that a page can be given, and what the readers make of it. */

import { dumpError, dumpPeek } from '../../../src/dump/dump-metadata.js';
import { dumpResume } from '../../../src/dump/dump-session.js';
import { writeDump } from '../../../src/dump/dump-value.js';
import { ResumeRecorder } from '../../../src/dump/recorder.js';
import {
  type KernelChoice,
  MemoryFiles,
  open,
  peek,
  resume,
  SessionResumeError,
} from '../../../src/index.js';
import type { PyDict } from '../../../src/python/value.js';
import { loadUnits, type UnitText } from '../../../src/units/load.js';

/** Bytes in base64. */
export interface CoreCase {
  readonly name: string;
  readonly session: string;
  readonly files: readonly (readonly [path: string, content: string])[];
  readonly units: readonly UnitText[];
  readonly flags: readonly string[] | null;
  readonly location: string | null;
}

/** What the three readers say of a case: the same text for the same outcome. */
export async function outcomesOf(item: CoreCase, kernel: KernelChoice): Promise<readonly string[]> {
  const bytes = decode(item.session);
  const { location, flags } = item;
  const files = new MemoryFiles(
    item.files.map(([path, content]) => [path, decode(content)]),
    location ?? '',
  );
  const recorder = new ResumeRecorder();
  const { units } = loadUnits(item.units);
  const onSession: NonNullable<Parameters<typeof resume>[1]['onSession']> = (session) => {
    recorder.observe(session);
    return undefined;
  };
  return Promise.all([
    told('peek', async () => dumpPeek(await peek(new Blob([bytes]), { kernel }))),
    told('open', async () => {
      const session = await open(bytes, { kernel });
      const facts = { problems: session.problems, sizes: session.sizes(), jobs: [...session.jobs.keys()] };
      return new Map([['facts', JSON.stringify(facts)]]);
    }),
    told('resume', async () => {
      const session = await resume(bytes, { kernel, units, flags, location, files, onSession });
      return dumpResume(session, recorder, files);
    }),
  ]);
}

/** The kernel that serves a session, by name. */
export async function kernelOf(session: string, kernel: KernelChoice): Promise<string> {
  return (await open(decode(session), { kernel })).kernel;
}

async function told(operation: string, read: () => Promise<PyDict>): Promise<string> {
  try {
    return writeDump(await read());
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    return writeDump(dumpError(operation, error));
  }
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
