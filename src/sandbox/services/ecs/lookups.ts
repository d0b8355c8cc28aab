import type { Scope } from '../../kernel/scope.ts';
import { clusterNotFound, invalid, refused, serviceNotFound, taskDefinitionNotFound } from './faults.ts';
import { clusterNameOf, lastPart } from './names.ts';
import {
  type ClusterRow,
  clusters,
  families,
  type ServiceRow,
  services,
  type TaskDefinitionRow,
  type TaskRow,
  taskDefinitions,
  tasks,
} from './state.ts';

/** The active cluster of that name or ARN, or ClusterNotFoundException. */
export function clusterOf(scope: Scope, reference: string | undefined): ClusterRow {
  const row = clusters.in(scope).get(clusterNameOf(reference));
  if (row?.status !== 'ACTIVE') throw clusterNotFound();
  return row;
}

/** The service of that name or ARN, INACTIVE ones too, or ServiceNotFoundException. */
export function serviceOf(scope: Scope, cluster: string | undefined, reference: string | undefined): ServiceRow {
  if (!reference) throw invalid('Service cannot be blank.');
  const { clusterName } = clusterOf(scope, cluster);
  const row = services.in(scope).get(`${clusterName}/${lastPart(reference)}`);
  if (!row) throw serviceNotFound();
  return row;
}

/**
 * A revision by `family`, `family:revision` or ARN; a bare family is its newest ACTIVE revision.
 * `running`: only what new tasks may use, so an INACTIVE revision is refused.
 */
export function taskDefinitionOf(
  scope: Scope,
  reference: string | undefined,
  { running = false }: { running?: boolean } = {},
): TaskDefinitionRow {
  if (!reference) throw taskDefinitionNotFound();
  const name = lastPart(reference);
  const row = name.includes(':') ? taskDefinitions.in(scope).get(name) : newestActive(scope, name);
  if (!row || row.definition.status === 'DELETE_IN_PROGRESS') throw taskDefinitionNotFound();
  if (running && row.definition.status !== 'ACTIVE') throw refused('TaskDefinition is inactive');
  return row;
}

/** The newest revision of a family that may start tasks. */
export function newestActive(scope: Scope, family: string): TaskDefinitionRow | undefined {
  const table = taskDefinitions.in(scope);
  for (let revision = families.in(scope).get(family)?.revision ?? 0; revision > 0; revision -= 1) {
    const row = table.get(`${family}:${revision}`);
    if (row?.definition.status === 'ACTIVE') return row;
  }
  return undefined;
}

export const tasksOfService = (scope: Scope, cluster: string, service: string): TaskRow[] =>
  tasks
    .in(scope)
    .values()
    .filter((row) => row.cluster === cluster && row.service?.name === service);
