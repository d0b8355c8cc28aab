import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client } from 'pg';
import { type Login, type LoginSource, loginOfSecret, loginOfUrl } from './login.ts';

const CONNECT_WITHIN_MS = 10_000;
/** invalid_password, invalid_authorization_specification: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const REFUSED_LOGIN = ['28P01', '28000'];

export interface Opening {
  source: LoginSource;
  authorities: readonly string[];
  secrets: Pick<SecretsManagerClient, 'send'>;
}

/**
 * Connections to one database. The secret is read once and kept, because a function that starts every minute would pay
 * for each reading; a login that is refused reads it again, because then it was rotated.
 */
export class Database {
  readonly #opening: Opening;
  #login: Login | undefined;

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  /** A connection of its own: to be ended by who asked for it. */
  async open(): Promise<Client> {
    const known = this.#login !== undefined;
    this.#login ??= await this.#readLogin();
    try {
      return await connect(this.#login, this.#opening.authorities);
    } catch (error) {
      if (!known || !REFUSED_LOGIN.includes((error as { code?: string }).code ?? '')) throw error;
      this.#login = await this.#readLogin();
      return connect(this.#login, this.#opening.authorities);
    }
  }

  async #readLogin(): Promise<Login> {
    const { source, secrets } = this.#opening;
    if (source.from === 'url') return loginOfUrl(source.url());
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: source.secretArn }));
    return loginOfSecret(SecretString, source);
  }
}

/** With TLS, verified, and a server that answers in ten seconds. */
export async function connect(login: Login, authorities: readonly string[]): Promise<Client> {
  const client = new Client({
    host: login.host,
    port: login.port,
    database: login.database,
    user: login.user,
    password: () => login.password(),
    ssl: login.tls ? { rejectUnauthorized: true, ca: [...authorities], minVersion: 'TLSv1.2' } : false,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
  });
  // A connection that breaks while nobody waits for an answer would otherwise end the process; the next query tells.
  client.on('error', () => {});
  await client.connect();
  return client;
}
