/** Rows are JSON: the bytes that statements search for stand in them as base64. */
export function toRow(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(toRow);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) => (child === undefined ? [] : [[name, toRow(child)]])),
  );
}

export function fromRow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromRow);
  if (typeof value !== 'object' || value === null) return value;
  const { $bytes } = value as { $bytes?: string };
  if ($bytes !== undefined) return Buffer.from($bytes, 'base64');
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, fromRow(child)]));
}
