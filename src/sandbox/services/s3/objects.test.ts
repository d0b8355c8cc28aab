import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const Bucket = 'a-bucket';

async function start(options: { versioned?: boolean } = {}) {
  const sandbox = await startSandbox();
  const s3 = sandbox.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  if (options.versioned)
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return { ...sandbox, s3 };
}

describe('s3 objects', () => {
  it('come back as they were put, whatever their key', async () => {
    const { s3 } = await start();
    for (const Key of [
      'plain',
      'a/b/../c',
      'spaces and +plus&',
      'ünïcödé/😀',
      'trailing/',
      '//double',
      'percent%20',
      '.',
      '..',
      'q?x=1',
      "quote's(1)!*",
    ]) {
      const Body = `body of ${Key}`;
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body,
          ContentType: 'text/plain',
          CacheControl: 'no-cache',
          Metadata: { who: 'me' },
        }),
      );
      const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
      expect(await got.Body?.transformToString()).toBe(Body);
      expect(got).toMatchObject({ ContentType: 'text/plain', CacheControl: 'no-cache', Metadata: { who: 'me' } });
    }
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(KeyCount).toBe(11);
  });

  it('are taken from streams and in parts, and checked against every checksum', async () => {
    const { s3 } = await start();
    const big = Buffer.alloc(5 * 1024 * 1024 + 7, 'abc');
    for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256', 'CRC64NVME'] as const) {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big', ChecksumAlgorithm }));
      const Parts = [];
      for (const [at, Body] of [big, Buffer.from('the end')].entries()) {
        const part = await s3.send(
          new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber: at + 1, Body, ChecksumAlgorithm }),
        );
        Parts.push({ ...part, PartNumber: at + 1 });
      }
      await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload: { Parts } }));
      const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'big', ChecksumMode: 'ENABLED' }));
      const bytes = Buffer.from(await got.Body!.transformToByteArray());
      expect(bytes.equals(Buffer.concat([big, Buffer.from('the end')]))).toBe(true);

      await s3.send(new PutObjectCommand({ Bucket, Key: 'small', Body: 'small', ChecksumAlgorithm }));
      const small = await s3.send(new GetObjectCommand({ Bucket, Key: 'small', ChecksumMode: 'ENABLED' }));
      expect(await small.Body?.transformToString()).toBe('small');
      expect(small).toHaveProperty(`Checksum${ChecksumAlgorithm}`);
    }
    await expect(
      s3.send(
        new PutObjectCommand({ Bucket, Key: 'bad', Body: 'x', ChecksumSHA256: Buffer.alloc(32).toString('base64') }),
      ),
    ).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('are refused in parts that are too small, unknown or out of order', async () => {
    const { s3 } = await start();
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber: 1, Body: 'a' }));
    await s3.send(new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber: 2, Body: 'a' }));
    const complete = (...numbers: number[]) =>
      s3.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key: 'k',
          UploadId,
          MultipartUpload: { Parts: numbers.map((PartNumber) => ({ PartNumber, ETag })) },
        }),
      );
    await expect(complete(1, 2)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete(2, 1)).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete(3)).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete(1)).resolves.toMatchObject({ ETag: expect.stringMatching(/^"[0-9a-f]{32}-1"$/) });
    await expect(complete(1)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('live in the region of their bucket and belong to its account', async () => {
    const { client } = await startSandbox();
    const frankfurt = client(S3Client, { region: 'eu-central-1' });
    await expect(frankfurt.send(new CreateBucketCommand({ Bucket }))).resolves.toMatchObject({});
    const virginia = client(S3Client);
    await expect(virginia.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 301 },
    });
    expect(await virginia.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({
      LocationConstraint: 'eu-central-1',
    });
    const stranger = client(S3Client, { account: '999999999999', region: 'eu-central-1' });
    await expect(stranger.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(stranger.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
    });
    await expect(frankfurt.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
  });

  it('are encrypted with the key of the bucket, which must be there', async () => {
    const { s3 } = await start();
    const encrypt = (KMSMasterKeyID?: string) =>
      s3.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }],
          },
        }),
      );
    await encrypt();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: expect.stringMatching(/^arn:aws:kms:us-east-1:000000000000:key\//),
    });
    await encrypt('11111111-2222-3333-4444-555555555555');
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))).rejects.toMatchObject({
      name: 'KMS.NotFoundException',
    });
  });

  it('keep their older versions until each is deleted', async () => {
    const { s3 } = await start({ versioned: true });
    const first = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'one' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'two' }));
    const copied = await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/k?versionId=${first.VersionId}` }),
    );
    expect(copied.CopySourceVersionId).toBe(first.VersionId);
    const now = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await now.Body?.transformToString()).toBe('one');
    const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: copied.VersionId }));
    const again = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await again.Body?.transformToString()).toBe('two');
  });
});
