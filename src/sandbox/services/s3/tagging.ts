import { AwsFault } from '../../kernel/fault.ts';
import { malformedXml } from './faults.ts';
import type { Tag } from './state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-managing.html */
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const MOST = { object: 10, bucket: 50 } as const;

const invalidTag = (message: string, fields: Record<string, string> = {}) =>
  new AwsFault('InvalidTag', message, { fields });

/** Refuses tags as S3 does, with its words for each kind of place. */
export function checkTags(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[],
  on: 'object' | 'bucket' | 'creation',
): asserts tags is readonly Tag[] {
  const seen = new Set<string>();
  for (const { Key, Value } of tags) {
    if (Key === undefined || Value === undefined || Key === '') throw malformedXml();
    if (Key.startsWith('aws:')) throw invalidTag(SYSTEM_TAG[on], on === 'creation' ? {} : { TagKey: Key });
    if (seen.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: Key });
    seen.add(Key);
    if (!ALLOWED.test(Key) || Key.length > 128)
      throw invalidTag('The TagKey you have provided is invalid', { TagKey: Key });
    if (!ALLOWED.test(Value) || Value.length > 256)
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: Key, TagValue: Value });
  }
  const most = on === 'object' ? MOST.object : MOST.bucket;
  if (tags.length > most)
    throw new AwsFault('BadRequest', `${on === 'object' ? 'Object' : 'Bucket'} tags cannot be greater than ${most}`);
}

const SYSTEM_TAG = {
  object: 'Your TagKey cannot be prefixed with aws:',
  bucket: 'System tags cannot be added/updated by requester',
  creation:
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
} as const;
