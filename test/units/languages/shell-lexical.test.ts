import { describe, expect, it } from 'vitest';
import { findShellProblem } from '../../../src/units/languages/shell-lexical.js';

describe('shell-lexical check (units.md 8.2)', () => {
  it.each([
    "echo 'hello world'",
    'echo "it\'s"',
    "echo it # it's a comment",
    "echo a#it's\nb",
    'echo \\"',
    'echo "a\\"b"',
    "echo 'a\\' b",
    "cat <<EOF\nit's\nEOF",
    '',
    "# only a comment's text",
  ])('finds nothing in %j', (command) => {
    expect(findShellProblem(command)).toBeNull();
  });

  it.each([
    ["echo 'a", "No closing quotation, near 'echo'"],
    ['echo "a', "No closing quotation, near 'echo'"],
    ["'", 'No closing quotation, near None'],
    ["a-b 'c", "No closing quotation, near 'b'"],
    ["foo # it's\nbar 'x", "No closing quotation, near 'bar'"],
    ["a 'b' 'c", "No closing quotation, near 'b'"],
    ["a it's", "No closing quotation, near 'a'"],
    ['a b\\', "No escaped character, near 'a'"],
    ['x "a\\', "No escaped character, near 'x'"],
    ['foo/bar\\', "No escaped character, near '/'"],
  ])('finds the fault of %j', (command, problem) => {
    expect(findShellProblem(command)).toBe(problem);
  });
});
