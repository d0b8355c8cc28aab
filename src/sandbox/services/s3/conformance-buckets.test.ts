import * as sdk from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/refusal.ts';
import { Bucket, MALFORMED, NO_BUCKET, startBucket } from './conformance-bucket.ts';

// Each case does in its own words what a test of the public LocalStack suite did to the real AWS; the title names the
// recording (`tests/aws/services/s3/<file>.snapshot.json`) whose answers are expected here.

const API = 'test_s3_api.py';

describe(`${API}::TestS3BucketCRUD and configurations`, () => {
  it('test_delete_bucket_with_objects, test_delete_versioned_bucket_with_objects', async () => {
    const { s3, put, remove } = await startBucket();
    const drop = () => s3.send(new sdk.DeleteBucketCommand({ Bucket }));
    const { VersionId } = await put('k');
    const notEmpty = { status: 409, Code: 'BucketNotEmpty', BucketName: Bucket };
    expect(await refusal(drop())).toMatchObject({
      ...notEmpty,
      Message: 'The bucket you tried to delete is not empty',
    });
    expect(VersionId).toBeUndefined();
    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const marker = await remove('k');
    await remove('k', 'null');
    expect(await refusal(drop())).toMatchObject({
      ...notEmpty,
      Message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
    });
    await remove('k', marker.VersionId);
    expect((await drop()).$metadata.httpStatusCode).toBe(204);
  });

  it('TestS3BucketVersioning::test_bucket_versioning_crud', async () => {
    const { s3 } = await startBucket();
    const get = async () => (await s3.send(new sdk.GetBucketVersioningCommand({ Bucket }))).Status;
    const put = (Status?: string, at = Bucket) =>
      s3.send(
        new sdk.PutBucketVersioningCommand({ Bucket: at, VersioningConfiguration: { Status: Status as 'Enabled' } }),
      );
    expect(await get()).toBeUndefined();
    await put('Suspended');
    expect(await get()).toBe('Suspended');
    expect(await refusal(put('enabled'))).toMatchObject(MALFORMED);
    await put('Enabled');
    expect(await get()).toBe('Enabled');
    expect(await refusal(put('Disabled'))).toMatchObject(MALFORMED);
    expect(await refusal(put())).toMatchObject({
      Code: 'IllegalVersioningConfigurationException',
      Message: 'The Versioning element must be specified',
    });
    expect(await refusal(put('Enabled', 'missing-bucket'))).toMatchObject(NO_BUCKET);
  });

  it('TestS3BucketEncryption::test_s3_default_bucket_encryption, test_s3_default_bucket_encryption_exc', async () => {
    const { s3 } = await startBucket();
    const { ServerSideEncryptionConfiguration } = await s3.send(new sdk.GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules).toEqual([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
    ]);
    const put = (Rules: sdk.ServerSideEncryptionRule[], at = Bucket) =>
      s3.send(new sdk.PutBucketEncryptionCommand({ Bucket: at, ServerSideEncryptionConfiguration: { Rules } }));
    const aes = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } };
    expect(await refusal(put([aes], 'missing-bucket'))).toMatchObject(NO_BUCKET);
    expect(await refusal(put([]))).toMatchObject(MALFORMED);
    expect(await refusal(put([aes, aes]))).toMatchObject(MALFORMED);
    expect(
      await refusal(put([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256', KMSMasterKeyID: 'key' } }])),
    ).toMatchObject({
      Code: 'InvalidArgument',
      ArgumentName: 'ApplyServerSideEncryptionByDefault',
      Message: 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    });
  });

  it('TestS3BucketObjectTagging::test_bucket_tagging_crud, test_tagging_validation', async () => {
    const { s3, put } = await startBucket();
    await put('k');
    const get = () => s3.send(new sdk.GetBucketTaggingCommand({ Bucket }));
    const tag = (...TagSet: sdk.Tag[]) => s3.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    const tagObject = (...TagSet: sdk.Tag[]) =>
      s3.send(new sdk.PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }));
    expect(await refusal(get())).toMatchObject({
      status: 404,
      Code: 'NoSuchTagSet',
      Message: 'The TagSet does not exist',
      BucketName: Bucket,
    });
    const TagSet = [
      { Key: 'tag1', Value: 'tag1' },
      { Key: 'tag2', Value: '' },
    ];
    expect((await tag(...TagSet)).$metadata.httpStatusCode).toBe(204);
    expect((await get()).TagSet).toEqual(TagSet);
    for (const [write, system] of [
      [tag, 'System tags cannot be added/updated by requester'],
      [tagObject, 'Your TagKey cannot be prefixed with aws:'],
    ] as const) {
      expect(await refusal(write({ Key: 'Key1', Value: 'a' }, { Key: 'Key1', Value: 'b' }))).toMatchObject({
        Code: 'InvalidTag',
        Message: 'Cannot provide multiple Tags with the same key',
        TagKey: 'Key1',
      });
      expect(await refusal(write({ Key: 'Key1,Key2', Value: 'a' }))).toMatchObject({
        Message: 'The TagKey you have provided is invalid',
        TagKey: 'Key1,Key2',
      });
      expect(await refusal(write({ Key: 'aws:prefixed', Value: 'a' }))).toMatchObject({
        Message: system,
        TagKey: 'aws:prefixed',
      });
    }
    expect(await refusal(tag({ Key: 'Key1', Value: 'Val1,Val2' }))).toMatchObject({
      Message: 'The TagValue you have provided is invalid',
      TagKey: 'Key1',
      TagValue: 'Val1,Val2',
    });
  });

  it('TestS3BucketObjectTagging::test_object_tagging_versioned, test_object_tagging_exc, test_head_object_with_tags', async () => {
    const { s3, put, remove } = await startBucket('Enabled');
    await put('k', '', { Tagging: 'b=2&a=1' });
    expect((await s3.send(new sdk.HeadObjectCommand({ Bucket, Key: 'k' }))).TagCount).toBe(2);
    const { TagSet } = await s3.send(new sdk.GetObjectTaggingCommand({ Bucket, Key: 'k' }));
    expect(TagSet).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ]);
    await remove('k');
    expect(await refusal(s3.send(new sdk.GetObjectTaggingCommand({ Bucket, Key: 'k' })))).toMatchObject({
      status: 405,
      Method: 'GET',
      ResourceType: 'DeleteMarker',
    });
    expect(await refusal(s3.send(new sdk.DeleteObjectTaggingCommand({ Bucket, Key: 'none' })))).toMatchObject({
      Code: 'NoSuchKey',
      Key: 'none',
    });
    for (const Tagging of ['key1=val1&key1=val2', 'key1=val1,key2=val2'])
      expect(await refusal(put('k', '', { Tagging }))).toMatchObject({
        Code: 'InvalidArgument',
        ArgumentName: 'x-amz-tagging',
        ArgumentValue: Tagging,
      });
  });

  it('TestS3BucketObjectTagging::test_create_bucket_with_tags_us_east_1_idempotency, test_create_bucket_with_tags_exc', async () => {
    const { s3 } = await startBucket();
    const create = (...Tags: sdk.Tag[]) =>
      s3.send(new sdk.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { Tags } }));
    expect(await refusal(create({ Key: 'a', Value: 'b' }))).toMatchObject({
      status: 409,
      Code: 'BucketAlreadyOwnedByYou',
      BucketName: Bucket,
    });
    expect(await s3.send(new sdk.CreateBucketCommand({ Bucket }))).toMatchObject({
      BucketArn: `arn:aws:s3:::${Bucket}`,
      Location: `/${Bucket}`,
    });
    expect(await refusal(create({ Key: 'aws:a', Value: 'b' }))).toMatchObject({
      Code: 'InvalidTag',
      Message:
        'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    });
  });

  it('TestS3BucketOwnershipControls, TestS3PublicAccessBlock, TestS3BucketPolicy', async () => {
    const { s3 } = await startBucket();
    const ownership = () => s3.send(new sdk.GetBucketOwnershipControlsCommand({ Bucket }));
    expect((await ownership()).OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    await s3.send(new sdk.DeleteBucketOwnershipControlsCommand({ Bucket }));
    expect(await refusal(ownership())).toMatchObject({
      status: 404,
      Code: 'OwnershipControlsNotFoundError',
      BucketName: Bucket,
    });
    const own = (...rules: string[]) =>
      s3.send(
        new sdk.PutBucketOwnershipControlsCommand({
          Bucket,
          OwnershipControls: {
            Rules: rules.map((ObjectOwnership) => ({ ObjectOwnership: ObjectOwnership as 'ObjectWriter' })),
          },
        }),
      );
    for (const rules of [[], ['RandomValue'], ['ObjectWriter', 'ObjectWriter']])
      expect(await refusal(own(...rules))).toMatchObject(MALFORMED);

    const block = () => s3.send(new sdk.GetPublicAccessBlockCommand({ Bucket }));
    expect((await block()).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    await s3.send(new sdk.DeletePublicAccessBlockCommand({ Bucket }));
    expect(await refusal(block())).toMatchObject({ status: 404, Code: 'NoSuchPublicAccessBlockConfiguration' });

    const policy = (Policy: string) => s3.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy }));
    expect(await refusal(s3.send(new sdk.GetBucketPolicyCommand({ Bucket })))).toMatchObject({
      status: 404,
      Code: 'NoSuchBucketPolicy',
    });
    for (const text of ['', 'random'])
      expect(await refusal(policy(text))).toMatchObject({
        Code: 'MalformedPolicy',
        Message: "Policies must be valid JSON and the first byte must be '{'",
      });
    expect(await refusal(policy('{}'))).toMatchObject({ Message: 'Missing required field Statement' });
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
      ],
    });
    await policy(document);
    expect((await s3.send(new sdk.GetBucketPolicyCommand({ Bucket }))).Policy).toBe(document);
  });
});
