import type { PutObjectCommandInput, PutObjectOutput } from '@aws-sdk/client-s3';
import type { Operation } from '../../../kernel/scope.ts';
import { checksumOfBody, etagOf } from '../body.ts';
import type { ChecksumAlgorithm } from '../checksums.ts';
import { encryptionFor } from '../encryption.ts';
import { findBucket } from '../find-bucket.ts';
import { writtenAnswer } from '../object-answer.ts';
import { headersOf, tagsFromHeader } from '../object-input.ts';
import { current } from '../state.ts';
import { addVersion } from '../versions.ts';
import { checkWrite } from '../write-conditions.ts';

type Input = Omit<PutObjectCommandInput, 'Body'> & { Body?: Uint8Array };

export const putObject: Operation<Input, PutObjectOutput> = (input, call) => {
  const bucket = findBucket(input, call);
  const key = input.Key ?? '';
  checkWrite(input, key, current(call.world, bucket.name).get(key));

  const bytes = input.Body ?? new Uint8Array();
  const checksum = checksumOfBody(
    input as Record<string, unknown>,
    bytes,
    input.ChecksumAlgorithm as ChecksumAlgorithm | undefined,
  );
  const encryption = encryptionFor(input, bucket, call);
  const version = addVersion(call, bucket, {
    key,
    deleteMarker: false,
    blob: call.world.blobs.put(bytes),
    size: bytes.byteLength,
    etag: etagOf(bytes, encryption),
    headers: headersOf(input),
    metadata: input.Metadata ?? {},
    tags: tagsFromHeader(input.Tagging),
    checksum,
    encryption,
  });
  return writtenAnswer(bucket, version) as PutObjectOutput;
};
