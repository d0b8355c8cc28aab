import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { waitFor } from '../wait-for.ts';
import type { Traffic } from './read-traffic.ts';
import { servicePlace, tellTraffic } from './tell-traffic.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'signal' | 'target'>;

/** As long as the longest rollout that the configuration allows, and its tasks need to start and to drain. */
const FOR_MS = 3 * 60 * 60_000;

/** Where requests go once ECS moves none, of which CloudFormation is told. Undefined for a stack that knows nothing of it. */
export async function restedTraffic(
  session: Powers,
  stack: Pick<PlannedStack, 'id' | 'live' | 'region' | 'stackName'>,
): Promise<Traffic | undefined> {
  const { aws, clock, environment, signal, target } = session;
  const arn = stack.live?.outputs[outputs.service.listenerRuleArn];
  const place = arn && (await servicePlace(session, stack));
  if (place) {
    const rested = await waitFor({ clock, everyMs: target.pollMs, forMs: FOR_MS, signal }, async () => {
      const service = await aws.in(stack.region).ecs.service(...place);
      return service?.deployments?.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS') ? undefined : true;
    });
    if (!rested) throw stillMoving(stack.stackName, environmentFlags(environment));
  }
  return tellTraffic(session, stack);
}

const stillMoving = (stackName: string, flags: string) =>
  new PlatformError({
    id: 'traffic-still-moves',
    kind: 'failed',
    message: `A rollout that was begun before still moves requests of ${stackName}, and nothing was changed`,
    remedy: `platform status ${flags} shows how far it is; run this again when it is over`,
  });
