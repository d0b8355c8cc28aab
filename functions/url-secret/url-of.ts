import type { Login } from '../postgres/login.ts';

/** As the template composes it, with what a rotation may put into a password written as %XX (D11). */
export function urlOf({ user, password, host, port, database }: Login, query: string): string {
  const [u, p, d] = [user, password(), database].map(encoded);
  return `postgresql://${u}:${p}@${host}:${port}/${d}${query === '' ? '' : `?${query}`}`;
}

/** encodeURIComponent leaves ! ' ( ) * as they are, and some parsers of connection strings stumble over them. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
