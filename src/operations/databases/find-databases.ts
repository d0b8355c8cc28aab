import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { databasesOf, type StandingDatabase } from '../../release/databases-of.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import type { Template } from '../../release/resolve-template.ts';
import { namedStacks } from '../stacks/environment-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';

/** A database that is there, and how RDS describes it. */
export interface FoundDatabase extends StandingDatabase {
  region: string;
  /** Outputs of its stack. */
  outputs: Record<string, string>;
  live: { cluster: DBCluster; instance?: never } | { instance: DBInstance; cluster?: never };
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** The databases of an environment, those that are no longer configured too. Asks of one stack. */
export async function findDatabases(session: Powers, known?: EnvironmentState): Promise<FoundDatabase[]> {
  const state = known ?? (await stateOf(session)).state;
  const { stackName, region } = namedStacks(session, state).find(({ id }) => id === 'data')!;
  const { cloudFormation, rds } = session.aws.in(region);
  const [stack, template, resources] = await Promise.all([
    cloudFormation.stack(stackName),
    cloudFormation.template(stackName),
    cloudFormation.resources(stackName),
  ]);
  if (!stack) return [];
  const standing = databasesOf('data', parsed(template), resources);
  const found = await Promise.all(
    standing.map(async (one): Promise<FoundDatabase | undefined> => {
      const place = { ...one, region, outputs: stackOutputs(stack) };
      if (one.type === 'AWS::RDS::DBCluster') {
        const cluster = await rds.cluster(one.id);
        return cluster && { ...place, live: { cluster } };
      }
      const instance = await rds.instance(one.id);
      return instance && { ...place, live: { instance } };
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** A template that is not ours may be YAML; ours name their databases. */
function parsed(template: string | undefined): Template | undefined {
  try {
    return template === undefined ? undefined : JSON.parse(template);
  } catch {
    return undefined;
  }
}

/** The database of this name; throws a usage error for a name that nobody knows. */
export async function findDatabase(session: Powers, name: string): Promise<FoundDatabase> {
  const { databases } = session.environment.blocks;
  if (databases[name]?.engine === 'shared') throw ofTheProvider(name);
  const found = await findDatabases(session);
  const database = found.find((one) => one.name === name);
  if (database) return database;
  if (databases[name]) throw notDeployed(name, session.environment);
  throw unknown(name, session.environment.name, [...Object.keys(databases), ...found.map((one) => one.name)]);
}

export const isProtected = ({ live }: FoundDatabase): boolean =>
  (live.cluster ?? live.instance).DeletionProtection ?? false;

const unknown = (name: string, environment: string, known: readonly string[]) => {
  const meant = nearest(name, known);
  return new PlatformError({
    id: 'database-unknown',
    kind: 'usage',
    message: `${environment} has no database ${JSON.stringify(name)}`,
    remedy: meant
      ? `name ${meant}`
      : known.length > 0
        ? `name one of ${[...new Set(known)].sort().join(', ')}`
        : 'platform.yaml configures none',
  });
};

const notDeployed = (name: string, environment: Parameters<typeof environmentFlags>[0]) =>
  new PlatformError({
    id: 'database-not-deployed',
    kind: 'failed',
    message: `databases.${name} is configured and not deployed to ${environment.name} yet`,
    remedy: `platform deploy ${environmentFlags(environment)} creates it`,
  });

const ofTheProvider = (name: string) =>
  new PlatformError({
    id: 'database-of-provider',
    kind: 'usage',
    message: `databases.${name} lies in the cluster of another environment (engine shared)`,
    remedy: 'run this in the project and environment that owns the cluster',
  });
