import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client } from 'pg';

/** The authorities of RDS, which Lambda's runtime carries and does not load by itself. */
const authorities =
  process.env.DATABASE_CA_FILE ?? join(process.env.LAMBDA_RUNTIME_DIR ?? '/var/runtime', 'ca-cert.pem');

/** Verified wherever authorities are known. A bare address without any is a server beside us, as Compose has it. */
const isBesideUs = !existsSync(authorities) && isIP(process.env.DATABASE_HOST ?? '') !== 0;

let login: { username: string; password: string } | undefined;

/** A connection of its own, to be ended by who asked for it. A login that is refused reads the secret again: it may have been rotated. */
export async function connect(): Promise<Client> {
  const known = login !== undefined;
  login ??= await readLogin();
  try {
    return await open(login);
  } catch (error) {
    if (!known || !['28P01', '28000'].includes((error as { code?: string }).code ?? '')) throw error;
    login = await readLogin();
    return open(login);
  }
}

async function open({ username, password }: { username: string; password: string }): Promise<Client> {
  const { DATABASE_HOST, DATABASE_PORT = '5432', DATABASE_NAME } = process.env;
  const client = new Client({
    host: DATABASE_HOST,
    port: Number(DATABASE_PORT),
    database: DATABASE_NAME,
    user: username,
    password,
    connectionTimeoutMillis: 10_000,
    ssl: isBesideUs
      ? { rejectUnauthorized: false }
      : { ca: [...rootCertificates, ...(existsSync(authorities) ? [readFileSync(authorities, 'utf8')] : [])] },
  });
  // The next query tells of a connection that broke; without a listener the process would end.
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function readLogin(): Promise<{ username: string; password: string }> {
  const SecretId = process.env.DATABASE_SECRET_ARN;
  const { SecretString = '' } = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId }));
  try {
    return JSON.parse(SecretString);
  } catch {
    // What JSON.parse says quotes the secret.
    throw new Error(`the secret ${SecretId} is no JSON`);
  }
}

/** All or nothing. */
export async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = '120s'");
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
