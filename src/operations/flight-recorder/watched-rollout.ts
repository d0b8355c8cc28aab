import type { Session } from '../../context.ts';
import type { Judge } from './judge.ts';
import type { Recorder } from './recorder.ts';

export type WatchPowers = Pick<Session, 'aws' | 'clock' | 'environment' | 'signal' | 'target'> & {
  recorder: Recorder;
};

export interface WatchedRollout {
  /** As platform.yaml calls it. */
  name: string;
  cluster: string;
  /** As ECS calls it. */
  serviceName: string;
  /** Rollouts that were there before. */
  before: ReadonlySet<string>;
  /** Id of the rollout, where it is known already. */
  own?: string;
  /** What has stopped before the first look is of an earlier time, and tells nothing of what is watched. */
  onlyNew?: boolean;
  judge?: Judge | undefined;
  /** What is typed once it is mended; absent: a redeployment. */
  again?: string;
  /** Never cut short what may be hopeless. */
  waitAnyway: boolean;
  say: (detail: string) => void;
}
