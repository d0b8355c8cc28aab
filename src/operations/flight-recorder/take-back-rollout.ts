import type { Session } from '../../context.ts';
import { waitFor } from '../wait-for.ts';
import type { Recorder } from './recorder.ts';
import type { RolloutWatch } from './rollout-watch.ts';

/** ECS starts the tasks before anew where they are gone, and drains those that it takes back. */
const BACK_MS = 15 * 60_000;

interface TakeBack {
  name: string;
  cluster: string;
  serviceName: string;
  /** Id of the rollout, `ecs-svc/…`. */
  deployment: string;
  /** Rollouts that were there before it. */
  before: ReadonlySet<string>;
  rollout: Pick<RolloutWatch, 'hopeless'>;
  recorder: Recorder;
}

/**
 * Has ECS go back to the tasks before as soon as waiting is hopeless. `end` waits until it has, where it was asked to,
 * and says whether somebody else's rollout was found in the place of ours, which is left alone.
 */
export function takeBackRollout(
  { aws, clock, target }: Pick<Session, 'aws' | 'clock' | 'target'>,
  { name, cluster, serviceName, deployment, before, rollout, recorder }: TakeBack,
): { end(): Promise<{ replaced: boolean }> } {
  const { ecs } = aws.uninterrupted();
  let asked: Promise<void> | undefined;
  let replaced = false;
  const ask = async () => {
    // ECS ties no rollout of a service to what can be stopped. In this order the newest is ours when ours is still the
    // primary one afterwards: whatever began meanwhile would be primary instead, and what was listed is not that one.
    const [newest] = await ecs.deployments(cluster, serviceName);
    const service = await ecs.service(cluster, serviceName);
    const primary = service?.deployments?.find(({ status }) => status === 'PRIMARY');
    // One that was there before is the way back: ECS has gone back to it by itself, and nobody has begun another.
    if (primary?.id === undefined || before.has(primary.id)) {
      const text = `Waiting is hopeless, and ECS has gone back by itself: nothing of ${name} is left to take back`;
      recorder.saw({ kind: 'act', text });
      return;
    }
    if (primary.id !== deployment) {
      replaced = true;
      const text = `Waiting is hopeless, and another rollout has taken the place of ours: ${name} is left alone`;
      recorder.saw({ kind: 'act', text });
      return;
    }
    recorder.saw({ kind: 'act', text: `Waiting is hopeless: ECS is asked to take the rollout of ${name} back` });
    if (newest?.status === 'PENDING' || newest?.status === 'IN_PROGRESS')
      await ecs.stopDeployment(newest.serviceDeploymentArn!);
  };
  // Refused where it has just ended by itself: then there is nothing to take back.
  const listener = () => {
    asked = ask().catch(() => undefined);
  };
  rollout.hopeless.addEventListener('abort', listener, { once: true });
  return {
    end: async () => {
      rollout.hopeless.removeEventListener('abort', listener);
      if (asked === undefined) return { replaced: false };
      await asked;
      if (replaced) return { replaced };
      await waitFor({ clock, everyMs: target.pollMs, forMs: BACK_MS }, async () => {
        const [newest] = await ecs.deployments(cluster, serviceName);
        return /_(IN_PROGRESS|REQUESTED)$/.test(newest?.status ?? '') ? undefined : true;
      });
      return { replaced };
    },
  };
}
