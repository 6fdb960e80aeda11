/** The candidate that was probably meant by a word that is none of them. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  const written = word.toLowerCase().slice(0, 100);
  const scored = candidates
    .map((candidate) => ({ candidate, distance: distance(written, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const closest = scored.find(({ candidate, distance: steps }) => steps <= Math.max(1, candidate.length / 3));
  const begun = candidates.find((candidate) => written.length > 2 && candidate.toLowerCase().startsWith(written));
  return begun ?? closest?.candidate;
}

/** How many letters to insert, leave out, replace or swap. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1, isSwap ? before[j - 2] + 1 : Number.POSITIVE_INFINITY);
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
