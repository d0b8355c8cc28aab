/** What is known of a key from its declaration. */
export interface DeclaredKey {
  required: boolean;
  phase: 'before-deploy' | 'after-deploy';
}

export interface ContractInput {
  declared: Readonly<Record<string, DeclaredKey>>;
  /** What the file says, each value as a hash under a key of this run. */
  given: ReadonlyMap<string, string>;
  /** Keys with a default or a generated value, for where there is none yet. */
  fallback: ReadonlySet<string>;
  /** Keys whose default only a deployment will know, such as the name of a bucket. */
  waiting: ReadonlySet<string>;
  /** What is live, hashed under the same key. */
  live: ReadonlyMap<string, string>;
  /** The hash of nothing. */
  empty: string;
  /** Keys that services and functions refer to; `all` where one of them reads the secret as a whole. */
  referenced: ReadonlySet<string> | 'all';
  /** Whether live keys that nobody declares are to go. */
  prune: boolean;
}

/** Names of keys, never values. */
export interface Contract {
  /** Not live yet; `blank` among them as empty texts, so that a task which asks for them can start (F-44). */
  added: string[];
  changed: string[];
  unchanged: string[];
  /** Live, and the file says nothing of them. */
  kept: string[];
  removed: string[];
  /** Needed before a deployment, and without a value. */
  missing: string[];
  /** Needed once the application is up, and still empty (S3-24). */
  later: string[];
  /** Live, and nobody refers to them. */
  unused: string[];
  blank: string[];
}

/** Compares file, configuration and live secret. What is live is never taken away because a file does not have it. */
export function secretContract(input: ContractInput): Contract {
  const { declared, given, fallback, waiting, live, empty, referenced, prune } = input;
  const isDeclared = (key: string) => Object.hasOwn(declared, key);
  const isLater = (key: string) => declared[key]!.phase === 'after-deploy' || waiting.has(key);
  const optional = Object.keys(declared).filter((key) => !declared[key]!.required || isLater(key));
  const silent = [...live.keys()].filter((key) => !given.has(key));
  const removed = prune ? silent.filter((key) => !isDeclared(key)) : [];
  const absent = (key: string) => !live.has(key) && !given.has(key);
  const filled = [...fallback].filter(absent);
  const blankNow = [...fallback].filter((key) => live.get(key) === empty && !given.has(key));
  const blank = optional.filter((key) => absent(key) && !fallback.has(key));
  const added = [...[...given.keys()].filter((key) => !live.has(key)), ...filled, ...blank];

  const hasValue = (key: string): boolean => {
    if (given.has(key)) return given.get(key) !== empty;
    return fallback.has(key) || (live.has(key) && live.get(key) !== empty);
  };
  const valueless = Object.keys(declared).filter((key) => declared[key]!.required && !hasValue(key));
  const after = [...new Set([...live.keys(), ...added])].filter((key) => !removed.includes(key));
  return {
    added: sorted(added),
    changed: sorted([
      ...[...given.keys()].filter((key) => live.has(key) && live.get(key) !== given.get(key)),
      ...blankNow,
    ]),
    unchanged: sorted([...given.keys()].filter((key) => live.get(key) === given.get(key))),
    kept: sorted(silent.filter((key) => !removed.includes(key) && !blankNow.includes(key))),
    removed: sorted(removed),
    missing: sorted(valueless.filter((key) => !isLater(key))),
    later: sorted(valueless.filter(isLater)),
    unused: sorted(referenced === 'all' ? [] : after.filter((key) => !referenced.has(key))),
    blank: sorted(blank),
  };
}

export const changesSecret = ({ added, changed, removed }: Contract): boolean =>
  added.length + changed.length + removed.length > 0;

const sorted = (keys: readonly string[]): string[] => [...new Set(keys)].sort();
