/** Resuming a case of the corpus from disk, and comparing it with what is expected. */

import { expect } from 'vitest';
import { dumpResume } from '../../src/dump/dump-session.js';
import { ResumeRecorder } from '../../src/dump/recorder.js';
import { NodeDirectoryFiles } from '../../src/files/node-directory.js';
import { type ResumeOptions, resume } from '../../src/formats/resume.js';
import type { Kernel } from '../../src/kernel/kernel.js';
import type { PyDict } from '../../src/python/value.js';
import { Manifest } from '../../src/session/manifest.js';
import type { SessionState } from '../../src/session/state.js';
import { loadUnits, type UnitText } from '../../src/units/load.js';
import { difference, parsePyJson } from '../compare.js';
import { expectationOf, reduceLogErrors } from './contract.js';
import type { CorpusFolder } from './corpus.js';
import { type Outcome, outcomeOf } from './outcome.js';
import { brokenOrder } from './run-list.js';

function unitTexts(folder: CorpusFolder): UnitText[] {
  const { units } = folder.info;
  if (!units.every(({ file }) => folder.has(file))) {
    return [{ name: 'jobs.json', text: folder.text('jobs.json'), namespace: null }];
  }
  return units.map(({ file, namespace }) => ({ name: file, text: folder.text(file), namespace }));
}

interface Resumed {
  readonly outcome: Outcome;
  readonly session: SessionState | undefined;
}

async function resumeCase(folder: CorpusFolder, directory: string, kernel: Kernel): Promise<Resumed> {
  const { info } = folder;
  const place = (text: string | null) => text?.replaceAll('$CASE_DIR', directory) ?? null;
  const location = place(info.location);
  const files = new NodeDirectoryFiles(location ?? '/', {
    allowOutsideLocation: true,
    cwd: place(info.cwd) ?? '/',
  });
  const { units, problems } = loadUnits(unitTexts(folder));
  expect(problems, folder.name).toStrictEqual([]);
  const recorder = new ResumeRecorder();
  const manifest = new Manifest(parsePyJson(JSON.stringify(info.manifest ?? {})) as PyDict);
  let session: SessionState | undefined;
  const options: ResumeOptions = {
    kernel,
    units,
    flags: info.flags,
    location,
    files,
    manifest,
    onSession: (fresh) => {
      recorder.observe(fresh);
      return undefined;
    },
  };
  const outcome = await outcomeOf('resume', async () => {
    session = await resume(folder.bytes('session'), options);
    return dumpResume(session, recorder, files);
  });
  return { outcome: relocate(outcome, directory), session };
}

/** The outcome with the place of the case folder as the corpus writes it. */
export function relocate(outcome: Outcome, directory: string): Outcome {
  const replace = <T>(value: T): T => {
    if (typeof value === 'string') return value.replaceAll(directory, '$CASE_DIR') as T;
    if (Array.isArray(value)) return value.map(replace) as T;
    if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, replace(item)])) as T;
    return value;
  };
  return replace(outcome);
}

function withoutRunList(outcome: Outcome): Outcome {
  const session = new Map(outcome.get('session') as PyDict);
  session.set('run_list', [...(session.get('run_list') as readonly string[])].sort());
  return new Map(outcome).set('session', session);
}

/**
 * Resumes a case whose folder is at `directory` and holds it against its expectation.
 *
 * @param comparable reduces both dumps to what is to be compared
 */
export async function expectCase(
  folder: CorpusFolder,
  directory: string,
  kernel: Kernel,
  comparable: (dump: Outcome) => Outcome = (dump) => dump,
): Promise<void> {
  const expected = expectationOf(folder);
  const { outcome, session } = await resumeCase(folder, directory, kernel);
  if (expected.kind === 'accepted') {
    expect(outcome.get('status'), expected.why).toBe('ok');
    return;
  }
  if (expected.kind === 'refusal') {
    const error = Object.fromEntries((outcome.get('error') as PyDict | undefined) ?? []);
    const { className, message = error.message } = expected;
    expect(error).toStrictEqual({ class: className, message });
    return;
  }
  expect(outcome.get('error')).toBeUndefined();
  const actual = comparable(reduceLogErrors(outcome));
  const wanted = comparable(expected.dump);
  if (difference(actual, wanted) === undefined) return;
  expect(difference(withoutRunList(actual), withoutRunList(wanted))).toBeUndefined();
  expect(brokenOrder(session!)).toBeUndefined();
  const severalOrders = session!.runList.some(
    (job) =>
      new Set([...job.dependsIds, ...job.afterIds, ...(job.resourceProgram?.resourceIds ?? [])]).size > 1,
  );
  expect(severalOrders, 'the order of the run list is determined').toBe(true);
}
