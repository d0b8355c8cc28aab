import type {
  DeleteObjectTaggingCommandInput,
  GetObjectTaggingCommandInput,
  GetObjectTaggingOutput,
  PutObjectTaggingCommandInput,
} from '@aws-sdk/client-s3';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { methodNotAllowed, noSuchKey } from '../faults.ts';
import { findBucket } from '../find-bucket.ts';
import { type BucketRow, current, type ObjectVersion, older, type Tag } from '../state.ts';
import { checkTags } from '../tagging.ts';
import { readVersion, versionIdMember } from '../versions.ts';

interface Named {
  Bucket: string | undefined;
  Key: string | undefined;
  VersionId?: string | undefined;
}

/** Unlike reads of the object, calls about its tags do not take a delete marker for nothing. */
function find(input: Named, method: string, call: Call): { bucket: BucketRow; version: ObjectVersion } {
  const bucket = findBucket(input, call);
  const top = current(call.world, bucket.name).get(input.Key ?? '');
  if (input.VersionId === undefined && top?.deleteMarker) throw methodNotAllowed(method);
  // Reading alone names the bucket too, as recorded.
  if (input.VersionId === undefined && !top && method === 'GET') throw noSuchKey(`${bucket.name}/${input.Key}`);
  return { bucket, version: readVersion(call, bucket, { ...input, method }) };
}

function setTags({ bucket, version }: ReturnType<typeof find>, tags: Tag[], call: Call): { VersionId?: string } {
  const changed = { ...version, tags };
  const top = current(call.world, bucket.name);
  if (top.get(version.key)?.versionId === version.versionId) top.put(version.key, changed);
  else {
    const before = older(call.world, bucket.name);
    const [id] = before.entries().find(([, row]) => row.key === version.key && row.versionId === version.versionId)!;
    before.put(id, changed);
  }
  return versionIdMember(bucket, version);
}

export const putObjectTagging: Operation<PutObjectTaggingCommandInput, object> = (input, call) => {
  const found = find(input, 'PUT', call);
  const tags = input.Tagging?.TagSet ?? [];
  checkTags(tags, 'object');
  return setTags(found, [...tags], call);
};

export const getObjectTagging: Operation<GetObjectTaggingCommandInput, GetObjectTaggingOutput> = (input, call) => {
  const { bucket, version } = find(input, 'GET', call);
  return { TagSet: version.tags, ...versionIdMember(bucket, version) };
};

export const deleteObjectTagging: Operation<DeleteObjectTaggingCommandInput, object> = (input, call) =>
  setTags(find(input, 'DELETE', call), [], call);
