import type { Call } from '../../kernel/scope.ts';
import { noSuchUpload } from './faults.ts';
import { findBucket } from './find-bucket.ts';
import { type BucketRow, parts, type UploadedPart, type UploadRow, uploads } from './state.ts';

export function findUpload(
  input: { Bucket?: string | undefined; Key?: string | undefined; UploadId?: string | undefined },
  call: Call,
): { bucket: BucketRow; upload: UploadRow } {
  const bucket = findBucket(input, call);
  const upload = uploads(call.world, bucket.name).get(input.UploadId ?? '');
  if (!upload || upload.key !== input.Key) throw noSuchUpload(input.UploadId ?? '');
  return { bucket, upload };
}

export const partPlace = (uploadId: string, number: number): string => `${uploadId}/${number}`;

/** In the order of their numbers. */
export const partsOf = (call: Call, bucket: BucketRow, uploadId: string): UploadedPart[] =>
  parts(call.world, bucket.name)
    .entries()
    .filter(([place]) => place.startsWith(`${uploadId}/`))
    .map(([, part]) => part)
    .sort((a, b) => a.number - b.number);

/** After completion or abortion nothing of it is left. */
export function forgetUpload(call: Call, bucket: BucketRow, uploadId: string): void {
  for (const part of partsOf(call, bucket, uploadId))
    parts(call.world, bucket.name).delete(partPlace(uploadId, part.number));
  uploads(call.world, bucket.name).delete(uploadId);
}
