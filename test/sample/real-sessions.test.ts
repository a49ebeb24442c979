/** Sessions that Checkbox itself wrote in real runs, resumed against their unit definitions. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dumpPeek } from '../../src/dump/dump-metadata.js';
import { writeDump } from '../../src/dump/dump-value.js';
import { peekSync } from '../../src/index.js';
import { isPyDict, type PyDict, type PyValue } from '../../src/python/value.js';
import { difference, parsePyJson } from '../compare.js';
import { CorpusFolder } from '../corpus/corpus.js';
import { comparable, type Outcome } from '../corpus/outcome.js';
import { expectCase } from '../corpus/resume-case.js';
import { kernels } from '../kernels.js';
import { realNames, realRoot } from './real.js';

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The files below a folder, without record files and other companions. */
function folderAt(name: string, files: Readonly<Record<string, string>>): CorpusFolder {
  return new CorpusFolder(
    name,
    new Map(Object.entries(files).map(([file, path]) => [file, new Uint8Array(readFileSync(path))])),
  );
}

const examples = place('../../examples');
const sample = folderAt('sample', {
  session: join(examples, 'laptop-quick.session/session'),
  'units/laptop.pxu': join(examples, 'units/laptop.pxu'),
  'units/plan.pxu': join(examples, 'units/plan.pxu'),
  'case.json': place('case.json'),
  'expected.json': place('expected.json'),
  'expected-peek.json': place('expected-peek.json'),
});

function withoutUnitData(dump: Outcome): Outcome {
  const session = new Map(dump.get('session') as PyDict);
  const added = session.get('added_units') as readonly PyValue[];
  session.set(
    'added_units',
    added.map((unit) =>
      isPyDict(unit) ? new Map([...unit].filter(([key]) => key === 'kind' || key === 'id')) : unit,
    ),
  );
  return new Map(dump).set('session', session);
}

function expectPeek(folder: CorpusFolder, kernel: (typeof kernels)[number]): void {
  const actual = comparable(parsePyJson(writeDump(dumpPeek(peekSync(folder.bytes('session'), { kernel })))));
  expect(difference(actual, comparable(parsePyJson(folder.bytes('expected-peek.json'))))).toBeUndefined();
}

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))('real sessions, kernel %s', (_name, kernel) => {
  it('peeks at and resumes the sample session', async () => {
    expectPeek(sample, kernel);
    await expectCase(sample, examples, kernel);
  });

  it.each(realNames)('peeks at and resumes %s', async (name) => {
    const directory = join(realRoot, name);
    const names = readdirSync(directory).filter((file) => file !== 'io-logs');
    const folder = folderAt(name, Object.fromEntries(names.map((file) => [file, join(directory, file)])));
    expectPeek(folder, kernel);
    await expectCase(folder, directory, kernel, withoutUnitData);
  });
});
