import type {
  DescribeTasksCommandInput,
  DescribeTasksCommandOutput,
  Failure,
  ListTasksCommandInput,
  ListTasksCommandOutput,
  Task,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalid, serviceNotFound } from '../faults.ts';
import { listPage } from '../list-page.ts';
import { clusterOf } from '../lookups.ts';
import { lastPart, taskArn } from '../names.ts';
import { services, tasks } from '../state.ts';
import { shown } from '../stored.ts';

/** A hundred a call; tasks that are not there (any more) are named in `failures`. */
export const describeTasks: Operation<DescribeTasksCommandInput, Answer<DescribeTasksCommandOutput>> = (
  { cluster, tasks: references, include },
  call,
) => {
  const { clusterName } = clusterOf(call, cluster);
  if (!references || references.length === 0) throw invalid('Tasks cannot be empty.');
  if (references.length > 100) throw invalid('Tasks should not contain more than 100 elements.');
  const found: Task[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const row = tasks.in(call).get(`${clusterName}/${lastPart(reference)}`);
    if (row) found.push({ ...shown<Task>(row.task), tags: include?.includes('TAGS') ? row.task.tags! : [] });
    else failures.push({ arn: taskArn(call, clusterName, lastPart(reference)), reason: 'MISSING' });
  }
  return { tasks: found, failures };
};

/** Tasks whose wished status is RUNNING unless STOPPED ones are asked for. */
export const listTasks: Operation<ListTasksCommandInput, Answer<ListTasksCommandOutput>> = (input, call) => {
  const { clusterName } = clusterOf(call, input.cluster);
  const serviceName = input.serviceName === undefined ? undefined : lastPart(input.serviceName);
  if (serviceName !== undefined && !services.in(call).has(`${clusterName}/${serviceName}`)) throw serviceNotFound();
  if (input.containerInstance) throw invalid('This sandbox has no container instances.');
  const found = tasks
    .in(call)
    .values()
    .filter((row) => row.cluster === clusterName)
    .filter(({ task }) => task.desiredStatus === (input.desiredStatus ?? 'RUNNING'))
    .filter((row) => serviceName === undefined || row.service?.name === serviceName)
    .filter(
      (row) => input.family === undefined || row.definition.slice(0, row.definition.lastIndexOf(':')) === input.family,
    )
    .filter(({ task }) => input.startedBy === undefined || task.startedBy === input.startedBy)
    .filter(({ task }) => input.launchType === undefined || task.launchType === input.launchType);
  const { items, ...rest } = listPage(found, input);
  return { taskArns: items.map(({ task }) => task.taskArn!), ...rest };
};
