import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { sandboxAws } from '../testing/sandbox-aws.ts';
import { Aws } from './aws.ts';

const Bucket = 'platform-demo-111111111111';

describe('a private bucket', () => {
  it.each(['us-east-1', 'eu-central-1'])('in %s is versioned, encrypted, closed, and for TLS only', async (region) => {
    const { aws, sandbox } = await sandboxAws(region);
    await aws.s3.createPrivateBucket(Bucket, { 'platform:project': 'demo' });
    const s3 = sandbox.client(S3Client, { region });
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    const { ServerSideEncryptionConfiguration: encryption } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe('AES256');
    const { PublicAccessBlockConfiguration: block } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(Object.values(block!)).toEqual([true, true, true, true]);
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy!).Statement).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('is finished by the next try when the first was cut off', async () => {
    const { aws, sandbox } = await sandboxAws();
    sandbox.faults.push({
      operation: 'PutBucketVersioning',
      times: 9,
      with: new AwsFault('AccessDenied', 'no', { status: 403 }),
    });
    await expect(aws.s3.createPrivateBucket(Bucket)).rejects.toMatchObject({ id: 'aws-access-denied' });
    sandbox.faults.length = 0;
    await aws.s3.createPrivateBucket(Bucket);
    const s3 = sandbox.client(S3Client);
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).resolves.toBeDefined();
  });

  it('exists, does not, or belongs to somebody else', async () => {
    const { aws, sandbox } = await sandboxAws();
    expect(await aws.s3.bucket(Bucket)).toBeUndefined();
    await aws.s3.createPrivateBucket(Bucket);
    expect(await aws.s3.bucket(Bucket)).toBe('exists');
    const stranger = new Aws({
      ...aws.connection,
      account: '222222222222',
      credentials: async () => ({ accessKeyId: 'AKIA222222222222SBOX', secretAccessKey: 'x' }),
    });
    expect(await stranger.s3.bucket(Bucket)).toBe('foreign');
    expect(sandbox.calls.at(-1)?.operation).toBe('HeadBucket');
  });
});

describe('objects', () => {
  it('are absent as a value, with and without their bucket', async () => {
    const { aws } = await sandboxAws();
    expect(await aws.s3.getObject(Bucket, 'state.json')).toBeUndefined();
    expect(await aws.s3.listPrefix(Bucket, '')).toEqual([]);
    await aws.s3.createPrivateBucket(Bucket);
    expect(await aws.s3.getObject(Bucket, 'state.json')).toBeUndefined();
  });

  it('are taken by the first of two who find them absent', async () => {
    const { aws } = await sandboxAws();
    await aws.s3.createPrivateBucket(Bucket);
    const won = await Promise.all(['a', 'b', 'c'].map((body) => aws.s3.putIfAbsent(Bucket, 'lock', body)));
    expect(won.filter((etag) => etag !== undefined)).toHaveLength(1);
  });

  it('are written over only as they were read, and not when they have gone', async () => {
    const { aws } = await sandboxAws();
    await aws.s3.createPrivateBucket(Bucket);
    const first = (await aws.s3.putIfAbsent(Bucket, 'lock', 'one'))!;
    const won = await Promise.all(['two', 'three'].map((body) => aws.s3.putIfMatch(Bucket, 'lock', body, first)));
    expect(won.filter((etag) => etag !== undefined)).toHaveLength(1);
    expect(await aws.s3.putIfMatch(Bucket, 'lock', 'four', first)).toBeUndefined();
    await aws.s3.deleteObject(Bucket, 'lock');
    expect(await aws.s3.putIfMatch(Bucket, 'lock', 'five', first)).toBeUndefined();
  });
});

it('a bucket is emptied of versions, delete markers and unfinished uploads, over pages', async () => {
  const { aws, sandbox } = await sandboxAws();
  await aws.s3.createPrivateBucket(Bucket);
  const s3 = sandbox.client(S3Client);
  for (let index = 0; index < 1_005; index++) {
    await s3.send(new PutObjectCommand({ Bucket, Key: `key-${index % 5}`, Body: String(index) }));
  }
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key-0' }));
  await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'unfinished' }));
  expect(await aws.s3.contents(Bucket)).toMatchObject({ versions: 1_006 });
  const heard: number[] = [];
  expect(await aws.s3.emptyBucket(Bucket, (deleted) => heard.push(deleted))).toBe(1_006);
  expect(heard).toEqual([1_000, 1_006]);
  await aws.s3.deleteBucket(Bucket);
  expect(await aws.s3.bucket(Bucket)).toBeUndefined();
  expect(await aws.s3.emptyBucket(Bucket)).toBe(0);
});
