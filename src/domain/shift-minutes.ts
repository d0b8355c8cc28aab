/** How a service's requests move, as platform.yaml says it. */
export type Rollout =
  | { type: 'rolling' }
  | { type: 'blue-green'; bakeMinutes: number }
  | { type: 'canary' | 'linear'; percent: number; minutes: number; bakeMinutes: number };

/**
 * CloudFormation waits three hours for a service (https://repost.aws/knowledge-center/cloudformation-ecs-service-stabilize);
 * tasks have to start and to drain within them too.
 */
export const MOST_SHIFT_MINUTES = 120;

/** For how long ECS moves requests and waits beside them, whatever tasks need to start. */
export function shiftMinutes(rollout: Rollout): number {
  if (rollout.type === 'rolling') return 0;
  if (rollout.type === 'blue-green') return rollout.bakeMinutes;
  const waits = rollout.type === 'canary' ? 1 : Math.ceil(100 / rollout.percent) - 1;
  return waits * rollout.minutes + rollout.bakeMinutes;
}
