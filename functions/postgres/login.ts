/** How to reach a database. The password is a function: whatever prints or serializes this object does not meet it. */
export interface Login {
  host: string;
  port: number;
  database: string;
  user: string;
  password: () => string;
  /** False only on this machine's own loopback, where a URL asks for it. */
  tls: boolean;
}

/** Where the login comes from: a URL, or a secret of Secrets Manager with the address beside it. */
export type LoginSource =
  | { from: 'url'; url: () => string }
  | { from: 'secret'; secretArn: string; host?: string; port?: number; database?: string };

const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** `DATABASE_URL`, or what `uses: [db.<name>]` injects. Throws when neither is there. */
export function loginSource(env: NodeJS.ProcessEnv): LoginSource {
  const { DATABASE_URL, DATABASE_SECRET_ARN, DATABASE_HOST, DATABASE_PORT, DATABASE_NAME } = env;
  if (DATABASE_URL) return { from: 'url', url: () => DATABASE_URL };
  if (!DATABASE_SECRET_ARN)
    throw new Error('neither DATABASE_URL nor DATABASE_SECRET_ARN is set: add the database to uses');
  return {
    from: 'secret',
    secretArn: DATABASE_SECRET_ARN,
    ...(DATABASE_HOST ? { host: DATABASE_HOST } : {}),
    ...(DATABASE_PORT ? { port: portOf(DATABASE_PORT, 'DATABASE_PORT') } : {}),
    ...(DATABASE_NAME ? { database: DATABASE_NAME } : {}),
  };
}

/** Nothing of the URL stands in an error: the error of `new URL` carries its input, password and all. */
export function loginOfUrl(text: string): Login {
  if (!URL.canParse(text))
    throw new Error('DATABASE_URL is no URL (special characters of a password are written as %XX)');
  const url = new URL(text);
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw new Error('DATABASE_URL does not begin with postgresql://');
  // A password with a bare / # or ? ends the address early, and what follows would be told as a host.
  if (`${url.pathname}${url.search}${url.hash}`.includes('@'))
    throw new Error('DATABASE_URL has an @ behind its address (special characters of a password are written as %XX)');
  const database = decoded(url.pathname.slice(1));
  if (!url.hostname || !url.username || !database)
    throw new Error('DATABASE_URL lacks its host, its user or its database');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const off = url.searchParams.get('sslmode') === 'disable';
  if (off && !LOOPBACK.includes(url.hostname))
    throw new Error(`DATABASE_URL switches TLS off (sslmode=disable) for ${url.hostname}: that is for loopback only`);
  const password = decoded(url.password);
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user: decoded(url.username),
    password: () => password,
    tls: !off,
  };
}

/**
 * The keys are those that AWS's own rotation functions write; the address of the environment wins, because it may be
 * that of a proxy. https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function loginOfSecret(text: string, source: LoginSource & { from: 'secret' }): Login {
  const values = secretObject(text, source.secretArn);
  const { username, password } = values;
  const host = source.host ?? values.host;
  const database = source.database ?? values.dbname;
  if (typeof username !== 'string' || typeof password !== 'string')
    throw new Error(`the secret ${source.secretArn} has no username and password`);
  if (typeof host !== 'string' || typeof database !== 'string')
    throw new Error('neither the environment nor the secret says DATABASE_HOST and DATABASE_NAME');
  const port =
    source.port ?? (values.port === undefined ? 5432 : portOf(String(values.port), 'the port of the secret'));
  return { host, port, database, user: username, password: () => password, tls: true };
}

/** What JSON.parse says of a text quotes it, so its error goes no further. */
export function secretObject(text: string, secretArn: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {}
  throw new Error(`the secret ${secretArn} is no JSON object`);
}

export function portOf(text: string, name: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name} is ${JSON.stringify(text)}, no port`);
  return port;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('DATABASE_URL has a % that begins no %XX');
  }
}
