import { createHash } from 'node:crypto';
import type { CompleteMultipartUploadCommandInput, CompleteMultipartUploadOutput } from '@aws-sdk/client-s3';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { checksumMember, combinedChecksum } from '../checksums.ts';
import { malformedXml } from '../faults.ts';
import { quoted } from '../object-answer.ts';
import { current, type UploadedPart } from '../state.ts';
import { findUpload, forgetUpload, partsOf } from '../uploads.ts';
import { addVersion, versionIdMember } from '../versions.ts';
import { checkWrite, sameEtag } from '../write-conditions.ts';

/** All parts but the last: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const SMALLEST_PART = 5 * 1024 * 1024;

export const completeMultipartUpload: Operation<CompleteMultipartUploadCommandInput, CompleteMultipartUploadOutput> = (
  input,
  call,
) => {
  const { bucket, upload } = findUpload(input, call);
  const chosen = choose(input, partsOf(call, bucket, upload.id), upload.id);
  checkWrite(input, upload.key, current(call.world, bucket.name).get(upload.key), upload);

  const bytes = Buffer.concat(chosen.map(({ blob }) => call.world.blobs.get(blob)));
  const etags = Buffer.concat(chosen.map(({ etag }) => Buffer.from(etag, 'hex')));
  const checksum = combinedChecksum(
    upload.checksum ?? { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' },
    bytes,
    chosen.map((part) => part.checksum?.value ?? ''),
  );
  const { id: _, at: __, writtenSince: ___, deletedSince: ____, ...kept } = upload;
  const version = addVersion(call, bucket, {
    ...kept,
    deleteMarker: false,
    blob: call.world.blobs.put(bytes),
    size: bytes.length,
    etag: `${createHash('md5').update(etags).digest('hex')}-${chosen.length}`,
    checksum,
    parts: chosen.map((part) => ({
      number: part.number,
      size: part.size,
      ...(upload.checksum && part.checksum ? { checksum: part.checksum } : {}),
    })),
  });
  forgetUpload(call, bucket, upload.id);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    Location: `${call.endpoint}/${bucket.name}/${encodeURIComponent(upload.key)}`,
    ETag: quoted(version.etag),
    ...checksumMember(checksum),
    ChecksumType: checksum.type,
    ...version.encryption,
    ...(version.versionId === 'null' ? {} : versionIdMember(bucket, version)),
  };
};

function choose(
  input: CompleteMultipartUploadCommandInput,
  uploaded: readonly UploadedPart[],
  uploadId: string,
): UploadedPart[] {
  const named = input.MultipartUpload?.Parts ?? [];
  if (named.length === 0) throw malformedXml();
  if (named.some(({ PartNumber = 0 }, at) => at > 0 && PartNumber <= (named[at - 1]?.PartNumber ?? 0)))
    throw new AwsFault(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      { fields: { UploadId: uploadId } },
    );
  const chosen = named.map(({ PartNumber, ETag = '' }) => {
    const part = uploaded.find(({ number }) => number === PartNumber);
    if (!part || !sameEtag(ETag, part.etag))
      throw new AwsFault(
        'InvalidPart',
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { fields: { UploadId: uploadId, PartNumber: String(PartNumber), ETag } },
      );
    return part;
  });
  const small = chosen.slice(0, -1).find(({ size }) => size < SMALLEST_PART);
  if (small)
    throw new AwsFault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      fields: {
        ETag: small.etag,
        MinSizeAllowed: String(SMALLEST_PART),
        PartNumber: String(small.number),
        ProposedSize: String(small.size),
      },
    });
  return chosen;
}
