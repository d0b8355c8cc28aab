import type { GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { openGateway } from '../../machine/gateway.ts';
import type { DatabaseSpec } from '../../machine/postgres/data-directory.ts';
import type { Behind, Door } from '../../machine/postgres/databases.ts';
import { leaveTraces } from '../../machine/traces.ts';
import { ask } from '../ecs/neighbours.ts';
import {
  type ClusterRow,
  clusters,
  type InstanceRow,
  instances,
  type ProxyRow,
  parameterGroups,
  proxies,
} from './state.ts';

type Kind = 'cluster' | 'instance' | 'proxy';

/** A door to a PostgreSQL server of this machine, by the resource id of its database or the ARN of its proxy. */
export interface RealDoor {
  kind: Kind;
  /** Of the cluster, instance or proxy. */
  id: string;
  address: string;
  port: number;
  /** The same on the address that containers reach, where they have a bridge. */
  gatewayPort?: number;
  /** Of databases; absent: the managed secret has it. */
  password?: string;
}

const doors = defineTable<RealDoor>('rds.doors');

/** Every door of an account and region. */
export const realDoors = (scope: Scope): RealDoor[] => doors.in(scope).values();

/** Puts a server behind a new database when this machine has one; it is started by its first connection. */
export async function withServer<Row extends ClusterRow | InstanceRow>(
  scope: Scope,
  row: Row,
  { kind, password }: { kind: 'cluster' | 'instance'; password: string | undefined },
): Promise<Row> {
  const door = await openDoor(scope, row.resourceId, { kind, id: row.id, port: row.port });
  if (!door) return row;
  doors.in(scope).put(row.resourceId, { ...door, ...(password === undefined ? {} : { password }) });
  return { ...row, endpoint: door.address, ...('readerEndpoint' in row ? { readerEndpoint: door.address } : {}) };
}

/** A proxy leads to the server of whatever its targets are when somebody connects. */
export async function withDoor(scope: Scope, row: ProxyRow): Promise<ProxyRow> {
  const door = await openDoor(scope, row.arn, { kind: 'proxy', id: row.name, port: POSTGRES_PORT });
  if (!door) return row;
  doors.in(scope).put(row.arn, door);
  return { ...row, endpoint: door.address };
}

const POSTGRES_PORT = 5432;

async function openDoor(
  scope: Scope,
  key: string,
  door: Pick<RealDoor, 'kind' | 'id' | 'port'>,
): Promise<RealDoor | undefined> {
  const { databases } = scope.world.machine ?? {};
  const address = await databases?.open(key, doorOf(scope, key, door.port));
  if (address === undefined) return undefined;
  leaveTraces(scope.world);
  const gatewayPort = await openGateway(scope.world, { address, port: door.port });
  return { ...door, address, ...(gatewayPort === undefined ? {} : { gatewayPort }) };
}

/** The password of a database, for another one that is restored from it. */
export const passwordOf = (scope: Scope, resourceId: string): string | undefined =>
  doors.in(scope).get(resourceId)?.password;

/** Whether a real server stands behind a database. */
export const hasServer = (scope: Scope, resourceId: string): boolean => doors.in(scope).has(resourceId);

/** The master user has another password from now on. */
export function changePassword(scope: Scope, resourceId: string, password: string | undefined): void {
  if (password === undefined || !doors.in(scope).has(resourceId)) return;
  doors.in(scope).update(resourceId, (draft) => {
    draft.password = password;
  });
  const { world } = scope;
  world.beside(async () => world.machine?.databases?.restart(resourceId));
}

/** Nothing is left of the server behind a database, or of a proxy's door. */
export function dropServer(scope: Scope, key: string): void {
  if (!doors.in(scope).delete(key)) return;
  const { world } = scope;
  world.beside(async () => world.machine?.databases?.remove(key));
}

/** The databases of before are reached at the addresses that they had. */
export async function wakeDatabases(world: World): Promise<void> {
  for (const partition of world.store.partitions(doors.name)) {
    const [account, region] = partition.split('/') as [string, string];
    const scope = { world, account, region };
    for (const [key, { address, port, gatewayPort }] of doors.in(scope).entries()) {
      const door = doorOf(scope, key, port);
      if (!(await world.machine!.databases!.open(key, door, address)))
        door.onError(new Error(`somebody else has the address ${address}:${port} of a database by now`));
      await openGateway(world, { address, port, ...(gatewayPort === undefined ? {} : { known: gatewayPort }) });
    }
  }
}

const doorOf = (scope: Scope, key: string, port: number): Door => ({
  port,
  look: () => scope.world.transaction(() => behind(scope, key)),
  // Shown by `platform sandbox status` among the defects: the database was promised.
  onError: (error) => scope.world.beside(() => Promise.reject(error)),
});

async function behind(scope: Scope, key: string): Promise<Behind | undefined> {
  const door = doors.in(scope).get(key);
  if (door?.kind !== 'proxy') return specOf(scope, key, door);
  const { status, targets } = proxies.in(scope).get(door.id) ?? {};
  if (status !== 'available') return undefined;
  const target =
    clusters.in(scope).get(targets?.clusters[0] ?? '') ?? instances.in(scope).get(targets?.instances[0] ?? '');
  return target && specOf(scope, target.resourceId, doors.in(scope).get(target.resourceId));
}

/** Undefined while RDS would let nobody in. */
async function specOf(scope: Scope, server: string, door: RealDoor | undefined): Promise<Behind | undefined> {
  const row = door && (door.kind === 'cluster' ? clusters : instances).in(scope).get(door.id);
  if (!row || CLOSED.test(row.status)) return undefined;
  const password = door.password ?? (await managedPassword(scope, row.masterSecretArn));
  if (password === undefined) return undefined;
  const { username, databaseName } = row;
  const spec: DatabaseSpec = { username, password, databaseName, requiresTls: requiresTls(scope, door.kind, row) };
  return { server, spec };
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
function requiresTls(scope: Scope, kind: Kind, row: ClusterRow | InstanceRow): boolean {
  const set = parameterGroups.in(scope).get(`${kind}/${row.parameterGroup}`)?.values['rds.force_ssl']?.value;
  if (set !== undefined) return set === '1';
  return Number.parseInt(row.engineVersion, 10) >= (kind === 'cluster' ? 17 : 15);
}
