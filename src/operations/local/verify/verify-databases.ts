import { postgresVersion } from '../../../process/ask-postgres.ts';
import { POSTGRES } from '../../../release/compose-file.ts';
import { type Credentials, credentialsOf, databaseAccess } from '../../databases/database-access.ts';
import type { Compose } from '../compose.ts';
import { check, type Finding, type VerifyCheck, type VerifyScene } from './verify-check.ts';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/;

/** Each database lets its own user in: that of the container, and that of the emulator where it really runs one. */
export async function verifyDatabases(
  { session, plan }: VerifyScene,
  compose: Compose | undefined,
): Promise<VerifyCheck[]> {
  const { databases } = session.environment.blocks;
  const runs =
    compose !== undefined &&
    (await compose.containers()).some(({ service, state }) => service === POSTGRES && state === 'running');
  const found = Object.entries(databases).map(async ([name, { engine, databaseName }]) => {
    const component = `databases.${name}`;
    const own = engine !== 'shared';
    const container = check(
      session,
      { component, id: 'container', title: 'The database of the container lets its user in' },
      async (): Promise<Finding> => {
        if (!plan.postgres || !runs) return { skipped: 'its container does not run' };
        if (!own) return { skipped: 'it is in the cluster of another environment' };
        const credentials = await credentialsOf(session, await databaseAccess(session, name));
        return ask({ host: '127.0.0.1', port: plan.postgres.port, name: databaseName, tls: false }, credentials);
      },
    );
    const emulated = check(
      session,
      { component, id: 'emulated', title: 'The database of the emulator lets its user in' },
      async (): Promise<Finding> => {
        if (!own) return { skipped: 'it is in the cluster of another environment' };
        const access = await databaseAccess(session, name);
        if (!LOOPBACK.test(access.host))
          return { skipped: `no server runs: ${access.host} is an address of AWS, and this machine has no PostgreSQL` };
        const tls = session.target.sandbox;
        return ask(
          { host: access.host, port: access.port, name: access.name, tls },
          await credentialsOf(session, access),
        );
      },
    );
    return Promise.all([container, emulated]);
  });
  return (await Promise.all(found)).flat();
}

type Place = Omit<Parameters<typeof postgresVersion>[0], 'user' | 'password'>;

const ask = (place: Place, { user, password }: Credentials): Promise<string> =>
  postgresVersion({ ...place, user, password });
