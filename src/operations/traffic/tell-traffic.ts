import type { Parameter } from '@aws-sdk/client-cloudformation';
import { outputs, WEIGHTS } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { handlingOf } from '../../domain/stack-status.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { causeOf } from '../stacks/stack-failure.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { type Pair, readTraffic, type Traffic } from './read-traffic.ts';

interface Place {
  /** `service-<name>`. */
  id: string;
  region: string;
  stackName: string;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>;

/**
 * Tells a service's stack where ECS has moved the requests, so that CloudFormation never writes older shares: with a
 * change of the rule, by another tool, or on a way back. It writes into the rule what stands there already, and only once
 * ECS moves nothing. Undefined for a stack whose requests are not moved; else what the stack knows now.
 */
export async function tellTraffic(session: Powers, place: Place): Promise<Traffic | undefined> {
  const { aws, environment } = session;
  const regional = aws.in(place.region);
  const stack = await regional.cloudFormation.stack(place.stackName);
  const told = Object.fromEntries(
    (stack?.Parameters ?? []).map((one) => [one.ParameterKey!, one.ParameterValue ?? '']),
  );
  if (!stack || told[WEIGHTS.primary] === undefined) return undefined;
  const known = { primary: Number(told[WEIGHTS.primary]), alternate: Number(told[WEIGHTS.alternate]) };
  const pair = pairIn(stackOutputs(stack));
  const live = pair && (await readTraffic(regional, pair));
  // Told before, and it did not get through.
  const isOpen = stack.StackStatus === 'UPDATE_FAILED';
  if (!live || (!isOpen && live.primary === known.primary && live.alternate === known.alternate)) return known;
  if (!isOpen && handlingOf(stack.StackStatus).action !== 'update') return known;
  if (await isMoving(session, place)) return known;
  const values: Record<string, string> = {
    [WEIGHTS.primary]: String(live.primary),
    [WEIGHTS.alternate]: String(live.alternate),
  };
  const Parameters = Object.keys(told).map((ParameterKey) =>
    values[ParameterKey] === undefined
      ? { ParameterKey, UsePreviousValue: true }
      : { ParameterKey, ParameterValue: values[ParameterKey] },
  );
  const why = await update(session, place, Parameters);
  if (why !== undefined) throw notTold(place, why, environmentFlags(environment));
  return live;
}

/**
 * Answers why it did not get through. Going back from here would write the older shares, so it does not. Not by a change
 * set: that is empty where the values are those of an update that failed.
 */
async function update(session: Powers, { region, stackName }: Place, Parameters: Parameter[]) {
  const { aws, clock, target } = session;
  const regional = aws.in(region).uninterrupted();
  const begun = await regional.cloudFormation.updateStack({
    StackName: stackName,
    UsePreviousTemplate: true,
    DisableRollback: true,
    Parameters,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
  });
  if (!begun) return 'CloudFormation sees nothing to do';
  const ended = await settledStack(regional, { clock, pollMs: target.pollMs }, stackName);
  if (ended?.StackStatus === 'UPDATE_COMPLETE') return undefined;
  return (await causeOf(regional, stackName)) ?? ended?.StackStatus ?? 'the stack is gone';
}

/** While ECS moves requests, what the rule says now is no longer so when it is written. */
async function isMoving({ aws }: Powers, place: Place): Promise<boolean> {
  const found = await servicePlace({ aws }, place);
  const service = found && (await aws.in(place.region).ecs.service(...found));
  return service?.deployments?.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS') ?? false;
}

/** Cluster and name of the service in a stack. */
export async function servicePlace(
  { aws }: Pick<Session, 'aws'>,
  { region, stackName }: Pick<Place, 'region' | 'stackName'>,
): Promise<[cluster: string, name: string] | undefined> {
  const resources = await aws.in(region).cloudFormation.resources(stackName);
  const arn = resources.find(({ ResourceType }) => ResourceType === 'AWS::ECS::Service')?.PhysicalResourceId ?? '';
  const [, cluster, name] = /:service\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  return cluster && name ? [cluster, name] : undefined;
}

/** The two groups and their rule, as a service's stack tells of them. */
export function pairIn(told: Readonly<Record<string, string>>): Pair | undefined {
  const { targetGroupArn, alternateTargetGroupArn, listenerRuleArn } = outputs.service;
  const [primary, alternate, rule] = [told[targetGroupArn], told[alternateTargetGroupArn], told[listenerRuleArn]];
  return primary && alternate && rule ? { primary, alternate, rule } : undefined;
}

const notTold = ({ id, stackName }: Place, why: string, flags: string) =>
  new PlatformError({
    id: 'traffic-not-told',
    kind: 'failed',
    message: `${stackName} could not be told to which target group ECS has moved the requests: ${why}. Requests are answered as before`,
    remedy: `platform recover ${id} ${flags} tells it again; until then change nothing of ${stackName} by other means`,
  });

/** Tells every stack of a service, where ECS has moved requests; side by side. */
export async function tellAll(session: Powers, stacks: readonly Place[]) {
  await Promise.all(stacks.filter(({ id }) => id.startsWith('service-')).map((stack) => tellTraffic(session, stack)));
}
