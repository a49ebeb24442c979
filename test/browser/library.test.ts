/** The library in a real browser: the suites of the readers, workers, directories, a strict policy. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CorpusFolder, corpus, corpusCases } from '../corpus/corpus.js';
import { closePages, launchChromium, newPage } from './chromium.js';
import { serveLibrary } from './library-page.js';
import { type CoreCase, outcomesOf } from './page/core-case.js';
import { exampleFiles, SAMPLE } from './sample.js';
import type { ServedContent } from './server.js';
import { largeSession } from './sessions.js';

let browser: Browser;
let served: ServedContent;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), serveLibrary()]);
});

afterEach(() => closePages(browser));
afterAll(async () => {
  served.close();
  await browser.close();
});

async function openPage(url = served.url): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(url);
  await page.waitForFunction(() => 'library' in globalThis);
  return page;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Where log names of cases count from; the same place in Node and on the page. */
const LOCATION = '/case';

function coreCase(folder: CorpusFolder): CoreCase {
  const { units, flags, location } = folder.info;
  const texts = units.every(({ file }) => folder.has(file))
    ? units.map(({ file, namespace }) => ({ name: file, text: folder.text(file), namespace }))
    : [{ name: 'jobs.json', text: folder.text('jobs.json'), namespace: null }];
  return {
    name: folder.name,
    session: base64(folder.bytes('session')),
    files: folder
      .names()
      .flatMap((path) => (path.startsWith('io-logs/') ? [[path, base64(folder.bytes(path))]] : [])),
    units: texts,
    flags,
    location: location === null ? null : LOCATION,
  };
}

describe('peek, open and resume', () => {
  const everyCase: CoreCase[] = [];
  const expected: (readonly string[])[] = [];

  beforeAll(async () => {
    for (const folder of await corpusCases()) everyCase.push(coreCase(folder));
    const hostile = (await corpus()).get('hostile')!;
    const { entries, namespace } = JSON.parse(hostile.text('manifest.json'));
    const units = [{ name: 'units.pxu', text: hostile.text('units.pxu'), namespace }];
    for (const { file } of entries as { file: string }[]) {
      const session = base64(hostile.bytes(file));
      everyCase.push({ name: file, session, files: [], units, flags: null, location: LOCATION });
    }
    for (const item of everyCase) expected.push(await outcomesOf(item, 'js'));
    served.content.set('cases.json', JSON.stringify(everyCase));
  });

  it.each([
    ['on the main thread, kernel js', 'runCases', 'js'],
    ['on the main thread, kernel wasm', 'runCases', 'wasm'],
    ['in a worker, kernel js', 'runCasesInWorker', 'js'],
    ['in a worker, kernel wasm', 'runCasesInWorker', 'wasm'],
  ] as const)('give what they give in Node, %s', async (_where, run, kernel) => {
    expect(everyCase.length).toBeGreaterThan(1500);
    const page = await openPage();
    const actual = await page.evaluate(([name, choice]) => globalThis.library[name]('/cases.json', choice), [
      run,
      kernel,
    ] as const);
    const different = everyCase.filter((_item, index) => String(actual[index]) !== String(expected[index]));
    expect(different.map(({ name }) => name)).toEqual([]);
  });

  it('take the kernel that was asked for', async () => {
    const page = await openPage();
    const session = base64(readFileSync(join(SAMPLE, 'session')));
    const names = await page.evaluate(
      async (text) => [
        await globalThis.library.kernelOf(text, 'js'),
        await globalThis.library.kernelOf(text, 'wasm'),
      ],
      session,
    );
    expect(names).toEqual(['js', 'wasm-simd']);
  });
});

