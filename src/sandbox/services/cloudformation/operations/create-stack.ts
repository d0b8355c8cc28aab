import type { CreateStackCommandInput, CreateStackCommandOutput } from '@aws-sdk/client-cloudformation';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { makeStackId } from '../engine/names.ts';
import { setDeployment, startOperation } from '../engine/start-operation.ts';
import { invalid } from '../faults.ts';
import { findStack } from '../find-stack.ts';
import { putStack } from '../new-stack.ts';
import { type OperationRow, type StackRow, stacks } from '../state.ts';
import type { JsonObject } from '../template/template.ts';
import { checkStackName } from './check-stack-name.ts';
import { obsoleteChangeSets } from './obsolete-change-sets.ts';
import { policyText } from './policy-source.ts';
import { prepareDeployment } from './prepare-deployment.ts';
import { scheduleTimeout } from './schedule-timeout.ts';
import { templateSource } from './template-source.ts';

export const createStack: Operation<CreateStackCommandInput, Answer<CreateStackCommandOutput>> = async (
  input,
  call,
) => {
  checkStackName(input.StackName);
  const existing = findStack(call, input.StackName);
  if (existing && existing.status !== 'REVIEW_IN_PROGRESS')
    throw new AwsFault('AlreadyExistsException', `Stack [${input.StackName}] already exists`);
  if (input.OnFailure !== undefined && input.DisableRollback !== undefined)
    throw invalid('You can specify either DisableRollback or OnFailure, but not both.');
  return { StackId: (await beginStack(input, call, existing)).id };
};

/** Makes a stack and begins to fill it; `more` is what only a nested stack has. */
export async function beginStack(
  input: CreateStackCommandInput,
  call: Call,
  existing?: StackRow,
  more: Partial<StackRow> = {},
): Promise<StackRow> {
  const name = input.StackName!;
  const text = await templateSource(input, call);
  const id = existing?.id ?? makeStackId(call, name);
  const deployment = await prepareDeployment(text, input, call, { id, name });
  const onFailure: OperationRow['onFailure'] = input.OnFailure ?? (input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK');
  const policy = await policyText(input, call);
  const row = putStack(call, id, name, {
    status: 'CREATE_IN_PROGRESS',
    disableRollback: onFailure === 'DO_NOTHING',
    terminationProtection: input.EnableTerminationProtection ?? false,
    ...(input.RoleARN ? { roleArn: input.RoleARN } : {}),
    ...(input.TimeoutInMinutes ? { timeoutMinutes: input.TimeoutInMinutes } : {}),
    ...(input.RollbackConfiguration
      ? { rollbackConfiguration: input.RollbackConfiguration as unknown as JsonObject }
      : {}),
    ...(policy === undefined ? {} : { policy }),
    ...(existing ? { createdAt: existing.createdAt } : {}),
    ...more,
  });
  obsoleteChangeSets(call, id);
  await setDeployment(call, row, deployment);
  const operation = startOperation(call, id, 'create', 'CREATE_IN_PROGRESS', {
    clientToken: input.ClientRequestToken,
    onFailure,
    retainExceptOnCreate: input.RetainExceptOnCreate,
  });
  if (input.TimeoutInMinutes) scheduleTimeout(call, operation, input.TimeoutInMinutes);
  return stacks.in(call).get(id)!;
}
