import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dumpResume } from '../../src/dump/dump-session.js';
import { ResumeRecorder } from '../../src/dump/recorder.js';
import { NodeDirectoryFiles } from '../../src/files/node-directory.js';
import { type ResumeOptions, resume, resumeSync } from '../../src/formats/resume.js';
import type { Kernel } from '../../src/kernel/kernel.js';
import type { PyDict } from '../../src/python/value.js';
import { Manifest } from '../../src/session/manifest.js';
import type { SessionState } from '../../src/session/state.js';
import { loadUnits, type UnitText } from '../../src/units/load.js';
import { difference, parsePyJson } from '../compare.js';
import { kernels } from '../kernels.js';
import { allowedVerdicts, expectationOf, reduceLogErrors, withDeviations } from './contract.js';
import { type CorpusFolder, corpus, corpusCases } from './corpus.js';
import { type HostileEntry, type Outcome, outcomeOf, sameMessage, verdictOf } from './outcome.js';
import { brokenOrder } from './run-list.js';

const cases = await corpusCases();
const hostile = (await corpus()).get('hostile')!;
const temporary = mkdtempSync(join(tmpdir(), 'corpus-'));
// Deep enough for names that climb out of their folder to lead nowhere.
const root = join(temporary, 'some', 'folders', 'down');
for (const folder of [...cases, hostile]) folder.writeTo(join(root, folder.name));
afterAll(() => rmSync(temporary, { recursive: true }));

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

async function resumeCase(folder: CorpusFolder, kernel: Kernel): Promise<Resumed> {
  const { info } = folder;
  const directory = join(root, folder.name);
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
function relocate(outcome: Outcome, directory: string): Outcome {
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

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))(
  'resume, kernel %s',
  (_name, kernel) => {
    it.each(cases.map((folder) => [folder.name, folder] as const))('%s', async (_folder, folder) => {
      const expected = expectationOf(folder);
      const { outcome, session } = await resumeCase(folder, kernel);
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
      const actual = reduceLogErrors(outcome);
      if (difference(actual, expected.dump) === undefined) return;
      expect(difference(withoutRunList(actual), withoutRunList(expected.dump))).toBeUndefined();
      expect(brokenOrder(session!)).toBeUndefined();
      const severalOrders = session!.runList.some(
        (job) =>
          new Set([...job.dependsIds, ...job.afterIds, ...(job.resourceProgram?.resourceIds ?? [])]).size > 1,
      );
      expect(severalOrders, 'the order of the run list is determined').toBe(true);
    });

    it('keeps the contract for every hostile input', async () => {
      const { entries, namespace }: { entries: readonly HostileEntry[]; namespace: string } = JSON.parse(
        hostile.text('manifest.json'),
      );
      const accepted = parsePyJson(hostile.bytes('expected-ok.json')) as PyDict;
      const directory = join(root, hostile.name);
      const files = new NodeDirectoryFiles(directory, { allowOutsideLocation: true });
      const texts = [{ name: 'units.pxu', text: hostile.text('units.pxu'), namespace }];
      const { units } = loadUnits(texts);
      const failures: string[] = [];
      for (const entry of entries) {
        const { file, note, upstream } = entry;
        const fail = (what: string) => failures.push(`${file} ${note}: ${what}`);
        const recorder = new ResumeRecorder();
        let session: SessionState | undefined;
        const { verdict, message } = await verdictOf(async () => {
          session = resumeSync(hostile.bytes(file), {
            kernel,
            units,
            location: directory,
            files,
            onSession: (fresh) => {
              recorder.observe(fresh);
              return undefined;
            },
          });
        });
        if (!allowedVerdicts(entry).includes(verdict)) fail(`${verdict} ${message}`);
        // Deviation B: a resource job that did not run is not unknown; only what it should have generated is.
        const didNotRun = note === 'the resource job has no outcome';
        const { documented, message: expected } = upstream.resume;
        if (documented && expected !== undefined && verdict !== 'ok' && !didNotRun) {
          if (!sameMessage(message, expected)) fail(`${message}, expected ${expected}`);
        }
        const dump = accepted.get(file);
        if (dump === undefined || session === undefined) continue;
        const resumed = session;
        const actual = await outcomeOf('resume', async () => dumpResume(resumed, recorder, files));
        const ours = reduceLogErrors(relocate(actual, directory)).get('session');
        const found = difference(ours, withDeviations(hostile.bytes(file), dump as PyDict));
        if (found !== undefined) fail(found);
      }
      expect(failures).toStrictEqual([]);
    });
  },
);
