import type { Client } from 'pg';
import { columnName } from '../postgres/identifier.ts';
import type { Login } from '../postgres/login.ts';
import { scramVerifier } from '../postgres/scram-verifier.ts';
import type { Versions } from './versions.ts';

/** invalid_password, invalid_authorization_specification: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const REFUSED = ['28P01', '28000'];

export type Connect = (login: Login) => Promise<Client>;

/**
 * Gives the user its new password: with the new one, if a step before this has done it; else with the current one; else
 * with the one before, where somebody has rotated halfway by hand. Only a refused login leads to the next: a server that
 * does not answer says nothing about a password.
 */
export async function setPassword(versions: Versions, connect: Connect): Promise<'set' | 'set before'> {
  const pending = await pendingLogin(versions);
  const done = await tryLogin(pending, connect);
  if (done) {
    await done.end();
    return 'set before';
  }
  for (const stage of ['AWSCURRENT', 'AWSPREVIOUS'] as const) {
    const login = await versions.login(stage);
    if (!login) continue;
    requireSame(login, pending);
    const client = await tryLogin(login, connect);
    if (!client) continue;
    try {
      // Verifiers are letters, digits and $ : + / = alone, and nothing else may stand where they do.
      await client.query(`ALTER ROLE ${columnName(pending.user)} PASSWORD '${scramVerifier(pending.password())}'`);
    } finally {
      await client.end().catch(() => {});
    }
    return 'set';
  }
  throw new Error(
    'the server refuses the current password and the one before: set it to that of the secret, and rotate again',
  );
}

/** Proves that the new password opens the database. */
export async function testPassword(versions: Versions, connect: Connect): Promise<void> {
  const client = await connect(await pendingLogin(versions));
  try {
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => {});
  }
}

async function pendingLogin(versions: Versions): Promise<Login> {
  const pending = await versions.login('AWSPENDING');
  if (!pending) throw new Error('there is no version of this rotation: createSecret did not make it');
  return pending;
}

async function tryLogin(login: Login, connect: Connect): Promise<Client | undefined> {
  try {
    return await connect(login);
  } catch (error) {
    if (!REFUSED.includes((error as { code?: string }).code ?? '')) throw error;
    return undefined;
  }
}

/** A secret that was pointed elsewhere meanwhile must not lend its rights to a stranger. */
function requireSame(login: Login, pending: Login): void {
  if (login.user !== pending.user || login.host !== pending.host)
    throw new Error(
      `the version of this rotation is of ${pending.user} at ${pending.host}, not of ${login.user} at ${login.host}`,
    );
}
