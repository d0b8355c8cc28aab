import type { Scope } from '../../../kernel/scope.ts';
import { providerFor } from '../engine/providers.ts';
import { resourceContext } from '../engine/resource-context.ts';
import { schemaFor } from '../schema/schema-source.ts';
import { type ResourceDriftRow, type ResourceRow, resourcesOf, type StackRow, stacks } from '../state.ts';
import type { JsonObject } from '../template/template.ts';
import { differencesOf } from './compare.ts';

/** Looks at one resource as it is now, and keeps what was found. */
export async function detectResource(scope: Scope, stack: StackRow, row: ResourceRow): Promise<ResourceDriftRow> {
  const drift = await driftOf(scope, stack, row);
  resourcesOf(scope, stack.id).update(row.logicalId, (draft) => {
    draft.drift = drift;
  });
  return drift;
}

/** How a resource is, without writing it down. */
export async function driftOf(scope: Scope, stack: StackRow, row: ResourceRow): Promise<ResourceDriftRow> {
  const checkedAt = scope.world.clock.stamp();
  const provider = await providerFor(row.type, await schemaFor(row.type));
  if (!provider.read || row.type === 'AWS::CloudFormation::Stack')
    return { status: 'NOT_CHECKED', checkedAt, differences: [] };
  const live = (await provider.read(row.physicalId!, row.properties, resourceContext(scope, stack, row.logicalId))) as
    | JsonObject
    | undefined;
  const expected = row.properties;
  if (live === undefined) return { status: 'DELETED', checkedAt, differences: [], expected };
  const differences = differencesOf(expected, live);
  const actual = Object.fromEntries(
    Object.keys(expected).flatMap((name) => (live[name] === undefined ? [] : [[name, live[name]]])),
  );
  return { status: differences.length > 0 ? 'MODIFIED' : 'IN_SYNC', checkedAt, differences, expected, actual };
}

/** The whole stack, or some of its resources. Answers how many of them have drifted. */
export async function detectStack(scope: Scope, stack: StackRow, only?: readonly string[]): Promise<number> {
  let drifted = 0;
  for (const row of resourcesOf(scope, stack.id).values()) {
    if (row.physicalId === undefined || (only && !only.includes(row.logicalId))) continue;
    const { status } = await detectResource(scope, stack, row);
    if (status === 'MODIFIED' || status === 'DELETED') drifted += 1;
  }
  stacks.in(scope).update(stack.id, (draft) => {
    draft.drift = { status: drifted > 0 ? 'DRIFTED' : 'IN_SYNC', checkedAt: scope.world.clock.stamp() };
  });
  return drifted;
}
