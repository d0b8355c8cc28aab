import type { Progress } from '../../../kernel/resource-provider.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { schemaFor } from '../schema/schema-source.ts';
import { type OperationRow, type ResourceRow, resourcesOf, type StackRow, stacks } from '../state.ts';
import type { JsonObject } from '../template/template.ts';
import { ask, checkOf } from './ask-provider.ts';
import { SETTLE_MS } from './durations.ts';
import { setResourceStatus } from './events.ts';
import { failStep } from './fail.ts';
import { incarnationOf } from './incarnation.ts';
import { leaveBehind } from './leave-behind.ts';
import { REF_ATTRIBUTE } from './model.ts';
import { providerFor } from './providers.ts';
import { resourceContext } from './resource-context.ts';
import { finishLater, goOn, lookAgain, type StepTimer } from './schedule.ts';
import { currentOperation } from './work.ts';

/** Writes down what a provider answered, and has it looked at again or finished when its time has come. */
export async function followProgress(
  scope: Scope,
  stack: StackRow,
  operation: OperationRow,
  logicalId: string,
  progress: Progress,
  { starting = false } = {},
): Promise<void> {
  const rows = resourcesOf(scope, stack.id);
  const row = rows.update(logicalId, (draft) => {
    if (changesIdentity(draft, progress))
      draft.step!.replaces = { ...incarnationOf(draft), properties: draft.before?.properties ?? draft.properties };
    if (progress.physicalId !== undefined) draft.physicalId = progress.physicalId;
    if (progress.status !== 'failed' && progress.attributes) Object.assign(draft.attributes, progress.attributes);
  });
  if (progress.status === 'failed') return failStep(scope, stack, operation, logicalId, progress.reason);
  const action = row.step!.action;
  if (starting && (action === 'create' || action === 'recreate' || action === 'replace' || action === 'import'))
    setResourceStatus(
      scope,
      stack.id,
      logicalId,
      row.status,
      action === 'import' ? 'Resource import started.' : 'Resource creation Initiated',
    );
  const timer = { stackId: stack.id, operation: operation.id, logicalId, token: row.step!.token };
  if (progress.status === 'pending') lookAgain(scope, timer, progress.afterMs, progress.background);
  else finishLater(scope, timer, SETTLE_MS);
}

/** A custom resource that answers an update under another name has replaced itself: the old one is to be deleted. */
const changesIdentity = ({ physicalId, step }: ResourceRow, progress: Progress): boolean =>
  step?.action === 'update' &&
  progress.status === 'done' &&
  physicalId !== undefined &&
  progress.physicalId !== physicalId;

/** The step that a timer was set for, unless something has come in between. */
function runningStep(
  scope: Scope,
  timer: StepTimer,
): { operation: OperationRow; row: ResourceRow; stack: StackRow } | undefined {
  const operation = currentOperation(scope, timer);
  const row = resourcesOf(scope, timer.stackId).get(timer.logicalId);
  if (!operation || row?.step?.token !== timer.token || row.step.state !== 'running') return undefined;
  return { operation, row, stack: stacks.in(scope).get(timer.stackId)! };
}

export async function onLookAgain(timer: StepTimer, scope: Scope): Promise<void> {
  const step = runningStep(scope, timer);
  if (!step) return;
  const { operation, row, stack } = step;
  const provider = await providerFor(row.type, await schemaFor(row.type));
  const kind = row.step!.action === 'update' || row.step!.action === 'rollback' ? 'update' : 'create';
  const progress = await ask(row.type, () =>
    checkOf(provider)(kind, row.physicalId!, row.properties, resourceContext(scope, stack, row.logicalId)),
  );
  await followProgress(scope, stack, operation, row.logicalId, progress);
}

export async function onFinish(timer: StepTimer, scope: Scope): Promise<void> {
  const step = runningStep(scope, timer);
  if (!step) return;
  const { row, stack, operation } = step;
  const attributes = await liveAttributes(scope, stack, row);
  const { action } = row.step!;
  const status =
    action === 'import'
      ? 'IMPORT_COMPLETE'
      : action === 'create' || action === 'recreate'
        ? 'CREATE_COMPLETE'
        : 'UPDATE_COMPLETE';
  setResourceStatus(scope, stack.id, row.logicalId, status, undefined, (draft) => {
    draft.attributes = attributes;
    draft.step!.state = 'done';
    if (action === 'rollback') delete draft.before;
  });
  const { replaces, keepsOld = false, snapshotsOld = false } = row.step!;
  if (replaces) leaveBehind(scope, stack.id, { ...row, ...replaces }, { keep: keepsOld, snapshot: snapshotsOld });
  goOn(scope, { stackId: stack.id, operation: operation.id }, 0);
}

/** `Fn::GetAtt` values as the service has them now; `Ref` too when it is not the physical id. */
async function liveAttributes(scope: Scope, stack: StackRow, row: ResourceRow): Promise<JsonObject> {
  const provider = await providerFor(row.type, await schemaFor(row.type));
  const live = await provider.read?.(row.physicalId!, row.properties, resourceContext(scope, stack, row.logicalId));
  const attributes = { ...row.attributes, ...live };
  const ref = provider.ref?.(row.physicalId!, attributes);
  return ref === undefined ? attributes : { ...attributes, [REF_ATTRIBUTE]: ref };
}
