import type { FailureId } from '../failure-id.ts';
import { judgeText } from '../texts/judge-text.ts';
import type { FailedResource } from './failed-resources.ts';

/**
 * How a failed resource lets its stack go on.
 * `wait` by itself, given time · `unprotect` a database whose deletion is switched off · `empty-bucket`,
 * `empty-repository` what holds things · `mend-role` a role that is gone or lets nobody in · `gone` no further try can
 * succeed · `tell` only a person can
 */
export type Way = 'wait' | 'unprotect' | 'empty-bucket' | 'empty-repository' | 'mend-role' | 'gone' | 'tell';

export interface Hurdle {
  /** Failure mode. */
  failure: string;
  way: Way;
  /** Why it failed, in our words: a half sentence after the resource's name. */
  why: string;
  /** What to do first, for ways that are not ours. */
  mend?: string;
  /** How long to wait before the next try. */
  waitMs?: number;
}

interface Rule extends Hurdle {
  failure: FailureId;
  types?: RegExp;
}

const MINUTE = 60_000;

/** Which words mean these failures, `domain/texts` says; of several that one reason allows, the first here counts. */
const RULES: readonly Rule[] = [
  {
    failure: 'F-96',
    way: 'wait',
    why: 'SQS keeps the name of a deleted queue for 60 seconds',
    waitMs: 70_000,
  },
  {
    failure: 'F-85',
    way: 'unprotect',
    types: /^AWS::RDS::/,
    why: 'the database is protected against deletion',
  },
  {
    failure: 'F-114',
    way: 'wait',
    why: 'CloudFront still holds replicas of the function, and lets go of them within hours',
    waitMs: 5 * MINUTE,
  },
  {
    failure: 'F-03',
    way: 'wait',
    types: /^AWS::RDS::/,
    why: 'the database was in the middle of another change',
    waitMs: MINUTE,
  },
  {
    failure: 'F-138',
    way: 'wait',
    why: 'network interfaces of others still stand in it; Lambda lets go of its own within 20 minutes or so',
    waitMs: 2 * MINUTE,
  },
  {
    failure: 'F-18',
    way: 'wait',
    why: 'AWS had too many requests',
    waitMs: 30_000,
  },
  {
    failure: 'F-137',
    way: 'empty-bucket',
    types: /^AWS::S3::Bucket$/,
    why: 'the bucket is not empty',
  },
  {
    failure: 'F-142',
    way: 'empty-repository',
    types: /^AWS::ECR::Repository$/,
    why: 'the repository still holds images',
  },
  {
    failure: 'F-61',
    way: 'gone',
    // An INACTIVE revision cannot be made active again, and the stack knows no other:
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
    why: 'the task definition it goes back to was deregistered, and ECS takes no such revision back',
    mend: 'after it is skipped, platform deploy registers a new revision',
  },
  {
    failure: 'F-26',
    way: 'mend-role',
    why: 'a role it needs is gone, or lets nobody in',
    mend: 'bring the role back, or let CloudFormation in again',
  },
  {
    failure: 'F-16',
    way: 'tell',
    why: 'a permission was missing',
    mend: 'grant what the reason names to the role that CloudFormation uses',
  },
  {
    failure: 'F-30',
    way: 'wait',
    why: 'the credentials ended in the middle',
    waitMs: 0,
  },
  {
    failure: 'F-09',
    way: 'tell',
    why: 'another stack still uses it',
    mend: 'take it out of the other stack first',
  },
  {
    failure: 'F-10',
    way: 'tell',
    why: 'something else has its name',
    mend: 'rename or delete what has the name',
  },
  {
    failure: 'F-19',
    way: 'gone',
    why: 'it was deleted or changed behind the stack’s back',
    mend: 'make it again by hand, with the name it had',
  },
  {
    failure: 'F-13',
    way: 'tell',
    why: 'it did not become steady in time',
    mend: 'platform status and the service’s logs show what keeps it from becoming steady',
  },
  {
    failure: 'F-07',
    way: 'wait',
    why: 'another operation was in the way',
    waitMs: MINUTE,
  },
];

/** Decides by type and reason; what is not known is told as AWS tells it. */
export function hurdleOf({ type, reason }: Pick<FailedResource, 'type' | 'reason'>): Hurdle {
  const said = new Set(judgeText(reason, 'failed-resource').map(({ id }) => id));
  const found = RULES.find(({ failure, types }) => said.has(failure) && (types?.test(type) ?? true));
  if (found) {
    const { types: _, ...hurdle } = found;
    return hurdle;
  }
  return {
    failure: 'F-03',
    way: 'tell',
    why: 'AWS gave a reason that this version does not know',
    mend: 'mend what the reason says',
  };
}
