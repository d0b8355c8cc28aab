/** As browsers give up, roughly; a way of more than this is none. */
const MOST_HOPS = 10;

export interface Hop {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
}

/**
 * The way on which an address is redirected to itself for ever (F-63); undefined when it ends somewhere, or leads to
 * another host. `ask` sends one request, and rejects when nobody answers.
 */
export async function redirectLoop(
  start: URL,
  first: Hop,
  ask: (url: URL) => Promise<Hop>,
): Promise<string[] | undefined> {
  const way = [start.href];
  let at = start;
  let answer = first;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status > 399 || location === undefined || !URL.canParse(location, at.href))
      return undefined;
    at = new URL(location, at);
    at.hash = '';
    if (at.hostname !== start.hostname) return undefined;
    const seen = way.includes(at.href);
    way.push(at.href);
    if (seen) return way;
    answer = await ask(at);
  }
  return way;
}
