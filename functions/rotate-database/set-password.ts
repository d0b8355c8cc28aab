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
    const login = await versions.login(stage, pending);
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
  await open(await pendingLogin(versions), connect);
}

/**
 * A schedule that does not rotate at once is tested by this step alone, with a version that nobody gave a value: then the
 * current password tells whether the way to the database is there.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html#SecretsManager-RotateSecret-request-RotateImmediately
 */
export async function testStep(versions: Versions, connect: Connect): Promise<'new' | 'current'> {
  const pending = await versions.login('AWSPENDING');
  const current = pending ?? ((await versions.isPending()) ? await versions.login('AWSCURRENT') : undefined);
  await open(current ?? (await pendingLogin(versions)), connect);
  return pending ? 'new' : 'current';
}

async function open(login: Login, connect: Connect): Promise<void> {
  const client = await connect(login);
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
