/** What others build on: the description of the package and the names that its entry points export. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as browser from '../src/browser/index.js';
import * as plainbox from '../src/plainbox.js';
import * as report from '../src/report/index.js';
import * as units from '../src/units/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (path: string) => readFileSync(join(root, path), 'utf8');

interface Description {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** A package, as a statement or a call names it. */
const IMPORT = /(?:^(?:import|export|\}) [^'\n]*from |^import |\bimport\()'([^'.\n][^'\n]*)'/gm;

const description: Description = JSON.parse(text('package.json'));

describe('package.json', () => {
  it('says what the package is', () => {
    expect(description).toMatchObject({
      name: 'plainbox-session',
      license: 'Apache-2.0',
      type: 'module',
      sideEffects: ['./dist/browser/worker.js', './dist/cli/main.js'],
      engines: { node: '>=20.19' },
      bin: { 'plainbox-session': './dist/cli/main.js' },
      files: ['dist', 'docs/*.md', 'docs/schemas'],
    });
  });

  it('has these entry points', () => {
    const module = (path: string) => ({ types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` });
    expect(description.exports).toStrictEqual({
      '.': module('index'),
      './node': module('node'),
      './browser': module('browser/index'),
      './browser/worker': module('browser/worker'),
      './units': module('units/index'),
      './report': module('report/index'),
      './plainbox': module('plainbox'),
      './wasm': './dist/kernel-simd.wasm',
      './wasm/scalar': './dist/kernel.wasm',
      './package.json': './package.json',
    });
    for (const target of Object.values(description.exports)) {
      if (typeof target === 'string') continue;
      const source = target.default.replace(/^\.\/dist\/(.+)\.js$/, 'src/$1.ts');
      expect(existsSync(join(root, source)), source).toBe(true);
    }
  });

  it('runs nothing when the package is installed', () => {
    const names = Object.keys(description.scripts);
    expect(names.filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name))).toStrictEqual([]);
  });
});

describe('dependencies', () => {
  const documented = new Set(
    [...text('docs/dependencies.md').matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names]) => names!.split(', ')),
  );
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const imported = new Set(
    sources
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...text(`src/${name}`).matchAll(IMPORT)])
      .map(([, specifier]) => specifier!)
      .filter((specifier) => !specifier.startsWith('node:'))
      .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0]),
  );

  it('are all used by the sources, and all that is used is one of them', () => {
    expect([...imported].sort()).toStrictEqual(Object.keys(description.dependencies).sort());
  });

  it('have a reason in docs/dependencies.md', () => {
    const all = [...Object.keys(description.dependencies), ...Object.keys(description.devDependencies)];
    expect(all.filter((name) => !documented.has(name))).toStrictEqual([]);
  });
});

/** Of `plainbox-session` itself and of `/node`: test/api.test.ts, test/storage/entry.test.ts. */
describe('exported names', () => {
  const versions = Array.from({ length: 11 }, (_, index) => index + 1);

  it('plainbox-session/browser', () => {
    expect(Object.keys(browser).sort()).toStrictEqual([
      'BlobFiles',
      'DirectoryHandleFiles',
      'FOUND_RECORDS',
      'LOG_PAGE_RECORDS',
      'SessionHost',
      'VALUE_CHARACTERS',
      'chosenFiles',
      'droppedFiles',
      'locateSession',
      'openInWorker',
      'serveSession',
    ]);
  });

  it('plainbox-session/units', () => {
    expect(Object.keys(units).sort()).toStrictEqual([
      'Category',
      'InvalidJob',
      'Job',
      'ManifestEntry',
      'SetupJob',
      'Template',
      'TestPlan',
      'Unit',
      'checkUnit',
      'loadUnits',
      'parsePxu',
      'selectJobs',
      'unitsFromDump',
    ]);
  });

  it('plainbox-session/report', () => {
    expect(Object.keys(report).sort()).toStrictEqual([
      'REPORT_FORMATS',
      'SessionReport',
      'diffSessions',
      'mergeSessions',
      'reportText',
      'writeReport',
    ]);
  });

  it('plainbox-session/plainbox', () => {
    expect(Object.keys(plainbox).sort()).toStrictEqual(
      [
        'BrokenReferenceToExternalFile',
        'CorruptedSessionError',
        'EnvelopeUnpackMixIn',
        'IncompatibleJobError',
        'IncompatibleSessionError',
        'ResumeDiscardQualifier',
        'SessionResumeError',
        ...[1, 2, 3, 6, 7, 11].map((version) => `MetaDataHelper${version}MixIn`),
        ...['Peek', 'Resume', 'Suspend'].flatMap((verb) =>
          ['', ...versions].map((version) => `Session${verb}Helper${version}`),
        ),
      ].sort(),
    );
  });
});
