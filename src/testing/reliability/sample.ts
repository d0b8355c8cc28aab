/** Numbers in [0, 1) that follow from the seed. https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** So many of the items, drawn by the seed, in their order; all of them when there are no more. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  const random = numbers(seed);
  // The first numbers of neighbouring seeds are alike.
  for (let i = 0; i < 8; i += 1) random();
  return items
    .map((item, index) => ({ item, index, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, count)
    .sort((a, b) => a.index - b.index)
    .map(({ item }) => item);
}
