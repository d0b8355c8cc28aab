/** Virtual milliseconds that CloudFormation itself adds; AWS publishes none, seconds are what its events show. */
export const BEGIN_MS = 1_000;
/** Between a handler's answer and the resource's final event. */
export const SETTLE_MS = 1_000;
/** AWS tries three times to remove what a finished update no longer needs, then forgets it (failure mode F-20). */
export const CLEANUP_ATTEMPTS = 3;
