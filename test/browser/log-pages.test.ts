/** Logs as the worker gives them to a page; no browser is needed. */

import { describe, expect, it } from 'vitest';
import { SessionHost } from '../../src/browser/index.js';
import { sessionBytes } from './sessions.js';

/** Records are of stdout and stderr by turns. */
async function hostOf(log: readonly string[]): Promise<SessionHost> {
  const bytes = sessionBytes({ results: [['job', [{ outcome: 'fail', log }]]] });
  return SessionHost.open(new Blob([bytes as Uint8Array<ArrayBuffer>]));
}

describe('findInLog', () => {
  it.each<[string, readonly string[], string, number[]]>([
    ['without regard to case', ['One\n', 'two\n', 'ONE\n'], 'one', [0, 2]],
    [
      'over records of a stream, where the text ends',
      ['out of ', 'err', 'mem', 'or', 'ory\n'],
      'of memory',
      [4],
    ],
    ['not over streams', ['out of ', 'memory'], 'of memory', []],
    ['each occurrence once', ['ab', '', 'a', '', 'b', '', 'c'], 'ab', [0, 4]],
  ])('finds %s', async (_, log, text, expected) => {
    expect([...(await (await hostOf(log)).findInLog('job', 0, text))]).toEqual(expected);
  });
});

describe('searchLogs', () => {
  it.each<[string, readonly string[], string, string[]]>([
    ['without regard to case', ['One\n', 'two\n'], 'TWO', ['job']],
    ['over records of a stream', ['out of ', 'err', 'mem', 'or', 'ory\n'], 'of memory', ['job']],
    ['not over streams', ['out of ', 'memory'], 'of memory', []],
    ['nothing', ['one\n', 'two\n'], 'three', []],
  ])('finds %s', async (_, log, text, expected) => {
    expect(await (await hostOf(log)).searchLogs(text)).toEqual(expected);
  });
});
