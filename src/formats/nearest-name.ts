/** Finding the name that somebody may have meant. */

/** Names this much longer than what is looked for are no candidates; bounds the cost of a comparison. */
const MAX_LENGTH = 300;

/**
 * The candidate that takes the fewest edits; undefined when even that one differs in more than a third of the
 * name.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let limit = Math.floor(Math.min(name.length, MAX_LENGTH) / 3);
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit || candidate.length > MAX_LENGTH) continue;
    const distance = editDistance(name, candidate);
    if (distance <= limit) {
      nearest = candidate;
      limit = distance - 1;
    }
  }
  return nearest;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + change));
    }
    previous = current;
  }
  return previous[right.length]!;
}
