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
  rollout: Pick<RolloutWatch, 'hopeless'>;
  recorder: Recorder;
}

/** Has ECS go back to the tasks before as soon as waiting is hopeless. `end` waits until it has, where it was asked to. */
export function takeBackRollout(
  { aws, clock, target }: Pick<Session, 'aws' | 'clock' | 'target'>,
  { name, cluster, serviceName, rollout, recorder }: TakeBack,
): { end(): Promise<void> } {
  const { ecs } = aws.uninterrupted();
  let asked: Promise<void> | undefined;
  const ask = async () => {
    recorder.saw({ kind: 'act', text: `Waiting is hopeless: ECS is asked to take the rollout of ${name} back` });
    const [newest] = await ecs.deployments(cluster, serviceName);
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
      if (asked === undefined) return;
      await asked;
      await waitFor({ clock, everyMs: target.pollMs, forMs: BACK_MS }, async () => {
        const [newest] = await ecs.deployments(cluster, serviceName);
        return /_(IN_PROGRESS|REQUESTED)$/.test(newest?.status ?? '') ? undefined : true;
      });
    },
  };
}
