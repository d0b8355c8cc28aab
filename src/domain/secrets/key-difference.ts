/** Keys of two versions of a secret, values as hashes under the same key. */
export interface KeyDifference {
  added: string[];
  changed: string[];
  unchanged: string[];
  removed: string[];
}

export function keyDifference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): KeyDifference {
  const both = [...after.keys()].filter((key) => before.has(key)).sort();
  return {
    added: [...after.keys()].filter((key) => !before.has(key)).sort(),
    changed: both.filter((key) => before.get(key) !== after.get(key)),
    unchanged: both.filter((key) => before.get(key) === after.get(key)),
    removed: [...before.keys()].filter((key) => !after.has(key)).sort(),
  };
}
