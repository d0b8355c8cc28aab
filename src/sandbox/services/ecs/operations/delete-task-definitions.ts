import type {
  DeleteTaskDefinitionsCommandInput,
  DeleteTaskDefinitionsCommandOutput,
  Failure,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalid } from '../faults.ts';
import { lastPart, taskDefinitionArn } from '../names.ts';
import { taskDefinitions } from '../state.ts';
import { shown } from '../stored.ts';

/** Only deregistered revisions can be deleted, ten a call. They stay visible as DELETE_IN_PROGRESS, which AWS leaves open-ended. */
export const deleteTaskDefinitions: Operation<
  DeleteTaskDefinitionsCommandInput,
  Answer<DeleteTaskDefinitionsCommandOutput>
> = ({ taskDefinitions: references }, call) => {
  if (!references || references.length === 0 || references.length > 10)
    throw invalid('Between 1 and 10 task definitions can be deleted at once.');
  const deleted: TaskDefinition[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const name = lastPart(reference);
    const row = taskDefinitions.in(call).get(name);
    if (row?.definition.status === 'INACTIVE') {
      const { definition } = taskDefinitions.in(call).update(name, (draft) => {
        draft.definition.status = 'DELETE_IN_PROGRESS';
        draft.definition.deleteRequestedAt = call.world.clock.stamp();
      });
      deleted.push(shown(definition));
      continue;
    }
    failures.push({
      arn: taskDefinitionArn(call, name),
      ...(row
        ? {
            reason: 'TASK_DEFINITION_IS_NOT_INACTIVE',
            detail:
              'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
          }
        : { reason: 'TASK_DEFINITION_NOT_FOUND', detail: 'The specified task definition does not exist.' }),
    });
  }
  return { taskDefinitions: deleted, failures };
};
