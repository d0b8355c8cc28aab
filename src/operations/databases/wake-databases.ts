import { outputs } from '../../../infra/outputs.ts';
import type { AppSettings } from '../../../infra/settings.ts';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { waitFor } from '../wait-for.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'prompter' | 'reporter' | 'signal' | 'target'>;

/** Starting a stopped cluster takes minutes; an hour is more than AWS ever needed. */
const START_MS = 60 * 60_000;

/** From these states a database comes back by itself. */
const COMING = new Set(['starting', 'stopping', 'creating', 'rebooting', 'failing-over', 'renaming', 'upgrading']);

export interface Wakeable {
  /** As platform.yaml calls it. */
  name: string;
  identifier: string;
  cluster: boolean;
  /** Aurora that sleeps when nobody is connected. */
  canPause: boolean;
}

/** The databases that a component uses and that this environment has for itself. */
export function databasesOf(component: string, settings: AppSettings, outputsOf: OutputsOf): Wakeable[] {
  const uses = (settings.services[component] ?? settings.oneOffs[component])?.uses ?? [];
  return uses.flatMap(({ kind, name }) => {
    const identifier = outputsOf('data')[outputs.data.databaseIdentifier(name)];
    const database = settings.databases[name];
    if (kind !== 'database' || !identifier || !database || database.engine === 'shared') return [];
    return [
      { name, identifier, cluster: database.engine === 'aurora-postgres', canPause: database.capacity?.min === 0 },
    ];
  });
}

/**
 * Sees to it that databases take connections: one that comes up is waited for, one that was stopped is started when
 * somebody agrees. RDS has no call that wakes a paused Aurora: the first connection does, so that is only said (F-76).
 */
export async function wakeDatabases(session: Powers, databases: readonly Wakeable[]): Promise<void> {
  for (const database of databases) await wake(session, database);
}

async function wake(session: Powers, database: Wakeable): Promise<void> {
  const { aws, environment, prompter, reporter } = session;
  const { name, identifier, cluster, canPause } = database;
  const status = () => statusOf(aws, database);
  let now = await status();
  if (now !== undefined && COMING.has(now)) now = await waitWhile(session, name, status, (one) => COMING.has(one));
  if (now === 'stopped') {
    await prompter.ask({
      text: `databases.${name} of ${environment.name} is stopped. Start it? It costs from then on`,
    });
    await (cluster ? aws.rds.startCluster(identifier) : aws.rds.startInstance(identifier));
    await waitWhile(session, name, status, (one) => one === 'stopped' || COMING.has(one));
  } else if (canPause)
    reporter.note(
      `databases.${name} sleeps when nobody is connected: the first connection may take 15 s, seldom a minute`,
    );
}

async function statusOf({ rds }: Session['aws'], { identifier, cluster }: Wakeable): Promise<string | undefined> {
  if (cluster) return (await rds.cluster(identifier))?.Status;
  return (await rds.instance(identifier))?.DBInstanceStatus;
}

function waitWhile(
  { clock, reporter, signal, target }: Powers,
  name: string,
  status: () => Promise<string | undefined>,
  goesOn: (status: string) => boolean,
): Promise<string> {
  return reporter.step(`Waiting for databases.${name}`, async (update) => {
    const settled = await waitFor({ clock, everyMs: target.pollMs, forMs: START_MS, signal }, async () => {
      const now = (await status()) ?? 'gone';
      update(`it is ${now}`);
      return goesOn(now) ? undefined : now;
    });
    if (settled === undefined) throw notAwake(name);
    return settled;
  });
}

const notAwake = (name: string) =>
  new PlatformError({
    id: 'database-not-awake',
    kind: 'pending',
    message: `databases.${name} takes no connections yet`,
    remedy: 'platform status shows its stack; run this again when it is available',
  });
