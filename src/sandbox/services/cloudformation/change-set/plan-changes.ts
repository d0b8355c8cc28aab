import type { Change } from '@aws-sdk/client-cloudformation';
import type { Scope } from '../../../kernel/scope.ts';
import { behaves } from '../as-of.ts';
import type { Model } from '../engine/model.ts';
import { UNKNOWN } from '../intrinsics/environment.ts';
import { evaluate } from '../intrinsics/evaluate.ts';
import { checkProperties } from '../schema/check-properties.ts';
import { type Deployment, type ResourceRow, resourcesOf, type StackRow } from '../state.ts';
import type { Json, JsonObject } from '../template/template.ts';
import { contextOf } from './contexts.ts';
import { planModification } from './plan-modification.ts';
import { type Fate, isLiving, plannedModel } from './planned-resource.ts';
import { asTheyAre, type Drifted, isLost, markDrift } from './revert-drift.ts';

export interface Plan {
  changes: Change[];
  changesWithValues: Change[];
}

/** What a deployment would do to a stack, as a change set tells it: without values, and with them. */
export async function planChanges(
  scope: Scope,
  stack: StackRow,
  deployment: Deployment,
  imports: Readonly<Record<string, JsonObject>> = {},
  drifted?: Drifted,
): Promise<Plan> {
  const rows = resourcesOf(scope, stack.id);
  const fates = new Map<string, Fate>();
  const fateOf = (id: string): Fate => fates.get(id) ?? 'same';
  const model = await plannedModel(scope, stack, deployment, fateOf);
  const changes = new Map<string, Change>();
  const withValues = new Map<string, Change>();
  const situation = { changedParameters: changedParameters(stack.deployment, deployment), fateOf, holds: model.holds };

  for (const id of inOrder(model)) {
    const row = rows.get(id);
    if (!isLiving(row) || isLost(drifted, id)) {
      fates.set(id, 'add');
      changes.set(id, addition(id, model, id in imports));
      const added = additionWithValues(id, model, id in imports);
      if (behaves(scope, 'replacementOfAdditions')) added.ResourceChange!.Replacement = 'True';
      withValues.set(id, added);
      continue;
    }
    const planned = planModification(asTheyAre(row, drifted), { ...stack, deployment }, model, situation);
    if (!planned) continue;
    fates.set(id, planned.fate);
    changes.set(id, planned.change);
    if (planned.changeWithValues) withValues.set(id, planned.changeWithValues);
  }
  for (const row of rows.values()) {
    if (!isLiving(row) || model.resources.has(row.logicalId)) continue;
    changes.set(row.logicalId, removal(row));
    withValues.set(row.logicalId, removal(row, beforeOfRemoved(row)));
  }
  const mark = (change: Change) => markDrift(change, drifted);
  return { changes: sorted(changes).map(mark), changesWithValues: sorted(withValues).map(mark) };
}

function changedParameters(before: Deployment, after: Deployment): Set<string> {
  const old = new Map(before.parameters.map(({ key, value }) => [key, value]));
  return new Set(after.parameters.filter(({ key, value }) => old.get(key) !== value).map(({ key }) => key));
}

/** Each resource after those it depends on, so that their fate is known. */
function inOrder({ resources, graph }: Model): string[] {
  const done = new Set<string>();
  const visit = (id: string): void => {
    if (done.has(id)) return;
    done.add(id);
    for (const need of graph.get(id) ?? []) visit(need);
    order.push(id);
  };
  const order: string[] = [];
  for (const id of resources.keys()) visit(id);
  return order;
}

const addition = (id: string, { resources }: Model, imported: boolean): Change => ({
  Type: 'Resource',
  ResourceChange: {
    Action: imported ? 'Import' : 'Add',
    LogicalResourceId: id,
    ResourceType: resources.get(id)!.Type,
    Scope: [],
    Details: [],
  },
});

function additionWithValues(id: string, model: Model, imported: boolean): Change {
  const { Type, Properties } = model.resources.get(id)!;
  const schema = model.schemas.get(Type);
  const evaluated = (evaluate(Properties ?? {}, model.environment) ?? {}) as JsonObject;
  const change = addition(id, model, imported);
  change.ResourceChange!.AfterContext = contextOf(schema ? checkProperties(evaluated, schema).properties : evaluated);
  return change;
}

function removal({ logicalId, physicalId, type, deletionPolicy }: ResourceRow, before?: JsonObject): Change {
  return {
    Type: 'Resource',
    ResourceChange: {
      PolicyAction: deletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : deletionPolicy,
      Action: 'Remove',
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId!,
      ResourceType: type,
      Scope: [],
      Details: [],
      ...(before ? { BeforeContext: contextOf(before) } : {}),
    },
  };
}

/** Recorded: what a removed resource took from others shows as unknown, although it is known. */
function beforeOfRemoved({ properties, borrowed = [] }: ResourceRow): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]): [string, Json] => [
      name,
      borrowed.includes(name) ? UNKNOWN : value,
    ]),
  );
}

/** By logical id, a name that begins another one after it: recorded, `BucketPolicy` stands before `Bucket`. */
function sorted(changes: ReadonlyMap<string, Change>): Change[] {
  const key = (id: string) => `${id}~`;
  return [...changes].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1)).map(([, change]) => change);
}
