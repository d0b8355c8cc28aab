import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { DatabaseAddress } from '../../domain/database-url.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { databaseSettings } from '../../release/data-settings.ts';
import { Secret } from '../../secret.ts';
import { type FoundDatabase, findDatabase } from './find-databases.ts';

/** How a database is reached and opened; the password is read only where it is wanted. */
export interface DatabaseAccess extends Omit<DatabaseAddress, 'user'> {
  /** Where readers answer; absent without any. */
  readHost?: string;
  /** Name or ARN. */
  secretId: string;
  /** Security groups that stand before it; none where its provider tells none. */
  groups: string[];
  region: string;
  /** Of our own databases. */
  found?: FoundDatabase;
}

export interface Credentials {
  user: string;
  password: Secret;
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** From the outputs of its stack; a database in the cluster of others from what those have told. */
export async function databaseAccess(session: Powers, name: string): Promise<DatabaseAccess> {
  const { aws, environment, target } = session;
  const block = environment.blocks.databases[name];
  if (block?.engine !== 'shared') {
    const found = await findDatabase(session, name);
    const { data } = outputs;
    const told = found.outputs;
    const host = told[data.databaseHost(name)];
    const secretId = told[data.databaseSecretArn(name)];
    if (!host || !secretId) throw unfinished(name, environment.name);
    const readHost = told[data.databaseReaderHost(name)];
    return {
      host,
      port: (found.live.cluster?.Port ?? found.live.instance?.Endpoint?.Port) || 5432,
      name: found.live.cluster?.DatabaseName ?? found.live.instance?.DBName ?? block?.databaseName ?? 'postgres',
      ...(readHost ? { readHost } : {}),
      secretId,
      groups: ((found.live.cluster ?? found.live.instance).VpcSecurityGroups ?? []).map(
        (one) => one.VpcSecurityGroupId!,
      ),
      region: found.region,
      found,
    };
  }
  const { project, name: env, naming, blocks } = environment;
  const names = { project, env, secret: naming.secret };
  const { port, databaseName, credentials } = databaseSettings(name, block, { names, version: undefined });
  const prefix = blocks.shared.mode === 'consume' ? blocks.shared.prefix : '';
  const [host, group] = await Promise.all(
    ['cluster-endpoint', 'security-group-id'].map((told) => aws.ssm.parameter(`${prefix}/database/${told}`)),
  );
  if (!host) throw notShared(name, prefix);
  const groups = group ? [group] : [];
  return { host, port, name: databaseName, secretId: credentials.secretName, groups, region: target.region };
}

/** Throws where the secret is not there, or holds no user and password. */
export async function credentialsOf({ aws }: Powers, { secretId }: DatabaseAccess): Promise<Credentials> {
  const version = await aws.secrets.value(secretId);
  if (!version) throw noSecret(secretId);
  const found = parsed(version.text?.reveal());
  const { username, password } = found ?? {};
  if (typeof username !== 'string' || typeof password !== 'string' || password === '') throw wrongShape(secretId);
  return { user: username, password: new Secret(`${secretId}#password`, password) };
}

function parsed(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const unfinished = (name: string, environment: string) =>
  new PlatformError({
    id: 'database-unfinished',
    kind: 'failed',
    message: `The data stack of ${environment} does not tell where databases.${name} is: its deployment has not ended well`,
    remedy: `platform events --env ${environment} shows why, platform deploy --env ${environment} goes on`,
  });

const notShared = (name: string, prefix: string) =>
  new PlatformError({
    id: 'database-not-shared',
    kind: 'failed',
    message: `Nobody has told where databases.${name} is: there is no SSM parameter ${prefix}/database/cluster-endpoint`,
    remedy: 'deploy the environment that owns the cluster, with shared.mode export and the same prefix',
  });

const noSecret = (id: string) =>
  new PlatformError({
    id: 'database-secret-missing',
    kind: 'failed',
    message: `There is no secret ${id} with the credentials (F-90)`,
    remedy: 'platform deploy makes that of a database of its own; platform db create that of a shared one',
  });

const wrongShape = (id: string) =>
  new PlatformError({
    id: 'database-secret-shape',
    kind: 'failed',
    message: `Secret ${id} holds no JSON object with username and password (F-81)`,
    remedy: 'put both into it, as AWS describes for databases: {"username": "…", "password": "…"}',
  });
