import type { Session } from '../../context.ts';
import { type DatabaseAnswer, databaseAnswers } from '../../domain/database-answers.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { databaseClientCommand, type Interpreter } from '../../process/database-client.ts';
import { migrationComponent } from '../../release/one-off-settings.ts';
import type { Statement } from '../../release/tenant-sql.ts';
import { type OneOffPlace, oneOffPlace } from '../tasks/one-off-place.ts';
import { type OneOffOutcome, type OneOffPowers, runOneOff } from '../tasks/run-one-off.ts';
import type { DatabaseAccess } from './database-access.ts';

/** Where the client runs, and the variables in which that component is given user and password. */
export interface DatabaseClientPlace {
  place: OneOffPlace;
  user: string;
  password: string;
}

export interface AskedDatabase {
  /** As far as the client came; empty where no container really ran, or its image does not run what it is told. */
  answers: DatabaseAnswer[];
  task: OneOffOutcome;
}

type Powers = OneOffPowers & Pick<Session, 'environment'>;

/** A slow pull and a paused cluster included. */
const TIMEOUT_MS = 10 * 60_000;
const INTERPRETERS: readonly Interpreter[] = ['node', 'python3'];

/**
 * A component that uses the database: its tasks stand where the application stands, and have its credentials already,
 * so that nobody else is given any. `wanted`: the one that somebody named.
 */
export async function databaseClientPlace(
  session: Powers,
  name: string,
  { secretId }: DatabaseAccess,
  wanted?: string,
): Promise<DatabaseClientPlace> {
  const { blocks } = session.environment;
  const uses = (list: readonly string[] | undefined) => (list ?? []).some((use) => use === `db.${name}`);
  const own = migrationComponent(blocks);
  const candidates = [
    ...Object.keys(blocks.services).filter((service) => uses(blocks.services[service]!.uses)),
    ...(own && !blocks.services[own] && uses(blocks.migrations?.uses) ? [own] : []),
  ];
  if (wanted !== undefined && !candidates.includes(wanted)) throw notAUser(wanted, name, candidates);
  const component = wanted ?? candidates[0];
  if (!component) throw nobodyUses(name);
  const place = await oneOffPlace(session, component);
  const definition = await session.aws.ecs.taskDefinition(place.taskDefinition);
  const secrets = definition?.containerDefinitions?.[0]?.secrets ?? [];
  const variable = (key: string) =>
    secrets.find(({ valueFrom = '' }) => valueFrom.includes(secretId) && valueFrom.endsWith(`:${key}::`))?.name;
  const [user, password] = [variable('username'), variable('password')];
  if (!user || !password) throw withoutCredentials(component, name);
  return { place, user, password };
}

/** Runs the client once, with the interpreter that the image has. What fails inside is an answer, not an error. */
export async function askDatabase(
  session: Powers,
  { place, user, password }: DatabaseClientPlace,
  asked: { host: string; port: number; name: string; sql: readonly Statement[]; startedBy: string },
): Promise<AskedDatabase> {
  const { startedBy, ...server } = asked;
  const environment = { PLATFORM_DB: JSON.stringify({ ...server, user, password }) };
  let last: AskedDatabase | undefined;
  for (const interpreter of INTERPRETERS) {
    const lines: string[] = [];
    const task = await runOneOff(session, {
      place,
      command: await databaseClientCommand(interpreter),
      environment,
      timeoutMs: TIMEOUT_MS,
      startedBy,
      onStart: (id) => session.reporter.note(`Task ${id} of ${place.component} asks the database`),
      onLine: ({ text }) => {
        lines.push(text);
        session.reporter.debug(text);
      },
    });
    last = { answers: databaseAnswers(lines), task };
    if (last.answers[0]?.step !== 'interpreter') return last;
  }
  return { ...last!, answers: [] };
}

const notAUser = (component: string, database: string, candidates: readonly string[]) =>
  new PlatformError({
    id: 'component-not-of-database',
    kind: 'usage',
    message: `${component} does not use databases.${database}`,
    remedy: candidates.length > 0 ? `one of ${candidates.join(', ')}` : `give a service uses: [db.${database}]`,
  });

const nobodyUses = (database: string) =>
  new PlatformError({
    id: 'database-without-component',
    kind: 'failed',
    message: `Nothing in this environment uses databases.${database}, so no task has a way to it`,
    remedy: `give a service uses: [db.${database}] and deploy`,
  });

const withoutCredentials = (component: string, database: string) =>
  new PlatformError({
    id: 'component-without-credentials',
    kind: 'failed',
    message: `${component} as it is deployed is not given user and password of databases.${database}`,
    remedy: 'platform deploy brings its task definition up to the configuration; --component names another',
  });
