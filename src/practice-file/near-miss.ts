/** The candidate closest to a mistyped word; undefined when none is close enough. */
export function nearMiss(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 60) return undefined;
  const typed = folded(word);
  const tolerance = typed.length <= 4 ? 1 : 2;
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > 4) continue;
    const distance = editDistance(typed, folded(candidate));
    if (distance <= tolerance && distance < Math.min(best?.distance ?? Number.POSITIVE_INFINITY, typed.length)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** The suffix ` (did you mean "quay"?)`; empty when no candidate is close. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = nearMiss(word, candidates);
  return meant === undefined ? "" : ` (did you mean "${meant}"?)`;
}

// Another naming convention (public_name, publicname) counts as no difference.
function folded(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, "");
}

/** The edit distance with swaps of neighbours (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
