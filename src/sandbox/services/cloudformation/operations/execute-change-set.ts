import type { ExecuteChangeSetCommandInput, ExecuteChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { asTheyAre } from '../change-set/revert-drift.ts';
import { setDeployment, startOperation } from '../engine/start-operation.ts';
import { changeSetOr } from '../find-change-set.ts';
import { type ChangeSetRow, changeSets, type OperationRow, resourcesOf, stacks } from '../state.ts';
import { checkUpdatable } from './check-updatable.ts';
import { obsoleteChangeSets } from './obsolete-change-sets.ts';

export const executeChangeSet: Operation<ExecuteChangeSetCommandInput, Answer<ExecuteChangeSetCommandOutput>> = async (
  input,
  call,
) => {
  const row = changeSetOr(call, input);
  if (row.status !== 'CREATE_COMPLETE') throw inStatus(row, 'status', row.status);
  if (row.executionToken !== undefined && row.executionToken === input.ClientRequestToken) return {};
  if (row.executionStatus !== 'AVAILABLE') throw inStatus(row, 'execution status', row.executionStatus);
  await execute(row, input, call);
  return {};
};

const inStatus = ({ id }: ChangeSetRow, what: string, status: string): AwsFault =>
  new AwsFault('InvalidChangeSetStatus', `ChangeSet [${id}] cannot be executed in its current ${what} of [${status}]`);

async function execute(row: ChangeSetRow, input: ExecuteChangeSetCommandInput, call: Call): Promise<void> {
  const stack = stacks.in(call).get(row.stackId)!;
  const creates = stack.status === 'REVIEW_IN_PROGRESS';
  if (!creates) checkUpdatable(stack);
  obsoleteChangeSets(call, stack.id, row.id);
  changeSets.in(call).update(row.id, (draft) => {
    draft.executionStatus = 'EXECUTE_IN_PROGRESS';
    if (input.ClientRequestToken !== undefined) draft.executionToken = input.ClientRequestToken;
  });
  await setDeployment(call, stack, row.deployment);
  stacks.in(call).update(stack.id, (draft) => {
    draft.updatedAt = call.world.clock.stamp();
    draft.changeSetId = row.id;
    draft.disableRollback = input.DisableRollback ?? row.onStackFailure === 'DO_NOTHING';
    if (row.roleArn) draft.roleArn = row.roleArn;
    if (row.rollbackConfiguration) draft.rollbackConfiguration = row.rollbackConfiguration;
    draft.endpoint = call.endpoint;
  });
  for (const live of resourcesOf(call, stack.id).values())
    if (row.drifted?.[live.logicalId])
      resourcesOf(call, stack.id).update(live.logicalId, (draft) => {
        Object.assign(draft, asTheyAre(live, row.drifted));
      });
  const onFailure: OperationRow['onFailure'] = input.DisableRollback
    ? 'DO_NOTHING'
    : (row.onStackFailure ?? 'ROLLBACK');
  const status = row.kind === 'IMPORT' ? 'IMPORT_IN_PROGRESS' : creates ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  startOperation(call, stack.id, creates ? 'create' : 'update', status, {
    clientToken: input.ClientRequestToken,
    onFailure,
    retainExceptOnCreate: input.RetainExceptOnCreate,
    changeSetId: row.id,
    importing: row.kind === 'IMPORT',
    ...(row.imports ? { imports: row.imports } : {}),
  });
}
