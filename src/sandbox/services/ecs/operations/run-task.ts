import type { RunTaskCommandInput, RunTaskCommandOutput } from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { providersFor } from '../capacity-providers.ts';
import { invalid, refused } from '../faults.ts';
import { checkedLaunch } from '../launch-rules.ts';
import { clusterOf, taskDefinitionOf } from '../lookups.ts';
import { checkedNetwork } from '../network-rules.ts';
import { shortageFor } from '../shortages.ts';
import { assumable, cannotAssume } from '../start-checks/allowed.ts';
import { runTokens, tasks as tasksTable } from '../state.ts';
import { shown } from '../stored.ts';
import { checkedTags, mergedTags } from '../tags.ts';
import { launchTask } from '../tasks/launch-task.ts';
import { isSpot, tasksWithinQuota, VCPU_LIMIT } from '../vcpu-quota.ts';

/** Starts one-off tasks, once per client token; what goes wrong later shows on the tasks. */
export const runTask: Operation<RunTaskCommandInput, Answer<RunTaskCommandOutput>> = (input, call) => {
  const cluster = clusterOf(call, input.cluster);
  const repeated = input.clientToken === undefined ? undefined : runTokens.in(call).get(input.clientToken);
  if (repeated)
    return { tasks: shown(repeated.keys.flatMap((key) => tasksTable.in(call).get(key)?.task ?? [])), failures: [] };
  const definition = taskDefinitionOf(call, input.taskDefinition, { running: true });
  const count = input.count ?? 1;
  if (count < 1 || count > 10) throw invalid('count should be between 1 and 10.');
  if ((input.startedBy?.length ?? 0) > 128) throw invalid('startedBy should not be longer than 128.');
  const { launchType, capacityProviderStrategy } = checkedLaunch(cluster, definition, input);
  const network = checkedNetwork(call, definition, input.networkConfiguration);
  for (const { name } of input.overrides?.containerOverrides ?? []) {
    if (!definition.definition.containerDefinitions.some((container) => container.name === name))
      throw invalid(`Override for container named ${name} is not a container in the TaskDefinition.`);
  }
  const { executionRoleArn, taskRoleArn } = { ...definition.definition, ...input.overrides };
  for (const role of [executionRoleArn, taskRoleArn]) {
    if (role !== undefined && !assumable(call, role)) throw refused(cannotAssume(role));
  }
  const failures = shortageFor(call, network.subnets, count);
  if (failures) return { tasks: [], failures };
  const family = definition.definition.family;
  const propagated = input.propagateTags === 'TASK_DEFINITION' ? definition.tags : [];
  const managed = input.enableECSManagedTags ? [{ key: 'aws:ecs:clusterName', value: cluster.clusterName }] : [];
  const [provider] = providersFor(capacityProviderStrategy, {}, 1);
  const cpu = input.overrides?.cpu ?? definition.definition.cpu;
  const allowed = Math.min(count, tasksWithinQuota(call, cpu, isSpot(provider)));
  const tasks = Array.from({ length: allowed }, (_, index) =>
    launchTask(call, {
      cluster: cluster.clusterName,
      definition,
      network: { ...network, subnets: rotated(network.subnets, index) },
      launchType,
      capacityProvider: provider,
      group: input.group ?? `family:${family}`,
      startedBy: input.startedBy,
      overrides: input.overrides,
      enableExecuteCommand: input.enableExecuteCommand,
      tags: mergedTags(mergedTags(propagated, checkedTags(input.tags)), managed),
    }),
  );
  if (input.clientToken !== undefined)
    runTokens.in(call).put(input.clientToken, { keys: tasks.map(({ taskId }) => `${cluster.clusterName}/${taskId}`) });
  const unplaced = Array.from({ length: count - allowed }, () => ({ reason: VCPU_LIMIT }));
  return { tasks: tasks.map(({ task }) => shown(task)), failures: unplaced };
};

const rotated = (subnets: readonly string[], by: number): string[] =>
  subnets.map((_, index) => subnets[(index + by) % subnets.length]!);
