import { expect, it } from 'vitest';
import * as entry from '../../src/node.js';

it('plainbox-session/node exports', () => {
  expect(Object.keys(entry).sort()).toEqual([
    'LockedStorageError',
    'NodeDirectoryFiles',
    'SessionStorage',
    'StorageError',
    'archiveKind',
    'defaultRepository',
    'diagnose',
    'doctor',
    'judgeCheckpoint',
    'judgeRepository',
    'listRepository',
    'loadProvider',
    'loadUnitFiles',
    'openArchive',
    'openSessionPath',
  ]);
});
