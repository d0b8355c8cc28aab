/** More are never offered to a person, and a hostile file may hold thousands. */
const MAX_CANDIDATES = 300;

/** The candidate that was probably meant, or undefined when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > 64) return undefined;
  const folded = fold(word);
  let best: string | undefined;
  let least = Math.min(3, Math.floor(folded.length / 3) + 1) + 1;
  for (const candidate of [...candidates].slice(0, MAX_CANDIDATES)) {
    const distance = farness(folded, fold(candidate));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** `production` is near `prod`: people lengthen and shorten words. */
function farness(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const distance = Math.abs(a.length - b.length) > 3 ? Number.POSITIVE_INFINITY : editDistance(a, b);
  return short.length >= 3 && long.startsWith(short) ? Math.min(distance, 1.5) : distance;
}

/** `log-retention_days` and `logRetentionDays` are the same word to a person. */
const fold = (word: string) => word.toLowerCase().replaceAll(/[-_ ]/g, '');

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, before[column - 2]! + 1);
      current.push(cost);
    }
    [before, above] = [above, current];
  }
  return above[b.length]!;
}
