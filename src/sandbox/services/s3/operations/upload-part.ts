import { createHash } from 'node:crypto';
import type {
  UploadPartCommandInput,
  UploadPartCopyCommandInput,
  UploadPartCopyOutput,
  UploadPartOutput,
} from '@aws-sdk/client-s3';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { checksumOfBody } from '../body.ts';
import { type Checksum, checksumMember, checksumOf } from '../checksums.ts';
import { copySource, copySourceVersion } from '../copy-source.ts';
import { invalidArgument } from '../faults.ts';
import { lastModified, quoted } from '../object-answer.ts';
import { checkCopySource } from '../read-conditions.ts';
import { type BucketRow, parts, type UploadedPart, type UploadRow } from '../state.ts';
import { findUpload, partPlace } from '../uploads.ts';

type Input = Omit<UploadPartCommandInput, 'Body'> & { Body?: Uint8Array };

export const uploadPart: Operation<Input, UploadPartOutput> = (input, call) => {
  const { bucket, upload } = findUpload(input, call);
  const bytes = input.Body ?? new Uint8Array();
  const given = checksumOfBody(input as Record<string, unknown>, bytes, upload.checksum?.algorithm);
  const part = keep(call, bucket, upload, input.PartNumber ?? 0, bytes, given);
  return { ETag: quoted(part.etag), ...checksumMember(given), ...upload.encryption };
};

function keep(
  call: Call,
  bucket: BucketRow,
  upload: UploadRow,
  number: number,
  bytes: Uint8Array,
  checksum: Checksum,
): UploadedPart {
  if (number < 1 || number > 10_000)
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      String(number),
    );
  return parts(call.world, bucket.name).put(partPlace(upload.id, number), {
    number,
    blob: call.world.blobs.put(bytes),
    size: bytes.byteLength,
    etag: createHash('md5').update(bytes).digest('hex'),
    at: call.world.clock.stamp(),
    checksum,
  });
}

export const uploadPartCopy: Operation<UploadPartCopyCommandInput, UploadPartCopyOutput> = (input, call) => {
  const { bucket, upload } = findUpload(input, call);
  const source = copySource(input.CopySource, call);
  checkCopySource(input, source.version);
  const whole = call.world.blobs.get(source.version.blob);
  const bytes = cut(whole, input.CopySourceRange);
  const algorithm = upload.checksum?.algorithm ?? 'CRC64NVME';
  const checksum: Checksum = { algorithm, value: checksumOf(algorithm, bytes), type: 'FULL_OBJECT' };
  const part = keep(call, bucket, upload, input.PartNumber ?? 0, bytes, checksum);
  return {
    CopyPartResult: {
      ETag: quoted(part.etag),
      LastModified: lastModified(part),
      ...(upload.checksum ? checksumMember(checksum) : {}),
    },
    ...copySourceVersion(source),
    ...upload.encryption,
  };
};

/** Stricter than the ranges of a read: both ends, within the object. */
function cut(bytes: Buffer, range: string | undefined): Buffer {
  if (range === undefined) return bytes;
  const match = /^bytes=(\d+)-(\d+)$/.exec(range);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || last < first)
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      range,
    );
  if (first >= bytes.length)
    throw new AwsFault('InvalidRequest', 'The specified copy range is invalid for the source object size');
  if (last >= bytes.length)
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${bytes.length}`,
      'x-amz-copy-source-range',
      range,
    );
  return bytes.subarray(first, last + 1);
}
