import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { ApplyInput } from '../deploy/apply-stack.ts';
import type { Traffic } from './read-traffic.ts';
import { restedTraffic } from './rested-traffic.ts';
import { servicePlace } from './tell-traffic.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'signal' | 'target'>;

/**
 * Has ECS move the requests to the group that a service keeps when it is the other one's turn: by fresh tasks of what
 * runs already, with the alarms and the bake time that the service has.
 */
export async function leaveAlternate(session: Powers, { stack, tree }: ApplyInput): Promise<Traffic> {
  const { aws, environment } = session;
  const place = await servicePlace(session, stack);
  const detail = 'requests go back to the target group that stays';
  tree.row(stack.id, { title: stack.id, state: 'running', detail });
  if (place) await aws.in(stack.region).ecs.forceNewDeployment(...place);
  const traffic = await restedTraffic(session, stack);
  if (traffic && traffic.alternate === 0) return traffic;
  tree.row(stack.id, { title: stack.id, state: 'failed' });
  throw stays(stack.stackName, stack.id.replace(/^service-/, ''), environmentFlags(environment));
}

const stays = (stackName: string, service: string, flags: string) =>
  new PlatformError({
    id: 'traffic-stays',
    kind: 'failed',
    message: `Requests of ${service} go to the target group that ${stackName} is to lose, and ECS did not move them to the other one; nothing was changed`,
    remedy: `platform doctor ${service} ${flags} says why; platform redeploy ${service} ${flags} tries again`,
  });
