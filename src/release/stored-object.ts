import type { z } from 'zod';
import { parsedJson } from '../domain/parsed-json.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { ObjectStore } from './state-bucket.ts';

/**
 * What an object of the state bucket says. Throws `state-unreadable` when it is cut, empty, or says something else than
 * it should: to go on as if it were not there would write over what it held.
 */
export function storedIn<T>(
  schema: z.ZodType<T>,
  body: string,
  { objects, key, better }: { objects: Pick<ObjectStore, 'bucket'>; key: string; better?: string },
): T {
  const parsed = schema.safeParse(parsedJson(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const why =
    body.trim() === ''
      ? 'it is empty'
      : parsedJson(body) === undefined
        ? 'it is no JSON'
        : `${issue!.path.length > 0 ? issue!.path.join('.') : 'it'} is not what it should be`;
  throw unreadable(objects.bucket, { key, why, better });
}

const unreadable = (bucket: string, { key, why, better }: { key: string; why: string; better: string | undefined }) =>
  new PlatformError({
    id: 'state-unreadable',
    kind: 'failed',
    message: `s3://${bucket}/${key} cannot be read: ${why}. Nothing was written over it; a newer version of platform may have written it`,
    remedy: `${better ? `${better}; otherwise ` : ''}aws s3api list-object-versions --bucket ${bucket} --prefix ${key} shows its versions, and aws s3api delete-object --bucket ${bucket} --key ${key} --version-id <the newest> brings back the one before`,
  });
