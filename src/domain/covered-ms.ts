/** Milliseconds that at least one of the intervals covers: waiting side by side counts once. */
export function coveredMs(intervals: readonly { from: number; to: number }[]): number {
  let covered = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return covered;
}
