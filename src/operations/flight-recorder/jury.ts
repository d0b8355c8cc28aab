import type { Cause } from '../../diagnosis/cause.ts';

type Certain = Extract<Cause, { certainty: 'certain' }>;

/**
 * Decides when waiting is hopeless. A certain cause that every attempt meets needs one task; one that may pass needs two
 * different tasks with the same cause. What passes by itself, and what is only possible, never decides: a slow start is
 * none of them.
 */
export class Jury {
  readonly #tasks = new Map<string, Set<string>>();

  /** What was found in one task; answers with the cause that makes it hopeless. */
  hear(task: string, causes: readonly Cause[]): Certain | undefined {
    for (const cause of causes) {
      if (cause.certainty !== 'certain' || cause.recurs === 'passing') continue;
      if (cause.recurs === 'always') return cause;
      const name = JSON.stringify([cause.id, cause.subject]);
      const tasks = this.#tasks.get(name) ?? new Set();
      this.#tasks.set(name, tasks.add(task));
      if (tasks.size >= 2) return cause;
    }
    return undefined;
  }
}

/** The likeliest first: what is certain before what is possible, and what was found more often before the rest; each once. */
export function ranked(found: readonly (readonly Cause[])[]): Cause[] {
  const byName = new Map<string, { cause: Cause; times: number }>();
  for (const cause of found.flat()) {
    const name = JSON.stringify([cause.id, cause.subject]);
    const known = byName.get(name);
    if (!known) byName.set(name, { cause, times: 1 });
    else {
      known.times += 1;
      if (known.cause.certainty === 'possible' && cause.certainty === 'certain') known.cause = cause;
    }
  }
  return [...byName.values()]
    .toSorted(
      (a, b) => Number(b.cause.certainty === 'certain') - Number(a.cause.certainty === 'certain') || b.times - a.times,
    )
    .map(({ cause }) => cause);
}
