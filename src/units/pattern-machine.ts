/**
 * Running a compiled regular expression over an id: all alternatives at once, so that the cost is at most
 * instructions times characters, whatever the pattern (spec `deviations.md` E: bounded).
 */

/** One step of a compiled pattern; targets are indexes into the program. */
export type Instruction =
  | { readonly op: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly op: 'jump'; readonly targets: readonly number[] }
  | { readonly op: 'place'; readonly holds: (characters: readonly string[], at: number) => boolean }
  | { readonly op: 'match' };

/** Whether the program matches `characters` from `start` on, up to any place. */
export function runsFrom(
  program: readonly Instruction[],
  characters: readonly string[],
  start: number,
): boolean {
  /** Place at which each instruction was last reached: each counts once per place. */
  const reachedAt = new Int32Array(program.length).fill(-1);
  let open = [0];
  let waiting: number[] = [];
  for (let at = start; open.length > 0; at++) {
    const character = characters[at];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (reachedAt[index] === at) continue;
      reachedAt[index] = at;
      const instruction = program[index]!;
      if (instruction.op === 'character') {
        if (character !== undefined && instruction.accepts(character)) waiting.push(index + 1);
      } else if (instruction.op === 'jump') {
        for (const target of instruction.targets) open.push(target);
      } else if (instruction.op === 'match') {
        return true;
      } else if (instruction.holds(characters, at)) {
        open.push(index + 1);
      }
    }
    [open, waiting] = [waiting, open];
  }
  return false;
}
