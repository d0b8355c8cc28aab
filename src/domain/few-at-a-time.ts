/** Does the work for each item, in their order, and never more than so many at once: each holds an answer in memory. */
export async function fewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>, most = 16): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
