import type {
  DeleteObjectCommandInput,
  DeleteObjectOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsOutput,
} from '@aws-sdk/client-s3';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { malformedXml, noSuchKey, noSuchVersion, notImplemented, preconditionFailed } from '../faults.ts';
import { findBucket } from '../find-bucket.ts';
import { type BucketRow, current } from '../state.ts';
import { addVersion, removeVersion, versionNamed } from '../versions.ts';
import { sameEtag } from '../write-conditions.ts';

export const deleteObject: Operation<DeleteObjectCommandInput, DeleteObjectOutput> = (input, call) => {
  const bucket = findBucket(input, call);
  // Only directory buckets have these.
  if (input.IfMatchLastModifiedTime !== undefined) throw notImplemented('x-amz-if-match-last-modified-time');
  if (input.IfMatchSize !== undefined) throw notImplemented('x-amz-if-match-size');
  const top = current(call.world, bucket.name).get(input.Key ?? '');
  if (input.IfMatch !== undefined) {
    if (!top || top.deleteMarker) throw noSuchKey(input.Key ?? '');
    if (input.IfMatch !== '*' && !sameEtag(input.IfMatch, top.etag)) throw preconditionFailed('If-Match');
  }
  return remove(bucket, input.Key ?? '', input.VersionId, call);
};

/** A version goes for good; a key of a versioned bucket gets a delete marker; what is not there is gone already. */
function remove(bucket: BucketRow, key: string, versionId: string | undefined, call: Call): DeleteObjectOutput {
  if (versionId !== undefined) {
    const version = versionNamed(call, bucket, key, versionId);
    if (version) removeVersion(call, bucket, version);
    if (bucket.versioning === undefined) return {};
    return { VersionId: versionId, ...(version?.deleteMarker ? { DeleteMarker: true } : {}) };
  }
  if (bucket.versioning === undefined) {
    const top = current(call.world, bucket.name).get(key);
    if (top) removeVersion(call, bucket, top);
    return {};
  }
  const marker = addVersion(call, bucket, {
    key,
    deleteMarker: true,
    blob: '',
    size: 0,
    etag: '',
    headers: {},
    metadata: {},
    tags: [],
    encryption: { ServerSideEncryption: 'AES256' },
  });
  return { DeleteMarker: true, VersionId: marker.versionId };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MOST_KEYS = 1000;

export const deleteObjects: Operation<DeleteObjectsCommandInput, DeleteObjectsOutput> = (input, call) => {
  const bucket = findBucket(input, call);
  const objects = input.Delete?.Objects ?? [];
  if (objects.length === 0 || objects.length > MOST_KEYS) throw malformedXml();
  const Deleted: DeleteObjectsOutput['Deleted'] = [];
  const Errors: DeleteObjectsOutput['Errors'] = [];
  for (const { Key = '', VersionId } of objects) {
    try {
      const answer = removeOne(bucket, Key, VersionId, call);
      Deleted.push({
        Key,
        ...(VersionId === undefined ? {} : { VersionId }),
        ...(answer.DeleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: answer.VersionId } : {}),
      });
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      Errors.push({ Key, Code: error.code, Message: error.message, ...(VersionId === undefined ? {} : { VersionId }) });
    }
  }
  return { ...(input.Delete?.Quiet ? {} : { Deleted }), Errors };
};

/** In a batch, ids that cannot be are versions that are not there. */
function removeOne(bucket: BucketRow, key: string, versionId: string | undefined, call: Call): DeleteObjectOutput {
  try {
    return remove(bucket, key, versionId, call);
  } catch (error) {
    if (error instanceof AwsFault && error.code === 'InvalidArgument') throw noSuchVersion(key, versionId ?? '');
    throw error;
  }
}
