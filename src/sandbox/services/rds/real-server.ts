import type { GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { Scope } from '../../kernel/scope.ts';
import { defineTable } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { openGateway } from '../../machine/gateway.ts';
import type { DatabaseSpec } from '../../machine/postgres/data-directory.ts';
import type { Served } from '../../machine/postgres/databases.ts';
import { ask } from '../ecs/neighbours.ts';
import { type ClusterRow, clusters, type InstanceRow, instances, parameterGroups } from './state.ts';

/** A database behind which a PostgreSQL server of this machine stands, by its resource id. */
const servers = defineTable<{
  kind: 'cluster' | 'instance';
  /** Of the cluster or instance. */
  id: string;
  port: number;
  /** Absent: the managed secret has it. */
  password?: string;
}>('rds.servers');

const ADDRESS = '127.0.0.1';

/** What a proxy says its address is: where the databases really are, as long as they are somewhere. */
export const realAddress = (scope: Scope): string | undefined => (scope.world.machine?.databases ? ADDRESS : undefined);

/** Puts a server behind a new database when this machine has one; it is started by its first connection. */
export function withServer<Row extends ClusterRow | InstanceRow>(
  scope: Scope,
  row: Row,
  { kind, password }: { kind: 'cluster' | 'instance'; password: string | undefined },
): Row {
  const port = scope.world.machine?.databases?.add(row.resourceId, served(scope, row.resourceId));
  if (port === undefined) return row;
  void openGateway(scope.world, port);
  servers.in(scope).put(row.resourceId, { kind, id: row.id, port, ...(password === undefined ? {} : { password }) });
  return { ...row, endpoint: ADDRESS, ...('readerEndpoint' in row ? { readerEndpoint: ADDRESS } : {}), port };
}

/** The password of a database, for another one that is restored from it. */
export const passwordOf = (scope: Scope, resourceId: string): string | undefined =>
  servers.in(scope).get(resourceId)?.password;

/** Whether a real server stands behind a database; then its port is not the one that was asked for. */
export const hasServer = (scope: Scope, resourceId: string): boolean => servers.in(scope).has(resourceId);

/** The ports of all servers behind databases. */
export const serverPorts = (scope: Scope): ReadonlySet<number> =>
  new Set(
    servers
      .in(scope)
      .values()
      .map(({ port }) => port),
  );

/** The master user has another password from now on. */
export function changePassword(scope: Scope, resourceId: string, password: string | undefined): void {
  if (password === undefined || !servers.in(scope).has(resourceId)) return;
  servers.in(scope).update(resourceId, (draft) => {
    draft.password = password;
  });
  const { world } = scope;
  world.beside(async () => world.machine?.databases?.change(resourceId));
}

/** Nothing is left of the server behind a database. */
export function dropServer(scope: Scope, resourceId: string): void {
  if (!servers.in(scope).delete(resourceId)) return;
  const { world } = scope;
  world.beside(async () => world.machine?.databases?.remove(resourceId));
}

/** The databases of before are reached at the ports that they had. */
export async function wakeDatabases(world: World): Promise<void> {
  for (const partition of world.store.partitions(servers.name)) {
    const [account, region] = partition.split('/') as [string, string];
    const scope = { world, account, region };
    for (const [resourceId, { port }] of servers.in(scope).entries()) {
      await world.machine!.databases!.addAgain(resourceId, port, served(scope, resourceId));
      await openGateway(world, port);
    }
  }
}

const served = (scope: Scope, resourceId: string): Served => ({
  look: () => scope.world.transaction(() => specOf(scope, resourceId)),
  // Shown by `platform sandbox status` among the defects: the database was promised.
  onError: (error) => scope.world.beside(async () => Promise.reject(error)),
});

/** Undefined while RDS would let nobody in. */
async function specOf(scope: Scope, resourceId: string): Promise<DatabaseSpec | undefined> {
  const server = servers.in(scope).get(resourceId);
  const row = server && (server.kind === 'cluster' ? clusters : instances).in(scope).get(server.id);
  if (!server || !row || CLOSED.test(row.status)) return undefined;
  const password = server.password ?? (await managedPassword(scope, row.masterSecretArn));
  if (password === undefined) return undefined;
  return {
    username: row.username,
    password,
    databaseName: row.databaseName,
    requiresTls: requiresTls(scope, server.kind, row),
  };
}

const CLOSED = /^(creating|stopping|stopped|starting|rebooting|deleting|failed)/;

async function managedPassword(scope: Scope, arn: string | undefined): Promise<string | undefined> {
  const secret =
    arn && (await ask<GetSecretValueCommandOutput>(scope, 'secretsmanager', 'GetSecretValue', { SecretId: arn }));
  return secret ? (JSON.parse(secret.SecretString ?? '{}') as { password?: string }).password : undefined;
}

/**
 * `rds.force_ssl` is on from PostgreSQL 15 and Aurora PostgreSQL 17 unless the parameter group says otherwise.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
 */
function requiresTls(scope: Scope, kind: 'cluster' | 'instance', row: ClusterRow | InstanceRow): boolean {
  const set = parameterGroups.in(scope).get(`${kind}/${row.parameterGroup}`)?.values['rds.force_ssl']?.value;
  if (set !== undefined) return set === '1';
  return Number.parseInt(row.engineVersion, 10) >= (kind === 'cluster' ? 17 : 15);
}
