import { outputs } from '../../infra/outputs.ts';
import type { Session } from '../context.ts';
import type { FoundStack } from './stacks/named-stacks.ts';
import { stackOutputs } from './stacks/stack-outputs.ts';

export interface SilentAlarms {
  /** Names of those that their stack has and CloudWatch has not. */
  gone: string[];
  /** Those that may ring and are not to do anything then. */
  off: string[];
  /** Those that no longer tell the topic, with what they do instead. */
  elsewhere: { name: string; actions: readonly string[] }[];
}

/** Which alarms of the stack nobody would hear, because somebody deleted or changed them behind its back. Only looks. */
export async function silentAlarms(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  { region, stack, stackName }: FoundStack,
): Promise<SilentAlarms> {
  const topicArn = stackOutputs(stack)[outputs.observability.topicArn];
  const [resources, all] = await Promise.all([
    aws.in(region).cloudFormation.resources(stackName),
    aws.in(region).alarms.named(`${environment.project}-${environment.name}-`),
  ]);
  const live = new Map(all.map((alarm) => [alarm.AlarmName!, alarm]));
  const stands = resources.flatMap(({ PhysicalResourceId: name, ResourceStatus, ResourceType }) =>
    ResourceType === 'AWS::CloudWatch::Alarm' && name && /^(CREATE|UPDATE)_COMPLETE$/.test(ResourceStatus ?? '')
      ? [{ name, alarm: live.get(name) }]
      : [],
  );
  return {
    gone: stands.flatMap(({ name, alarm }) => (alarm ? [] : [name])),
    off: stands.flatMap(({ name, alarm }) => (alarm?.ActionsEnabled === false ? [name] : [])),
    elsewhere: stands.flatMap(({ name, alarm: { ActionsEnabled, AlarmActions = [] } = {} }) =>
      ActionsEnabled && topicArn !== undefined && !AlarmActions.includes(topicArn)
        ? [{ name, actions: AlarmActions }]
        : [],
    ),
  };
}
