import type { Secret } from '../secret.ts';

export interface PostgresAddress {
  host: string;
  port: number;
  /** Of the database inside the server. */
  name: string;
  user: string;
  password: Secret;
  /** With TLS, whoever signed the certificate: what is asked listens on this machine. */
  tls: boolean;
}

const WITHIN_MS = 10_000;

/** What `version()` says, for which one has to be let in. Throws what the connection says. */
export async function postgresVersion({ host, port, name, user, password, tls }: PostgresAddress): Promise<string> {
  const { Client } = (await import('pg')).default;
  const client = new Client({
    host,
    port,
    database: name,
    user,
    password: password.reveal(),
    ssl: tls ? { rejectUnauthorized: false } : false,
    connectionTimeoutMillis: WITHIN_MS,
    query_timeout: WITHIN_MS,
  });
  // A connection that breaks while nobody waits for an answer would otherwise end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>('SELECT version()');
    return rows[0]?.version.split(' ').slice(0, 2).join(' ') ?? '';
  } finally {
    await client.end().catch(() => undefined);
  }
}
