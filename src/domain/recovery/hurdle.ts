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
  types?: RegExp;
  /** Codes and stable fragments only: AWS wraps its sentences differently from service to service. */
  says: RegExp;
}

const MINUTE = 60_000;

const RULES: readonly Rule[] = [
  {
    failure: 'F-96',
    way: 'wait',
    says: /QueueDeletedRecently|wait 60 seconds after deleting/,
    why: 'SQS keeps the name of a deleted queue for 60 seconds',
    waitMs: 70_000,
  },
  {
    failure: 'F-85',
    way: 'unprotect',
    types: /^AWS::RDS::/,
    says: /Cannot delete protected (Cluster|DB Instance|instance)|deletion protection/i,
    why: 'the database is protected against deletion',
  },
  {
    failure: 'F-114',
    way: 'wait',
    says: /replicated function/i,
    why: 'CloudFront still holds replicas of the function, and lets go of them within hours',
    waitMs: 5 * MINUTE,
  },
  {
    failure: 'F-03',
    way: 'wait',
    types: /^AWS::RDS::/,
    says: /Invalid(DBCluster|DBInstance)State|is not currently in the available state|storage[- ]optimization|currently being (created|modified|backed up|upgraded)/i,
    why: 'the database was in the middle of another change',
    waitMs: MINUTE,
  },
  {
    failure: 'F-138',
    way: 'wait',
    says: /DependencyViolation|has a dependent object|has dependencies and cannot be deleted|has a dependent/i,
    why: 'network interfaces of others still stand in it; Lambda lets go of its own within 20 minutes or so',
    waitMs: 2 * MINUTE,
  },
  {
    failure: 'F-18',
    way: 'wait',
    says: /Rate exceeded|Throttl|TooManyRequests|RequestLimitExceeded|HandlerErrorCode: Throttling/i,
    why: 'AWS had too many requests',
    waitMs: 30_000,
  },
  {
    failure: 'F-137',
    way: 'empty-bucket',
    types: /^AWS::S3::Bucket$/,
    says: /BucketNotEmpty|bucket you tried to delete is not empty/i,
    why: 'the bucket is not empty',
  },
  {
    failure: 'F-142',
    way: 'empty-repository',
    types: /^AWS::ECR::Repository$/,
    says: /RepositoryNotEmpty|cannot be deleted because it still contains images/i,
    why: 'the repository still holds images',
  },
  {
    failure: 'F-61',
    way: 'gone',
    says: /TaskDefinition is inactive|TaskDefinition does not exist|TaskDefinition not found|Unable to describe task definition/i,
    // An INACTIVE revision cannot be made active again, and the stack knows no other:
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
    why: 'the task definition it goes back to was deregistered, and ECS takes no such revision back',
    mend: 'after it is skipped, platform deploy registers a new revision',
  },
  {
    failure: 'F-26',
    way: 'mend-role',
    says: /role .{0,200}(is invalid or cannot be assumed|cannot be assumed|could not be assumed)|Invalid principal in policy|is not authorized to perform: sts:AssumeRole/is,
    why: 'a role it needs is gone, or lets nobody in',
    mend: 'bring the role back, or let CloudFormation in again',
  },
  {
    failure: 'F-16',
    way: 'tell',
    says: /is not authorized to perform|AccessDenied|UnauthorizedOperation|explicit deny|HandlerErrorCode: AccessDenied/i,
    why: 'a permission was missing',
    mend: 'grant what the reason names to the role that CloudFormation uses',
  },
  {
    failure: 'F-30',
    way: 'wait',
    says: /ExpiredToken|security token included in the request is expired|HandlerErrorCode: InvalidCredentials/i,
    why: 'the credentials ended in the middle',
    waitMs: 0,
  },
  {
    failure: 'F-09',
    way: 'tell',
    says: /as it is in use by|cannot be deleted as it is in use/i,
    why: 'another stack still uses it',
    mend: 'take it out of the other stack first',
  },
  {
    failure: 'F-10',
    way: 'tell',
    says: /already exists|HandlerErrorCode: AlreadyExists/i,
    why: 'something else has its name',
    mend: 'rename or delete what has the name',
  },
  {
    failure: 'F-19',
    way: 'gone',
    says: /HandlerErrorCode: NotFound|does not exist|NoSuch|NotFound|was not found|could not be found|NonExistent/i,
    why: 'it was deleted or changed behind the stack’s back',
    mend: 'make it again by hand, with the name it had',
  },
  {
    failure: 'F-13',
    way: 'tell',
    says: /did not stabilize|NotStabilized|Exceeded attempts to wait|timed out/i,
    why: 'it did not become steady in time',
    mend: 'platform status and the service’s logs show what keeps it from becoming steady',
  },
  {
    failure: 'F-07',
    way: 'wait',
    says: /ResourceConflict|OperationAborted|ConflictException|ResourceInUse|is in use|InternalFailure|ServiceInternalError|InternalError/i,
    why: 'another operation was in the way',
    waitMs: MINUTE,
  },
];

/** Decides by type and reason; what is not known is told as AWS tells it. */
export function hurdleOf({ type, reason }: Pick<FailedResource, 'type' | 'reason'>): Hurdle {
  const found = RULES.find(({ types, says }) => (types?.test(type) ?? true) && says.test(reason));
  if (found) {
    const { types: _, says: __, ...hurdle } = found;
    return hurdle;
  }
  return {
    failure: 'F-03',
    way: 'tell',
    why: 'AWS gave a reason that this version does not know',
    mend: 'mend what the reason says',
  };
}
