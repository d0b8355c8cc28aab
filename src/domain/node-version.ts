/** The least that `package.json` asks for. */
export const NEEDED_NODE = '22.22.2';

/** Of `1.2.3`, each number apart; a pre-release counts as its release. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const [index, number] of want!.entries()) {
    const own = have![index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}
