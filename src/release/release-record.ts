import { randomBytes } from 'node:crypto';
import type { ObjectStore } from './state-bucket.ts';

/** Everything needed to say what runs, and to bring it back: the templates and parameters of every stack. */
export interface ReleaseRecord {
  /** Sorts by time: `20261121T031500Z-1f2e`. */
  id: string;
  environment: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  finishedAt: number;
  principal: string;
  host: string;
  commit?: string;
  dirty?: boolean;
  version: string;
  /** `repository@sha256:…` by service. */
  images: Record<string, string>;
  simulated: boolean;
  stacks: {
    id: string;
    name: string;
    region: string;
    action: string;
    seconds: number;
    parameters: Record<string, string>;
    template: unknown;
  }[];
}

export function newReleaseId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${randomBytes(2).toString('hex')}`;
}

const prefix = (environment: string) => `environments/${environment}/releases/`;

export async function writeRelease(objects: ObjectStore, record: ReleaseRecord): Promise<void> {
  await objects.put(`${prefix(record.environment)}${record.id}.json`, JSON.stringify(record));
}

export async function readRelease(
  objects: ObjectStore,
  environment: string,
  id: string,
): Promise<ReleaseRecord | undefined> {
  const found = await objects.get(`${prefix(environment)}${id}.json`);
  return found && (JSON.parse(found.body) as ReleaseRecord);
}
