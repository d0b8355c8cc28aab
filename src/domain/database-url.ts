export interface DatabaseAddress {
  host: string;
  port: number;
  /** Of the database inside the server. */
  name: string;
  user: string;
}

/** What stands for a password that is not shown. */
export const MASKED = '****';

/**
 * A connection URL as libpq and the drivers read it. TLS is asked for by name: RDS refuses anything else from
 * PostgreSQL 15 on (F-79), and a container on this machine has none. Reserved characters are escaped, which not every tool does for itself (F-81).
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export const databaseUrl = (
  { host, port, name, user }: DatabaseAddress,
  password: string | undefined,
  sslmode: 'require' | 'disable' = 'require',
): string =>
  `postgresql://${escaped(user)}:${password === undefined ? MASKED : escaped(password)}@${host}:${port}/${escaped(name)}?sslmode=${sslmode}`;

/** Everything but letters, digits, `-`, `.`, `_` and `~`: RFC 3986, 2.3. */
const escaped = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
