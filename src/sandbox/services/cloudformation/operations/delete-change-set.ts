import type { DeleteChangeSetCommandInput, DeleteChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { changeSetOr } from '../find-change-set.ts';
import { changeSets } from '../state.ts';

/** One that is gone already is no error; one that is being executed is. */
export const deleteChangeSet: Operation<DeleteChangeSetCommandInput, Answer<DeleteChangeSetCommandOutput>> = (
  input,
  call,
) => {
  try {
    const row = changeSetOr(call, input);
    if (row.executionStatus === 'EXECUTE_IN_PROGRESS')
      throw new AwsFault(
        'InvalidChangeSetStatus',
        `ChangeSet [${row.id}] cannot be deleted in its current status of [EXECUTE_IN_PROGRESS]`,
      );
    changeSets.in(call).delete(row.id);
  } catch (error) {
    if (!(error instanceof AwsFault && error.code === 'ChangeSetNotFound')) throw error;
  }
  return {};
};
