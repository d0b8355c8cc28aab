import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTaskDefinitionCommand, ECSClient, type TaskDefinition } from '@aws-sdk/client-ecs';
import { type FunctionConfiguration, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { SystemProject } from './system-project.ts';

/** The outputs of an environment, as `platform outputs` shows them. */
export async function outputsOf({ at, platform }: SystemProject, environment: string): Promise<Record<string, string>> {
  return (await platform(`outputs ${at(environment)} --json`)).json();
}

/** What a function of an environment has written so far. */
export async function logOf(project: SystemProject, environment: string, fn: string): Promise<string> {
  const logGroupName = (await outputsOf(project, environment))[`functions.${fn}.logGroup`]!;
  const logs = project.aws.client(CloudWatchLogsClient, { account: project.accountOf(environment) });
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.map(({ message }) => message).join('\n');
}

/** The task definition that a service runs. */
export async function taskOf(project: SystemProject, environment: string, service: string): Promise<TaskDefinition> {
  const taskDefinition = (await outputsOf(project, environment))[`services.${service}.taskDefinition`]!;
  const ecs = project.aws.client(ECSClient, { account: project.accountOf(environment) });
  return (await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition!;
}

/** What a function of an environment is, as Lambda has it. */
export async function functionOf(
  project: SystemProject,
  environment: string,
  fn: string,
): Promise<FunctionConfiguration> {
  const FunctionName = (await outputsOf(project, environment))[`functions.${fn}.name`]!;
  const lambda = project.aws.client(LambdaClient, { account: project.accountOf(environment) });
  return lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
}
