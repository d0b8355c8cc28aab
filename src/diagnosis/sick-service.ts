import type { Session } from '../context.ts';

/** What a diagnosis reads with. Its calls change nothing. */
export type DiagnosisPowers = Pick<Session, 'aws' | 'clock' | 'environment' | 'signal'>;

/** What every look needs. */
export type LookPowers = Pick<Session, 'aws' | 'clock' | 'signal'>;

/** A service that is not as it should be. */
export interface SickService {
  /** As platform.yaml calls it. */
  name: string;
  cluster: string;
  /** As ECS calls it. */
  serviceName: string;
  /** Absent: that of the service, where it has one. Given, it is looked at side by side with the rest. */
  targetGroupArn?: string;
  /**
   * Id of the rollout in question, `ecs-svc/…`: only its tasks are looked at, so that neither the tasks before it nor
   * those that scaling takes away are blamed. Whoever watches a rollout gives it. Absent: the rollout that `since` says,
   * else the newest.
   */
  deployment?: string;
  /** Only rollouts whose tasks were made since then, in milliseconds since 1970: after CloudFormation has gone back, the newest is a healthy one. */
  since?: number;
  /** What starts its tasks anew once it is mended; absent: a redeployment, which only finds a service that stands. */
  again?: string;
  /** Ids of the tasks that are meant, of those that ended; absent: all of the rollout. */
  tasks?: readonly string[];
}
