/** As Route 53 keeps names: small letters, a dot at the end, other characters as octal (`*` is `\052`). */
export function normalName(name: string): string {
  const lower = name
    .toLowerCase()
    .replace(/[^a-z0-9._\\-]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** Names are ordered by their labels from the right. */
export const sortKey = (name: string): string => name.replace(/\.$/, '').split('.').reverse().join('\u0001');

export const idOf = (id: string): string => id.split('/').at(-1)!;
