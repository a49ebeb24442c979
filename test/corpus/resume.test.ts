import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dumpResume } from '../../src/dump/dump-session.js';
import { ResumeRecorder } from '../../src/dump/recorder.js';
import { NodeDirectoryFiles } from '../../src/files/node-directory.js';
import { resumeSync } from '../../src/formats/resume.js';
import type { PyDict } from '../../src/python/value.js';
import type { SessionState } from '../../src/session/state.js';
import { loadUnits } from '../../src/units/load.js';
import { difference, parsePyJson } from '../compare.js';
import { kernels } from '../kernels.js';
import { allowedVerdicts, reduceLogErrors, withDeviations } from './contract.js';
import { corpus, corpusCases } from './corpus.js';
import { type HostileEntry, outcomeOf, sameMessage, verdictOf } from './outcome.js';
import { expectCase, relocate } from './resume-case.js';

const cases = await corpusCases();
const hostile = (await corpus()).get('hostile')!;
const temporary = mkdtempSync(join(tmpdir(), 'corpus-'));
// Deep enough for names that climb out of their folder to lead nowhere.
const root = join(temporary, 'some', 'folders', 'down');
for (const folder of [...cases, hostile]) folder.writeTo(join(root, folder.name));
afterAll(() => rmSync(temporary, { recursive: true }));

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))(
  'resume, kernel %s',
  (_name, kernel) => {
    it.each(cases.map((folder) => [folder.name, folder] as const))('%s', async (_folder, folder) => {
      await expectCase(folder, join(root, folder.name), kernel);
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
