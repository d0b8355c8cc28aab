interface OwnEvent {
  StackId?: string;
  PhysicalResourceId?: string;
  ResourceStatus?: string;
}

/** `unknown`: CloudFormation keeps events for 90 days, and the oldest are gone. Nobody may act on it as on a no. */
export type EverStood = 'yes' | 'no' | 'unknown';

/** A stack has one of these only after everything in it was what it was to be. */
const STOOD = new Set([
  'CREATE_COMPLETE',
  'IMPORT_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/** And one of these only when its first creation is under way or has failed. */
const NEVER_STOOD = new Set([
  'CREATE_FAILED',
  'CREATE_IN_PROGRESS',
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'ROLLBACK_IN_PROGRESS',
]);

/** What the first event of a stack's life says, and no later one: an import may come at any time. */
const BEGINNING = /^(REVIEW|CREATE)_IN_PROGRESS$/;

/**
 * Whether a stack has ever stood: what has is never deleted unless somebody types its name. Takes all of its events,
 * newest first. An update alone proves nothing: a creation that was told not to roll back can be updated too.
 */
export function everStood(status: string, events: readonly OwnEvent[]): EverStood {
  if (NEVER_STOOD.has(status)) return 'no';
  if (STOOD.has(status)) return 'yes';
  const own = events.filter(({ PhysicalResourceId, StackId }) => PhysicalResourceId === StackId);
  if (own.some(({ ResourceStatus = '' }) => STOOD.has(ResourceStatus))) return 'yes';
  return BEGINNING.test(own.at(-1)?.ResourceStatus ?? '') ? 'no' : 'unknown';
}
