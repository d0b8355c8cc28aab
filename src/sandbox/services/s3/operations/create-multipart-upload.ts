import type {
  AbortMultipartUploadCommandInput,
  CreateMultipartUploadCommandInput,
  CreateMultipartUploadOutput,
} from '@aws-sdk/client-s3';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import type { ChecksumAlgorithm } from '../checksums.ts';
import { encryptionFor } from '../encryption.ts';
import { findBucket } from '../find-bucket.ts';
import { headersOf, tagsFromHeader } from '../object-input.ts';
import { randomId, type UploadRow, uploads } from '../state.ts';
import { findUpload, forgetUpload } from '../uploads.ts';

export const createMultipartUpload: Operation<CreateMultipartUploadCommandInput, CreateMultipartUploadOutput> = (
  input,
  call,
) => {
  const bucket = findBucket(input, call);
  const algorithm = input.ChecksumAlgorithm as ChecksumAlgorithm | undefined;
  const upload: UploadRow = {
    id: randomId(86),
    key: input.Key ?? '',
    at: call.world.clock.stamp(),
    headers: headersOf(input),
    metadata: input.Metadata ?? {},
    tags: tagsFromHeader(input.Tagging),
    encryption: encryptionFor(input, bucket, call),
    ...(algorithm === undefined ? {} : { checksum: { algorithm, type: typeOf(algorithm, input.ChecksumType) } }),
    writtenSince: false,
    deletedSince: false,
  };
  uploads(call.world, bucket.name).put(upload.id, upload);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    ...(upload.checksum ? { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type } : {}),
    ...upload.encryption,
  };
};

/** Which algorithms can be combined how: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
function typeOf(algorithm: ChecksumAlgorithm, given: string | undefined): 'FULL_OBJECT' | 'COMPOSITE' {
  const whole = given === 'FULL_OBJECT';
  if ((whole && algorithm.startsWith('SHA')) || (given === 'COMPOSITE' && algorithm === 'CRC64NVME'))
    throw new AwsFault(
      'InvalidRequest',
      `The ${given} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  return whole || algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
}

export const abortMultipartUpload: Operation<AbortMultipartUploadCommandInput, object> = (input, call) => {
  const { bucket, upload } = findUpload(input, call);
  forgetUpload(call, bucket, upload.id);
  return {};
};
