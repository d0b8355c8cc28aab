import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { clusterMissing, instanceMissing } from './refusals.ts';
import {
  type ClusterRow,
  clusters,
  type InstanceRow,
  instances,
  type ProxyRow,
  parameterGroups,
  proxies,
  type SubnetGroupRow,
  subnetGroups,
} from './state.ts';

/** Identifiers may be given as ARNs, and their case does not matter. */
export const idOf = (identifier: string): string => identifier.split(':').at(-1)!.toLowerCase();

export function clusterOf(scope: Scope, identifier: string | undefined): ClusterRow {
  const row = clusters.in(scope).get(idOf(identifier ?? ''));
  if (!row) throw clusterMissing(identifier);
  return row;
}

export function instanceOf(scope: Scope, identifier: string | undefined): InstanceRow {
  const row = instances.in(scope).get(idOf(identifier ?? ''));
  if (!row) throw instanceMissing(identifier);
  return row;
}

export const membersOf = (scope: Scope, clusterId: string): InstanceRow[] =>
  instances
    .in(scope)
    .values()
    .filter((row) => row.clusterId === clusterId);

export function subnetGroupOf(scope: Scope, name: string): SubnetGroupRow {
  const row = subnetGroups.in(scope).get(name.toLowerCase());
  if (!row)
    throw new AwsFault('DBSubnetGroupNotFoundFault', `DB subnet group '${name}' does not exist.`, { status: 404 });
  return row;
}

export function proxyOf(scope: Scope, name: string | undefined): ProxyRow {
  const row = proxies.in(scope).get((name ?? '').toLowerCase());
  if (!row)
    throw new AwsFault('DBProxyNotFoundFault', `DB proxy ${name} not found`, {
      status: 404,
    });
  return row;
}

export const parameterGroupKey = (kind: 'cluster' | 'instance', name: string): string =>
  `${kind}/${name.toLowerCase()}`;

/** Groups named `default.<family>` are always there. Throws when the named group is missing or of another family. */
export function requireParameterGroup(
  scope: Scope,
  kind: 'cluster' | 'instance',
  name: string | undefined,
  family: string,
): string {
  const fallback = `default.${family}`;
  if (name === undefined || name === fallback) return fallback;
  const row = parameterGroups.in(scope).get(parameterGroupKey(kind, name));
  if (!row) throw parameterGroupMissing(kind, name);
  if (row.family !== family)
    throw new AwsFault(
      'InvalidParameterCombination',
      `The Parameter Group ${name} with DBParameterGroupFamily ${row.family} cannot be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${family}`,
    );
  return row.name;
}

export const parameterGroupMissing = (kind: 'cluster' | 'instance', name: string | undefined): AwsFault =>
  kind === 'cluster'
    ? new AwsFault('DBClusterParameterGroupNotFound', `DBClusterParameterGroup not found: ${name}`, { status: 404 })
    : new AwsFault('DBParameterGroupNotFound', `DBParameterGroup not found: ${name}`, { status: 404 });
