interface StackEventLike {
  StackId?: string;
  PhysicalResourceId?: string;
  LogicalResourceId?: string;
  ResourceType?: string;
  ResourceStatus?: string;
  ResourceStatusReason?: string;
}

export interface FailedResource {
  logicalId: string;
  type: string;
  physicalId: string;
  /** `UPDATE_FAILED`, `DELETE_FAILED`, … */
  status: string;
  reason: string;
}

/** With which status the phase began that a stuck status is the end of. */
const BEGUN: Record<string, string> = {
  CREATE_FAILED: 'CREATE_IN_PROGRESS',
  DELETE_FAILED: 'DELETE_IN_PROGRESS',
  IMPORT_ROLLBACK_FAILED: 'IMPORT_ROLLBACK_IN_PROGRESS',
  ROLLBACK_FAILED: 'ROLLBACK_IN_PROGRESS',
  UPDATE_FAILED: 'UPDATE_IN_PROGRESS',
  UPDATE_ROLLBACK_FAILED: 'UPDATE_ROLLBACK_IN_PROGRESS',
};

/** What somebody asked for, as opposed to what CloudFormation did because of it. */
const ASKED_FOR = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'DELETE_IN_PROGRESS']);

/** What CloudFormation writes on resources that it stopped because of another one's failure. */
const COLLATERAL = /^Resource (creation|update) cancelled/;

/**
 * The resources that keep a stack where it is, earliest first: of each the first failure since that phase began, and
 * none that has succeeded since. Failures from before it are why the stack turned round, not why it is stuck.
 * Takes events newest first.
 */
export function failedResources(status: string, events: readonly StackEventLike[]): FailedResource[] {
  const begun = BEGUN[status];
  if (begun === undefined) return [];
  const phase = since(events, new Set([begun]));
  const newest = new Map<string, string>();
  for (const { LogicalResourceId = '', ResourceStatus = '' } of phase)
    if (!newest.has(LogicalResourceId)) newest.set(LogicalResourceId, ResourceStatus);
  return failuresIn(phase).filter(({ logicalId }) => newest.get(logicalId)?.endsWith('_FAILED'));
}

/** The first thing that went wrong in what somebody last asked for (F-04), rollbacks left aside. */
export function firstFailure(events: readonly StackEventLike[]): FailedResource | undefined {
  return failuresIn(since(events, ASKED_FOR))[0];
}

function since(events: readonly StackEventLike[], statuses: ReadonlySet<string>): readonly StackEventLike[] {
  const begun = events.findIndex((event) => isOwn(event) && statuses.has(event.ResourceStatus ?? ''));
  return begun === -1 ? events : events.slice(0, begun);
}

function failuresIn(newestFirst: readonly StackEventLike[]): FailedResource[] {
  const first = new Map<string, FailedResource>();
  for (const event of newestFirst) {
    const { LogicalResourceId = '', ResourceStatus = '', ResourceStatusReason = '' } = event;
    if (isOwn(event)) continue;
    if (!ResourceStatus.endsWith('_FAILED') || COLLATERAL.test(ResourceStatusReason)) continue;
    // Set anew, so that the order is that of the first failures.
    first.delete(LogicalResourceId);
    first.set(LogicalResourceId, {
      logicalId: LogicalResourceId,
      type: event.ResourceType ?? '',
      physicalId: event.PhysicalResourceId ?? '',
      status: ResourceStatus,
      reason: ResourceStatusReason,
    });
  }
  return [...first.values()].reverse();
}

const isOwn = ({ PhysicalResourceId, StackId }: StackEventLike): boolean => PhysicalResourceId === StackId;
