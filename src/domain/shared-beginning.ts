/** What all of the names begin with; empty when they have nothing in common. */
export function sharedBeginning(names: readonly string[]): string {
  let [shared = ''] = names;
  for (const name of names) while (!name.startsWith(shared)) shared = shared.slice(0, -1);
  return shared;
}
