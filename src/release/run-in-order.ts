export interface Ordered {
  id: string;
  after: readonly string[];
}

/**
 * Runs every item as soon as those it waits for are done, side by side wherever nothing flows between them. After a
 * failure nothing new starts; what is under way ends by itself, and then the first failure is thrown. Ids in `after`
 * that are not among the items count as done.
 */
export async function runInOrder<T extends Ordered>(
  items: readonly T[],
  run: (item: T) => Promise<void>,
): Promise<void> {
  const started = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const known = new Set(items.map(({ id }) => id));

  const start = (item: T): Promise<void> => {
    const running = started.get(item.id);
    if (running) return running;
    const waits = item.after.filter((id) => known.has(id)).map((id) => start(items.find((one) => one.id === id)!));
    const work = Promise.all(waits).then(async () => {
      if (failures.length > 0) return;
      await run(item).catch((error: unknown) => void failures.push(error));
    });
    started.set(item.id, work);
    return work;
  };

  await Promise.all(items.map(start));
  if (failures.length > 0) throw failures[0];
}
