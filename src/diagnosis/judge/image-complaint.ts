import { UNREACHED } from './pull-complaint.ts';

/** Why an image was not pulled, as Fargate's agent and containerd say it. */
export type ImageComplaint =
  | { kind: 'platform'; wanted?: string }
  | { kind: 'attestation' }
  | { kind: 'not-found' }
  | { kind: 'rate-limit' }
  | { kind: 'denied' }
  | { kind: 'unreached' }
  | { kind: 'unknown' };

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
export function imageComplaintOf(reason: string): ImageComplaint | undefined {
  if (!/CannotPull(Container|ImageManifest)?(Error|Image)|CannotPullContainer/.test(reason)) return undefined;
  const [, wanted] =
    /(?:descriptor matching platform|find a descriptor for platform|matching manifest for) ['{]?([\w/]+)/.exec(
      reason,
    ) ?? [];
  if (wanted !== undefined) return { kind: 'platform', wanted };
  // Of an index without the platform containerd says "not found" too.
  if (/no match for platform in manifest/.test(reason)) return { kind: 'platform' };
  if (/stream processor for application\/vnd\.in-toto/.test(reason)) return { kind: 'attestation' };
  if (/toomanyrequests|429 Too Many Requests|pull rate limit/i.test(reason)) return { kind: 'rate-limit' };
  if (/403 Forbidden|not authorized to perform|AccessDenied|no basic auth credentials/.test(reason))
    return { kind: 'denied' };
  if (/not found|manifest unknown|does not exist|NotFoundException/.test(reason)) return { kind: 'not-found' };
  if (UNREACHED.test(reason)) return { kind: 'unreached' };
  return { kind: 'unknown' };
}
