import { outputs, WEIGHTS } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { stackOutputs } from '../../domain/stack-outputs.ts';
import { handlingOf } from '../../domain/stack-status.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { runChangeSet } from '../run-change-set.ts';
import { causeOf } from '../stack-failure.ts';
import { type Pair, readTraffic, type Traffic } from './read-traffic.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>;

/**
 * Tells a service's stack where ECS has moved the requests, so that CloudFormation never writes older shares: with a
 * change of the rule, by another tool, or on a way back. It writes into the rule what stands there already. Undefined
 * for a stack whose requests are not moved; else what the stack knows now.
 */
export async function tellTraffic(
  session: Powers,
  place: { region: string; stackName: string },
): Promise<Traffic | undefined> {
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
  if (!live || (live.primary === known.primary && live.alternate === known.alternate)) return known;
  if (handlingOf(stack.StackStatus).action !== 'update') return known;
  const values: Record<string, string> = {
    [WEIGHTS.primary]: String(live.primary),
    [WEIGHTS.alternate]: String(live.alternate),
  };
  const end = await runChangeSet(
    session,
    place,
    {
      ChangeSetType: 'UPDATE',
      UsePreviousTemplate: true,
      // Going back from here would write the older shares.
      OnStackFailure: 'DO_NOTHING',
      Parameters: Object.keys(told).map((ParameterKey) =>
        values[ParameterKey] === undefined
          ? { ParameterKey, UsePreviousValue: true }
          : { ParameterKey, ParameterValue: values[ParameterKey] },
      ),
    },
    {
      say: () => undefined,
      object: (changes) => {
        // What only mentions the rule may be listed too; it comes out unchanged.
        const others = changes
          .filter(({ ResourceType }) => ResourceType !== 'AWS::ElasticLoadBalancingV2::ListenerRule')
          .filter(({ Details = [] }) => Details.some(({ Evaluation }) => Evaluation === 'Static'))
          .map(({ LogicalResourceId }) => LogicalResourceId);
        return others.length === 0 ? undefined : `it would change ${others.join(', ')} too`;
      },
    },
  );
  if (end.end === 'unchanged' || (end.end === 'done' && end.status === 'UPDATE_COMPLETE')) return live;
  const why = end.end === 'refused' ? end.reason : ((await causeOf(regional, place.stackName)) ?? end.status);
  throw notTold(place.stackName, why, environmentFlags(environment));
}

/** The two groups and their rule, as a service's stack tells of them. */
export function pairIn(told: Readonly<Record<string, string>>): Pair | undefined {
  const { targetGroupArn, alternateTargetGroupArn, listenerRuleArn } = outputs.service;
  const [primary, alternate, rule] = [told[targetGroupArn], told[alternateTargetGroupArn], told[listenerRuleArn]];
  return primary && alternate && rule ? { primary, alternate, rule } : undefined;
}

const notTold = (stackName: string, why: string, flags: string) =>
  new PlatformError({
    id: 'traffic-not-told',
    kind: 'failed',
    message: `${stackName} could not be told to which target group ECS has moved the requests: ${why}. Requests are answered as before`,
    remedy: `platform deploy ${flags} tells it before it changes anything; until then leave the rule of ${stackName} alone`,
  });

/** Tells every stack of a service, where ECS has moved requests; side by side. */
export async function tellAll(session: Powers, stacks: readonly { id: string; region: string; stackName: string }[]) {
  await Promise.all(stacks.filter(({ id }) => id.startsWith('service-')).map((stack) => tellTraffic(session, stack)));
}
