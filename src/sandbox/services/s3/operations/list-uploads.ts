import type {
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsOutput,
  ListPartsCommandInput,
  ListPartsOutput,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../../kernel/scope.ts';
import { checksumMember } from '../checksums.ts';
import { invalidArgument } from '../faults.ts';
import { findBucket } from '../find-bucket.ts';
import { encoder, list, MOST_KEYS, pageSize } from '../listing.ts';
import { lastModified, ownerOf, quoted } from '../object-answer.ts';
import { compareKeys, uploads } from '../state.ts';
import { findUpload, partsOf } from '../uploads.ts';

export const listParts: Operation<ListPartsCommandInput, ListPartsOutput> = (input, call) => {
  const { bucket, upload } = findUpload(input, call);
  const marker = Number(input.PartNumberMarker ?? 0);
  const max = Math.min(input.MaxParts ?? MOST_KEYS, MOST_KEYS);
  const after = partsOf(call, bucket, upload.id).filter(({ number }) => number > marker);
  const shown = after.slice(0, max);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: shown.length < after.length,
    Parts: shown.map((part) => ({
      PartNumber: part.number,
      LastModified: lastModified(part),
      ETag: quoted(part.etag),
      Size: part.size,
      ...(upload.checksum ? checksumMember(part.checksum) : {}),
    })),
    Initiator: ownerOf(bucket.account),
    Owner: ownerOf(bucket.account),
    StorageClass: 'STANDARD',
    ...(upload.checksum ? { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type } : {}),
  };
};

export const listMultipartUploads: Operation<ListMultipartUploadsCommandInput, ListMultipartUploadsOutput> = (
  input,
  call,
) => {
  const bucket = findBucket(input, call);
  const encode = encoder(input.EncodingType);
  const { KeyMarker = '', UploadIdMarker = '', Prefix = '' } = input;
  const all = uploads(call.world, bucket.name)
    .values()
    .sort((a, b) => compareKeys(a.key, b.key) || a.at - b.at);
  const from = all.findIndex(({ key, id }) => key === KeyMarker && id === UploadIdMarker);
  if (KeyMarker !== '' && UploadIdMarker !== '' && from < 0)
    throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', UploadIdMarker);

  const max = pageSize(input.MaxUploads, 'max-uploads');
  const found = list(all, ({ key }) => key, {
    prefix: Prefix,
    delimiter: input.Delimiter,
    max,
    marker: KeyMarker,
    isAfterStart: (upload) => {
      const order = compareKeys(upload.key, KeyMarker);
      return order > 0 || (order === 0 && from >= 0 && all.indexOf(upload) > from);
    },
  });
  const last = found.items.at(-1);
  return {
    Bucket: bucket.name,
    Prefix: input.Prefix === undefined ? undefined : encode(Prefix),
    Delimiter: encode(input.Delimiter || undefined),
    KeyMarker: encode(KeyMarker),
    UploadIdMarker: KeyMarker === '' ? '' : UploadIdMarker,
    NextKeyMarker: encode(last?.key ?? ''),
    NextUploadIdMarker: last?.id ?? '',
    EncodingType: input.EncodingType,
    MaxUploads: max,
    IsTruncated: found.truncated,
    Uploads: found.items.map((upload) => ({
      Key: encode(upload.key),
      UploadId: upload.id,
      Initiated: new Date(upload.at),
      StorageClass: 'STANDARD' as const,
      Owner: ownerOf(bucket.account),
      Initiator: ownerOf(bucket.account),
      ...(upload.checksum ? { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type } : {}),
    })),
    CommonPrefixes: found.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
};
