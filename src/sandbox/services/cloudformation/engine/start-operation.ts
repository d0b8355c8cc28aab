import { randomUUID } from 'node:crypto';
import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Scope } from '../../../kernel/scope.ts';
import { evaluate, text } from '../intrinsics/evaluate.ts';
import { type Deployment, type OperationRow, operations, resourcesOf, type StackRow, stacks } from '../state.ts';
import { eachIntrinsic } from '../template/references.ts';
import type { Json } from '../template/template.ts';
import { setStackStatus } from './events.ts';
import { modelOf } from './model.ts';
import { goOn } from './schedule.ts';

export interface OperationOptions {
  clientToken?: string | undefined;
  onFailure?: OperationRow['onFailure'];
  spared?: string[];
  retainExceptOnCreate?: boolean | undefined;
  imports?: OperationRow['imports'];
  importing?: boolean;
  changeSetId?: string;
  returnTo?: StackStatus | undefined;
}

const TYPES = {
  create: 'CREATE_STACK',
  'create-rollback': 'ROLLBACK',
  delete: 'DELETE_STACK',
  update: 'UPDATE_STACK',
  'update-rollback': 'CONTINUE_ROLLBACK',
} as const;

/** Begins a change of a stack; what was under way before is forgotten, its timers come too late. */
export function startOperation(
  scope: Scope,
  stackId: string,
  kind: OperationRow['kind'],
  status: StackStatus,
  {
    clientToken,
    onFailure = 'ROLLBACK',
    spared = [],
    retainExceptOnCreate = false,
    imports,
    importing,
    changeSetId,
    returnTo,
  }: OperationOptions = {},
  reason = 'User Initiated',
): OperationRow {
  const operation = operations.in(scope).put(stackId, {
    id: randomUUID(),
    stackId,
    kind,
    phase: 'work',
    startedAt: scope.world.clock.now(),
    failed: { create: [], update: [], delete: [] },
    onFailure,
    spared,
    retainExceptOnCreate,
    ...(clientToken === undefined ? {} : { clientToken }),
    ...(imports === undefined ? {} : { imports }),
    ...(importing ? { importing } : {}),
    ...(changeSetId === undefined ? {} : { changeSetId }),
    ...(returnTo === undefined ? {} : { returnTo }),
  });
  stacks.in(scope).update(stackId, (draft) => {
    draft.lastOperation = { id: operation.id, type: TYPES[kind] };
    if (clientToken === undefined) delete draft.lastToken;
    else draft.lastToken = clientToken;
  });
  setStackStatus(scope, stackId, status, reason);
  goOn(scope, { stackId, operation: operation.id });
  return operation;
}

/** Gives a stack what it is to become, keeping what it was for a rollback, and writes down whose exports it uses. */
export async function setDeployment(scope: Scope, stack: StackRow, deployment: Deployment): Promise<void> {
  const imports = await importsOf(scope, stack, deployment);
  const existed =
    resourcesOf(scope, stack.id).size > 0 || !['CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS'].includes(stack.status);
  stacks.in(scope).update(stack.id, (draft) => {
    if (existed && draft.stable === undefined) {
      draft.stable = draft.deployment;
      draft.stableOutputs = draft.outputs;
    }
    draft.deployment = deployment;
    draft.imports = imports;
  });
}

async function importsOf(scope: Scope, stack: StackRow, deployment: Deployment): Promise<string[]> {
  const model = await modelOf(scope, stack, deployment);
  const names = new Set<string>();
  const look = (value: Json) =>
    eachIntrinsic(value, (name, argument) => {
      if (name === 'Fn::ImportValue') names.add(text(evaluate(argument, model.environment) ?? ''));
    });
  for (const { Properties } of model.resources.values()) look(Properties ?? {});
  for (const { Value } of Object.values(model.template.Outputs ?? {})) look(Value);
  return [...names];
}
