import * as sdk from '@aws-sdk/client-s3';
import { S3Client } from '@aws-sdk/client-s3';
import { startSandbox } from '../../../testing/start-sandbox.ts';

export const Bucket = 'conformance-bucket';
export const FAILED = {
  status: 412,
  Code: 'PreconditionFailed',
  Message: 'At least one of the pre-conditions you specified did not hold',
};
export const MALFORMED = {
  Code: 'MalformedXML',
  Message: 'The XML you provided was not well-formed or did not validate against our published schema',
};
export const NO_BUCKET = {
  status: 404,
  Code: 'NoSuchBucket',
  Message: 'The specified bucket does not exist',
  BucketName: 'missing-bucket',
};

/** A bucket, and what the cases do to it. */
export async function startBucket(versioning?: 'Enabled' | 'Suspended') {
  const { client } = await startSandbox();
  const s3 = client(S3Client);
  await s3.send(new sdk.CreateBucketCommand({ Bucket }));
  if (versioning)
    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: versioning } }));
  const put = (Key: string, Body = '', more: Partial<sdk.PutObjectCommandInput> = {}) =>
    s3.send(new sdk.PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body), ...more }));
  const remove = (Key: string, VersionId?: string) => s3.send(new sdk.DeleteObjectCommand({ Bucket, Key, VersionId }));
  const upload = async (Key: string, more: Partial<sdk.CreateMultipartUploadCommandInput> = {}) => {
    const { UploadId } = await s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key, ...more }));
    const { ETag } = await s3.send(new sdk.UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'test' }));
    return (conditions: { IfMatch?: string; IfNoneMatch?: string } = {}) =>
      s3.send(
        new sdk.CompleteMultipartUploadCommand({
          Bucket,
          Key,
          UploadId,
          MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] },
          ...conditions,
        }),
      );
  };
  return { s3, put, remove, upload };
}
