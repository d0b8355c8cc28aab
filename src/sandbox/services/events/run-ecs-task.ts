import { randomUUID } from 'node:crypto';
import type { RunTaskCommandInput, RunTaskCommandOutput } from '@aws-sdk/client-ecs';
import type { Target } from '@aws-sdk/client-eventbridge';
import { AwsFault } from '../../kernel/fault.ts';
import type { Call, Scope } from '../../kernel/scope.ts';
import { runTask } from '../ecs/operations/run-task.ts';
import { taskDefinitions } from '../ecs/state.ts';
import { simulatePrincipalPolicy } from '../iam/operations/simulate-principal-policy.ts';
import { roles } from '../iam/state.ts';
import { trusts } from '../iam/trust.ts';
import type { RuleRow } from './state.ts';

/**
 * Runs the task of a target that is a cluster, in the name of its role. False when that fails: EventBridge says so in
 * its metric FailedInvocations and nowhere else.
 */
export function runEcsTask(target: Target, input: string | undefined, rule: RuleRow, scope: Scope): boolean {
  const { RoleArn = '', EcsParameters: wanted } = target;
  if (!wanted?.TaskDefinitionArn || !mayStart(scope, { target, rule })) return false;
  const vpc = wanted.NetworkConfiguration?.awsvpcConfiguration;
  const asked: RunTaskCommandInput = {
    cluster: target.Arn,
    taskDefinition: wanted.TaskDefinitionArn,
    count: wanted.TaskCount ?? 1,
    startedBy: `events-rule/${rule.name}`,
    launchType: wanted.LaunchType,
    group: wanted.Group,
    platformVersion: wanted.PlatformVersion,
    enableExecuteCommand: wanted.EnableExecuteCommand,
    enableECSManagedTags: wanted.EnableECSManagedTags,
    propagateTags: wanted.PropagateTags,
    ...(wanted.CapacityProviderStrategy && {
      capacityProviderStrategy: wanted.CapacityProviderStrategy.map(({ capacityProvider, weight, base }) => ({
        capacityProvider,
        weight,
        base,
      })),
    }),
    ...(vpc && {
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: vpc.Subnets,
          securityGroups: vpc.SecurityGroups,
          assignPublicIp: vpc.AssignPublicIp,
        },
      },
    }),
    ...overridesIn(input),
  };
  try {
    const { tasks = [] } = runTask(asked, inTheNameOf(RoleArn, scope)) as RunTaskCommandOutput;
    return tasks.length > 0;
  } catch (error) {
    if (error instanceof AwsFault) return false;
    throw error;
  }
}

/** The role trusts EventBridge, may start this definition in this cluster, and may hand on the roles of its tasks. */
function mayStart(scope: Scope, { target, rule }: { target: Target; rule: RuleRow }): boolean {
  const role = roles
    .in(scope)
    .values()
    .find(({ arn }) => arn === target.RoleArn);
  const context = { 'aws:SourceAccount': scope.account, 'aws:SourceArn': rule.arn };
  if (!role || !trusts(role.trust, { caller: { service: 'events.amazonaws.com' }, context })) return false;
  const definitionArn = target.EcsParameters!.TaskDefinitionArn!;
  const { definition } = taskDefinitions.in(scope).get(definitionArn.split('/').at(-1)!) ?? {};
  const may = (action: string, resources: string[], key: string, value: string) =>
    simulatePrincipalPolicy(
      {
        PolicySourceArn: role.arn,
        ActionNames: [action],
        ResourceArns: resources,
        ContextEntries: [{ ContextKeyName: key, ContextKeyValues: [value], ContextKeyType: 'string' }],
      },
      inTheNameOf(role.arn, scope),
    ).EvaluationResults!.every(({ EvalDecision }) => EvalDecision === 'allowed');
  const passed = [definition?.taskRoleArn, definition?.executionRoleArn].filter((one) => one !== undefined);
  return (
    may('ecs:RunTask', [definitionArn], 'ecs:cluster', target.Arn!) &&
    (passed.length === 0 || may('iam:PassRole', passed, 'iam:PassedToService', 'ecs-tasks.amazonaws.com'))
  );
}

/** The input of such a target is read as the overrides of the task; other input has no effect. */
function overridesIn(input: string | undefined): Pick<RunTaskCommandInput, 'overrides'> {
  if (input === undefined) return {};
  try {
    const { containerOverrides } = JSON.parse(input) as NonNullable<RunTaskCommandInput['overrides']>;
    return containerOverrides ? { overrides: { containerOverrides } } : {};
  } catch {
    return {};
  }
}

const inTheNameOf = (principal: string, { world, account, region }: Scope): Call => ({
  world,
  account,
  region,
  requestId: randomUUID(),
  endpoint: 'http://127.0.0.1',
  principal,
});
