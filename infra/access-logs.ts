import type { Links } from './links.ts';
import { listenersOf } from './listeners.ts';
import { outputs } from './outputs.ts';
import type { AppSettings } from './settings.ts';

/** Below what access logs of each kind stand in their bucket. */
export const LOG_PREFIX = { balancer: 'balancer', buckets: 'buckets/' } as const;

/** Where a bucket writes down who asked for what. */
export interface BucketLog {
  bucket: string;
  prefix: string;
}

/** Whether there is a bucket for access logs: one that nothing writes to would be a puzzle. */
export const keepsAccessLogs = (settings: AppSettings): boolean =>
  settings.observability.accessLogs === true &&
  (listenersOf(settings).length > 0 ||
    Object.keys(settings.buckets).length > 0 ||
    Object.values(settings.sites).some(({ kind }) => kind !== 'media'));

/** For a bucket of another stack than `data`; undefined where nothing is logged. */
export const bucketLog = (links: Links, settings: AppSettings, name: string): BucketLog | undefined =>
  keepsAccessLogs(settings)
    ? { bucket: links.from('data', outputs.data.accessLogBucket), prefix: `${LOG_PREFIX.buckets}${name}/` }
    : undefined;