describe('openInWorker', () => {
  it('answers from a session directory with its logs', async () => {
    const page = await openPage();
    const files = exampleFiles('laptop-quick.session').map(([path, bytes]) => [path, base64(bytes)] as const);
    const answers = await page.evaluate(async (packed) => {
      const decode = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const entries = packed.map(([path, text]) => [path, new Blob([decode(text)])] as const);
      const session = await globalThis.library.openInWorker(entries);
      const id = 'com.example.laptop::memory/bandwidth';
      const page = await session.logPage(id, 0, 0, 10);
      const result = {
        overview: await session.overview(),
        jobs: await session.jobs(0, 2),
        attempts: await session.attempts(id),
        log: await session.log(id, 0),
        text: new TextDecoder().decode(page.data),
        streams: page.streams,
        found: [...(await session.findInLog(id, 0, 'TRIAD'))],
        bytes: (await (await session.logBytes(id, 0, 'stderr')).text()).length,
        searched: await session.searchLogs('below 8000'),
        node: await session.node(['session', 'metadata', 'title']),
        children: (await session.children(['session'], 0, 2)).map(({ key }) => key),
        title: await session.valueText(['session', 'metadata', 'title']),
        blob: new TextDecoder().decode((await session.appBlob()) ?? new Uint8Array()),
        problems: await session.problems(),
        largest: (await session.sizes())[0]?.path,
        unknown: await session.attempts('no such job'),
      };
      session.close();
      return result;
    }, files);
    expect(answers.overview).toMatchObject({
      version: 11,
      title: 'laptop-quick',
      lastJobId: 'com.example.laptop::power/stress',
      isLastJobRunning: true,
      jobCount: 14,
      leftCount: 3,
      problemCount: 0,
      hasFiles: true,
      directory: 'laptop-quick.session',
    });
    expect(answers.jobs.map(({ partialId }) => partialId)).toEqual(['cpu/info', 'memory/info']);
    expect(answers.attempts).toMatchObject([{ outcome: 'fail', returnCode: '1' }]);
    expect(answers.log).toEqual({ records: 3, bytes: 85, problem: undefined });
    expect(answers.text).toContain('triad: 1920 MB/s');
    expect(answers.streams).toEqual(['stdout', 'stdout', 'stderr']);
    expect(answers.found).toEqual([2]);
    expect(answers.bytes).toBeGreaterThan(20);
    expect(answers.searched).toEqual(['com.example.laptop::memory/bandwidth']);
    expect(answers.node).toMatchObject({ kind: 'string', text: 'laptop-quick' });
    expect(answers.children).toEqual(['desired_job_list', 'jobs']);
    expect(answers.title).toBe('laptop-quick');
    expect(JSON.parse(answers.blob)).toMatchObject({ testplan_id: 'com.example.laptop::quick' });
    expect(answers.problems).toEqual([]);
    expect(answers.largest).toBe('$.session.results');
    expect(answers.unknown).toEqual([]);
  });

  it('rejects with the class and the facts of an error', async () => {
    const page = await openPage();
    const error = await page.evaluate(async () => {
      const { openInWorker, CorruptedSessionError, DataError } = globalThis.library;
      try {
        await openInWorker(new Blob(['no gzip at all']));
        return undefined;
      } catch (thrown) {
        if (!(thrown instanceof CorruptedSessionError)) return { thrown: String(thrown) };
        const { code, message, offset, cause } = thrown;
        return { code, message, offset, cause: cause instanceof DataError };
      }
    });
    expect(error).toEqual({
      code: 'gzip-not-gzip',
      message: expect.any(String),
      offset: expect.any(Number),
      cause: true,
    });
  });

  it('tells how far it is, and ends on a signal', async () => {
    const page = await openPage();
    served.content.set('large', largeSession({ jobs: 2000, lines: 20 }));
    const outcome = await page.evaluate(async () => {
      const blob = await (await fetch('/large')).blob();
      const stages = new Set<string>();
      const session = await globalThis.library.openInWorker(blob, {
        onProgress: ({ stage }) => stages.add(stage),
      });
      session.close();
      const afterwards = await session.overview().then(String, (error: Error) => error.message);
      const controller = new AbortController();
      const aborted = globalThis.library.openInWorker(blob, { signal: controller.signal });
      controller.abort(new Error('enough'));
      return {
        stages: [...stages],
        afterwards,
        aborted: await aborted.then(String, (error: Error) => error.message),
      };
    });
    expect(outcome).toEqual({
      stages: expect.arrayContaining(['read']),
      afterwards: 'the session was closed',
      aborted: 'enough',
    });
  });
});

