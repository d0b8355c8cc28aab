interface Page<T> {
  items: T[];
  /** Absent on the last page. */
  next?: string;
}

/**
 * One page of a list. Tokens are opaque to clients; what we put into one is the position of the next item.
 * Calls `refuse`, which throws as the service does, when the token was not made here.
 */
export function page<T>(
  items: readonly T[],
  { size, token, refuse }: { size: number; token?: string | undefined; refuse: () => never },
): Page<T> {
  const start = token === undefined ? 0 : positionOf(token);
  if (start === undefined || start > items.length) return refuse();
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { next: Buffer.from(`position=${end}`).toString('base64') } : {}),
  };
}

function positionOf(token: string): number | undefined {
  const match = /^position=(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'));
  return match ? Number(match[1]) : undefined;
}
