import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPath, normalizePath, pathInside } from '../../src/files/lexical-path.js';

describe('normalizePath', () => {
  it.each([
    ['/a/./b//c/../d/', '/a/b/d'],
    ['/../a', '/a'],
    ['a/../../b', '../b'],
    ['', '.'],
    ['/', '/'],
  ])('%j -> %j', (path, expected) => {
    expect(normalizePath(path)).toBe(expected);
  });

  it('agrees with POSIX rules but for a slash at the end', () => {
    const path = fc.array(fc.constantFrom('a', 'b', '.', '..', '', '...')).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, (sample) => {
        expect(normalizePath(sample)).toBe(posix.normalize(sample).replace(/(.)\/$/, '$1'));
      }),
    );
  });
});

it.each([
  ['/a/b', 'x', '/a/b/x'],
  ['/a/b/', '../x', '/a/b/../x'],
  ['/a', '/x', '/x'],
  ['', 'x', 'x'],
  ['/a', '', '/a/'],
])('joinPath(%j, %j)', (location, path, expected) => {
  expect(joinPath(location, path)).toBe(expected);
});

it.each([
  ['/L/a/../b', '/L/', 'b'],
  ['/L', '/L', '.'],
  ['/Lx/a', '/L', undefined],
  ['/L/../x', '/L', undefined],
  ['a/b', '/L', 'a/b'],
  ['../a', '/L', undefined],
  ['some/where/a', 'some/where', 'a'],
  ['a', '', 'a'],
  ['/a', '', undefined],
  ['/a', '/', 'a'],
])('pathInside(%j, %j)', (path, location, expected) => {
  expect(pathInside(path, location)).toBe(expected);
});