describe('directories', () => {
  it('a directory handle is a place for files', async () => {
    const page = await openPage();
    const files = exampleFiles('laptop-quick.session').map(([path, bytes]) => [path, base64(bytes)] as const);
    const outcome = await page.evaluate(async (packed) => {
      const { DirectoryHandleFiles, openInWorker } = globalThis.library;
      const root = await navigator.storage.getDirectory();
      for (const [path, text] of packed) {
        const names = path.split('/');
        const name = names.pop()!;
        let directory = root;
        for (const part of names) directory = await directory.getDirectoryHandle(part, { create: true });
        const stream = await (await directory.getFileHandle(name, { create: true })).createWritable();
        await stream.write(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
        await stream.close();
      }
      const handle = await root.getDirectoryHandle('laptop-quick.session');
      const local = new DirectoryHandleFiles(handle);
      const codeOf = async (path: string) => {
        try {
          return String((await local.read(path)).length);
        } catch (error) {
          return (error as { code?: string }).code;
        }
      };
      // The directory above it: the session is found in it.
      const session = await openInWorker(root);
      const overview = await session.overview();
      const log = await session.log('com.example.laptop::memory/bandwidth', 0);
      session.close();
      return {
        list: await local.list(),
        logs: (await local.list('io-logs')).length,
        stats: await Promise.all(
          ['session', 'io-logs', 'none', '../x', 'session/x'].map((path) => local.stat(path)),
        ),
        codes: await Promise.all(['io-logs', 'none', '/etc/passwd', 'session/'].map(codeOf)),
        directory: overview.directory,
        records: log.records,
      };
    }, files);
    expect(outcome).toEqual({
      list: ['io-logs', 'session'],
      logs: exampleFiles('laptop-quick.session').length - 1,
      stats: [
        { kind: 'file', size: readFileSync(join(SAMPLE, 'session')).length },
        { kind: 'directory', size: 0 },
        undefined,
        { kind: 'outside', size: 0 },
        undefined,
      ],
      codes: ['missing-file', 'missing-file', 'outside-location', 'missing-file'],
      directory: 'laptop-quick.session',
      records: 3,
    });
  });

  it('several sessions in a directory are told', async () => {
    const page = await openPage();
    const error = await page.evaluate(async () => {
      const entries = ['a.session/session', 'b.session/session'].map((path) => [path, new Blob([])] as const);
      return globalThis.library
        .openInWorker(entries)
        .then(String, ({ code, message }) => ({ code, message }));
    });
    expect(error).toEqual({
      code: 'several-sessions',
      message: '2 sessions in the directory: a.session, b.session',
    });
  });
});

describe('a policy that refuses WebAssembly', () => {
  it('is served by the JS kernel, on the page and in a worker, which says so', async () => {
    const strict = await serveLibrary(
      "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'",
    );
    try {
      strict.content.set('large', largeSession({ jobs: 2000, lines: 20 }));
      const page = await openPage(strict.url);
      const outcome = await page.evaluate(async () => {
        const blob = await (await fetch('/large')).blob();
        const local = await globalThis.library.open(blob);
        const session = await globalThis.library.openInWorker(blob);
        const { kernel, wasmRefusal, jobCount } = await session.overview();
        session.close();
        const forced = await globalThis.library
          .open(blob, { kernel: 'wasm' })
          .then(String, (error: Error) => error.name);
        return { local: local.kernel, kernel, wasmRefusal, jobCount, forced };
      });
      expect(outcome).toEqual({
        local: 'js',
        kernel: 'js',
        wasmRefusal: expect.stringContaining('Content Security policy'),
        jobCount: 2000,
        forced: 'CompileError',
      });
    } finally {
      strict.close();
    }
  });

  it('is not mentioned where WebAssembly serves', async () => {
    const page = await openPage();
    served.content.set('large', largeSession({ jobs: 2000, lines: 20 }));
    const overview = await page.evaluate(async () => {
      const session = await globalThis.library.openInWorker(await (await fetch('/large')).blob());
      return session.overview();
    });
    expect(overview).toMatchObject({ kernel: 'wasm-simd' });
    expect(overview.wasmRefusal).toBeUndefined();
  });
});
