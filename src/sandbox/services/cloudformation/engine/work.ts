import type { Scope } from '../../../kernel/scope.ts';
import { type OperationRow, operations, type ResourceRow, resourcesOf, type StackRow, stacks } from '../state.ts';
import { checkAttributes } from './check-attributes.ts';
import { cleanUp } from './clean-up.ts';
import { complete } from './complete.ts';
import { failBeforeWork, stopIfQuiet } from './fail.ts';
import { type Model, modelOf } from './model.ts';
import { removeResources } from './remove-resources.ts';
import { rollBackResources } from './roll-back.ts';
import type { OperationTimer } from './schedule.ts';
import { startStep } from './start-step.ts';

/** The operation that is under way for a stack, if it is still the one that was meant. */
export function currentOperation(scope: Scope, { stackId, operation }: OperationTimer): OperationRow | undefined {
  const row = operations.in(scope).get(stackId);
  return row?.id === operation ? row : undefined;
}

/** Starts everything whose turn has come, and closes the operation when nothing is left to do. */
export async function work(scope: Scope, timer: OperationTimer): Promise<void> {
  const operation = currentOperation(scope, timer);
  if (!operation) return;
  const stack = stacks.in(scope).get(operation.stackId)!;
  if (operation.phase === 'cleanup') return cleanUp(scope, stack, operation);
  switch (operation.kind) {
    case 'create':
    case 'update':
      return deploy(scope, stack, operation);
    case 'update-rollback':
      return rollBackResources(scope, stack, operation);
    default:
      return removeResources(scope, stack, operation);
  }
}

async function deploy(scope: Scope, stack: StackRow, operation: OperationRow): Promise<void> {
  if (operation.failed.create.length + operation.failed.update.length > 0) {
    stopIfQuiet(scope, stack, operation);
    return;
  }
  let model: Model;
  try {
    model = await modelOf(scope, stack, stack.deployment);
    checkAttributes(model);
  } catch (error) {
    return failBeforeWork(scope, operation, error);
  }
  for (let ready = readySteps(scope, operation, model); ready.length > 0; ready = readySteps(scope, operation, model)) {
    for (const logicalId of ready) {
      // A failed start ends the operation, or turns it into a rollback.
      if (operations.in(scope).get(stack.id)?.id !== operation.id) return;
      await startStep(scope, stacks.in(scope).get(stack.id)!, operation, logicalId, model);
      if (hasFailed(scope, stack)) return;
    }
  }
  if (operations.in(scope).get(stack.id)?.id !== operation.id) return;
  const rows = [...model.resources.keys()].map((id) => resourcesOf(scope, stack.id).get(id));
  if (rows.every((row) => isDone(row, operation)))
    await complete(scope, stacks.in(scope).get(stack.id)!, operation, model);
}

const hasFailed = (scope: Scope, { id }: StackRow): boolean => {
  const { failed } = operations.in(scope).get(id) ?? { failed: { create: [], update: [] } };
  return failed.create.length + failed.update.length > 0;
};

function readySteps(scope: Scope, operation: OperationRow, { resources, graph }: Model): string[] {
  const rows = resourcesOf(scope, operation.stackId);
  return [...resources.keys()].filter(
    (id) =>
      rows.get(id)?.step?.operation !== operation.id &&
      [...graph.get(id)!].every((need) => isDone(rows.get(need), operation)),
  );
}

const isDone = (row: ResourceRow | undefined, { id }: OperationRow): boolean =>
  row?.step?.operation === id && row.step.state === 'done';
