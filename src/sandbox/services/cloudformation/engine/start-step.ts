import { randomUUID } from 'node:crypto';
import type { Progress, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { evaluate } from '../intrinsics/evaluate.ts';
import { complaintSentence } from '../schema/check-properties.ts';
import { isReplacedBy, propertyChanges } from '../schema/replacement.ts';
import { type OperationRow, type ResourceRow, resourcesOf, type StackRow, type Step } from '../state.ts';
import type { JsonObject } from '../template/template.ts';
import { ask } from './ask-provider.ts';
import { type DesiredResource, desiredResource } from './desired-resource.ts';
import { setResourceStatus } from './events.ts';
import { failStep } from './fail.ts';
import { failureOf } from './failure-reason.ts';
import { followProgress } from './follow-progress.ts';
import { incarnationOf } from './incarnation.ts';
import { leaveBehind } from './leave-behind.ts';
import type { Model } from './model.ts';
import { providerFor } from './providers.ts';
import { resourceContext } from './resource-context.ts';
import { deniedByPolicy } from './stack-policy.ts';

/** Begins what an operation wants of one resource: to make it, change it, replace it, or leave it as it is. */
export async function startStep(
  scope: Scope,
  stack: StackRow,
  operation: OperationRow,
  logicalId: string,
  model: Model,
): Promise<void> {
  const rows = resourcesOf(scope, stack.id);
  const failedBefore = /_FAILED$/.test(rows.get(logicalId)?.status ?? '');
  if (failedBefore) startAnew(scope, stack.id, rows.get(logicalId)!);
  const row = rows.get(logicalId);
  const token = randomUUID();
  let desired: DesiredResource;
  try {
    desired = await desiredResource(scope, stack, logicalId, model);
  } catch (error) {
    const { Type } = model.resources.get(logicalId)!;
    openRow(scope, stack, logicalId, Type, row, {
      operation: operation.id,
      action: row ? 'update' : 'create',
      state: 'running',
      token,
    });
    setResourceStatus(scope, stack.id, logicalId, row ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS');
    return failStep(scope, stack, operation, logicalId, (error as Error).message);
  }

  const wanted = actionOf(logicalId, row, desired, model, operation);
  const touched = failedBefore || dependsOnRecreated(rows, desired, operation);
  const action = wanted === 'none' && touched ? 'update' : wanted;
  if (action === 'none') {
    rows.update(logicalId, (draft) => {
      if (draft.before === undefined) draft.before = incarnationOf(draft);
      Object.assign(draft, policyAndPlace(desired));
      draft.step = { operation: operation.id, action, state: 'done', token };
    });
    return;
  }
  const policy = action === 'replace' ? desired.updateReplacePolicy : 'Delete';
  const keepsOld = policy !== 'Delete' && policy !== 'Snapshot';
  openRow(scope, stack, logicalId, desired.type, row, {
    operation: operation.id,
    action,
    state: 'running',
    token,
    keepsOld,
    snapshotsOld: policy === 'Snapshot',
  });
  const creates = action === 'create' || action === 'import' || action === 'recreate';
  const status = action === 'import' ? 'IMPORT_IN_PROGRESS' : creates ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  const why =
    action === 'replace'
      ? 'Requested update requires the creation of a new physical resource; hence creating one.'
      : undefined;
  setResourceStatus(scope, stack.id, logicalId, status, why, (draft) => {
    if (creates) Object.assign(draft, { properties: desired.properties, ...policyAndPlace(desired) });
    else draft.properties = desired.properties;
  });
  const denied =
    row?.physicalId &&
    deniedByPolicy(stack, logicalId, desired.type, action === 'replace' ? 'Update:Replace' : 'Update:Modify');
  if (denied) return failStep(scope, stack, operation, logicalId, denied);
  if (desired.complaints.length > 0)
    return failStep(
      scope,
      stack,
      operation,
      logicalId,
      `Property validation failure: [${desired.complaints.map(complaintSentence).join(', ')}]`,
    );

  const provider = await providerFor(desired.type, model.schemas.get(desired.type));
  const { UpdatePolicy } = model.resources.get(logicalId)!;
  const updatePolicy =
    UpdatePolicy && action === 'update' ? (evaluate(UpdatePolicy, model.environment) as JsonObject) : undefined;
  const context = { ...resourceContext(scope, stack, logicalId), ...(updatePolicy && { updatePolicy }) };
  const progress = await begin(provider, context, row, desired, action, operation);
  rows.update(logicalId, (draft) => Object.assign(draft, policyAndPlace(desired)));
  await followProgress(scope, stack, operation, logicalId, progress, { starting: true });
}

function begin(
  provider: ResourceProvider,
  context: ResourceContext,
  row: ResourceRow | undefined,
  desired: DesiredResource,
  action: Step['action'],
  operation: OperationRow,
): Promise<Progress> {
  if (action === 'import') {
    const identifier = Object.values(operation.imports?.[context.logicalId] ?? {}).join('|');
    return ask(desired.type, async () =>
      (await provider.read?.(identifier, desired.given, context)) === undefined && provider.read
        ? {
            status: 'failed',
            ...failureOf(new Error(`${identifier} does not exist`), desired.type),
            reason: `Resource of type '${desired.type}' with identifier '${identifier}' was not found.`,
          }
        : { status: 'done', physicalId: identifier },
    );
  }
  if (action !== 'update') return ask(desired.type, () => provider.create(desired.given, context));
  const update = provider.update?.bind(provider);
  if (!update) return Promise.resolve({ status: 'done', physicalId: row!.physicalId! });
  return ask(desired.type, () =>
    update({ before: row!.properties, after: desired.given, physicalId: row!.physicalId! }, context),
  );
}

/** What failed is tried again from what was before; what the failed try has made goes in the cleanup phase. */
function startAnew(scope: Scope, stackId: string, row: ResourceRow): void {
  const rows = resourcesOf(scope, stackId);
  const { logicalId, before } = row;
  if (before === null || row.status === 'CREATE_FAILED') {
    leaveBehind(scope, stackId, row);
    rows.delete(logicalId);
    return;
  }
  if (!before) return;
  if (before.physicalId !== row.physicalId) leaveBehind(scope, stackId, row);
  rows.update(logicalId, (draft) => {
    Object.assign(draft, before);
  });
}

function actionOf(
  logicalId: string,
  row: ResourceRow | undefined,
  desired: DesiredResource,
  { schemas }: Model,
  { imports }: OperationRow,
): Step['action'] {
  if (row === undefined || row.physicalId === undefined) return imports?.[logicalId] ? 'import' : 'create';
  if (row.lost) return 'recreate';
  const changes = propertyChanges(row.properties, desired.properties, schemas.get(desired.type));
  if (row.type !== desired.type) return 'replace';
  if (changes.length > 0) return isReplacedBy(desired.type, changes) ? 'replace' : 'update';
  const retagged = desired.tags !== undefined && row.tags !== undefined && row.tags !== desired.tags;
  return retagged ? 'update' : 'none';
}

/** What stands on something that was made again is told so: it may have gone with it, as policies go with their role. */
const dependsOnRecreated = (
  rows: ReturnType<typeof resourcesOf>,
  { dependsOn }: DesiredResource,
  operation: OperationRow,
): boolean =>
  dependsOn.some((id) => {
    const { step } = rows.get(id) ?? {};
    return step?.operation === operation.id && step.action === 'recreate';
  });

/** A row that says what is being done, and remembers what a rollback would return to. */
function openRow(
  scope: Scope,
  { id }: StackRow,
  logicalId: string,
  type: string,
  row: ResourceRow | undefined,
  step: Step,
): void {
  const rows = resourcesOf(scope, id);
  if (!row) {
    rows.put(logicalId, {
      logicalId,
      type,
      status: 'CREATE_IN_PROGRESS',
      updatedAt: scope.world.clock.stamp(),
      properties: {},
      attributes: {},
      dependsOn: [],
      deletionPolicy: 'Delete',
      before: null,
      step,
    });
    return;
  }
  rows.update(logicalId, (draft) => {
    if (draft.before === undefined) draft.before = incarnationOf(draft);
    delete draft.lost;
    draft.step = step.action === 'replace' ? { ...step, replaces: incarnationOf(row) } : step;
  });
}

const policyAndPlace = ({
  dependsOn,
  deletionPolicy,
  metadata,
  borrowed,
  tags,
}: DesiredResource): Partial<ResourceRow> => ({
  dependsOn,
  deletionPolicy,
  borrowed: borrowed ?? [],
  ...(metadata === undefined ? {} : { metadata }),
  ...(tags === undefined ? {} : { tags }),
});
