import type { Project } from '../../config/project.ts';
import type { Session } from '../../context.ts';
import { LOCAL_PASSWORD, LOCAL_SUPERUSER, POSTGRES } from '../../release/compose-file.ts';
import { type LocalDatabase, localRolesSql } from '../../release/local-roles.ts';
import { Secret } from '../../secret.ts';
import { type Credentials, credentialsOf, databaseAccess } from '../databases/database-access.ts';
import { awaitContainer, serviceWaitMs } from './await-containers.ts';
import type { Compose } from './compose.ts';
import type { LocalPlan } from './local-plan.ts';
import { migrateInside } from './migrate-inside.ts';
import { surroundingsInside } from './service-surroundings.ts';
import { wayInside } from './way-inside.ts';
import { groundOf, servicesOf, writeCompose } from './write-compose.ts';

interface Starting {
  project: Project;
  plan: LocalPlan;
  /** Build anew and replace, one service after the other. */
  rebuild: boolean;
}

/** Users and databases as the secrets have them, migrations, then the services. */
export async function startServices(
  session: Session,
  compose: Compose,
  { project, plan, rebuild }: Starting,
): Promise<void> {
  const { environment } = session;
  const credentials = await localCredentials(session);
  if (plan.postgres) await giveRoles(session, compose, credentials);
  const inside = await surroundingsInside(session, { credentials, inside: await wayInside(session, plan) });
  const running = await servicesOf(environment, { project, plan, inside });
  await writeCompose(compose, plan, { ...groundOf(environment, plan), ...running });
  await migrateInside(session, compose, plan);
  if (rebuild) return replaceOneByOne(session, compose, plan);
  if (plan.services.length === 0) return;
  await session.reporter.step('Starting services', async (update) => {
    await compose.run(['up', '--detach', '--no-deps', '--remove-orphans', ...plan.services]);
    for (const name of plan.services) {
      update(name);
      await awaitService(session, compose, { name, plan });
    }
  });
}

/** The next is not touched before this one is healthy: with a build that is bad the others go on as they are. */
async function replaceOneByOne(session: Session, compose: Compose, plan: LocalPlan): Promise<void> {
  for (const name of plan.services)
    await session.reporter.step(`Replacing ${name}`, async (update) => {
      update('building');
      await compose.run(['build', name]);
      update('starting');
      await compose.run(['up', '--detach', '--no-deps', '--force-recreate', name]);
      await awaitService(session, compose, { name, plan });
    });
}

function awaitService(
  session: Session,
  compose: Compose,
  { name, plan }: { name: string; plan: LocalPlan },
): Promise<void> {
  const { health } = session.environment.blocks.services[name]!;
  const port = plan.ports[name];
  return awaitContainer(session, compose, {
    container: name,
    title: `Service ${name}`,
    forMs: serviceWaitMs(health?.graceSeconds ?? 0),
    ...(health?.path && port !== undefined
      ? { url: new URL(health.path, `http://127.0.0.1:${port}`), statuses: health.matcher.split(',') }
      : {}),
  });
}

/** Those that the emulator's secrets hold. A server of others has none here: its databases get the usual user. */
async function localCredentials(session: Session): Promise<Map<string, Credentials>> {
  const found = Object.entries(session.environment.blocks.databases).map(async ([name, { engine }]) => {
    const usual = { user: LOCAL_SUPERUSER, password: new Secret('postgres', LOCAL_PASSWORD) };
    if (engine === 'shared') return [name, usual] as const;
    return [name, await credentialsOf(session, await databaseAccess(session, name))] as const;
  });
  return new Map(await Promise.all(found));
}

/** On stdin, where no list of processes shows a password. */
async function giveRoles(
  { environment, reporter }: Session,
  compose: Compose,
  credentials: ReadonlyMap<string, Credentials>,
): Promise<void> {
  const databases = Object.entries(environment.blocks.databases).map(
    ([name, { databaseName }]): LocalDatabase => ({ databaseName, ...credentials.get(name)! }),
  );
  const psql = ['psql', '--username', LOCAL_SUPERUSER, '--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1'];
  await reporter.step('Preparing the database', () =>
    compose.run(['exec', '-T', POSTGRES, ...psql], localRolesSql(databases)),
  );
}
