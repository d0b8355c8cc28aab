import * as sdk from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/refusal.ts';
import { Bucket, startBucket } from './conformance-bucket.ts';

// Each case does in its own words what a test of the public LocalStack suite did to the real AWS; the title names the
// recording (`tests/aws/services/s3/<file>.snapshot.json`) whose answers are expected here.

describe('test_s3_list_operations.py', () => {
  const FILES = ['folder/aSubfolder/subFile1', 'folder/aSubfolder/subFile2', 'folder/file1', 'folder/file2'];

  it('TestS3ListObjects::test_list_objects_with_prefix, test_list_objects_next_marker, test_list_objects_marker_common_prefixes', async () => {
    const { s3, put } = await startBucket();
    for (const key of FILES) await put(key);
    const list = (more: Partial<sdk.ListObjectsCommandInput>) =>
      s3.send(new sdk.ListObjectsCommand({ Bucket, ...more }));
    const first = await list({ Prefix: 'folder/', Delimiter: '/', MaxKeys: 1 });
    expect(first).toMatchObject({
      CommonPrefixes: [{ Prefix: 'folder/aSubfolder/' }],
      IsTruncated: true,
      Marker: '',
      NextMarker: 'folder/aSubfolder/',
    });
    const next = await list({ Prefix: 'folder/', Delimiter: '/', MaxKeys: 1, Marker: first.NextMarker });
    expect(next).toMatchObject({ Contents: [{ Key: 'folder/file1' }], IsTruncated: true, NextMarker: 'folder/file1' });
    const end = await list({ Prefix: 'folder/', Delimiter: '/', MaxKeys: 1, Marker: next.NextMarker });
    expect(end).toMatchObject({ Contents: [{ Key: 'folder/file2' }], IsTruncated: false });
    const noDelimiter = await list({ MaxKeys: 1 });
    expect(noDelimiter).toMatchObject({
      IsTruncated: true,
      Contents: [
        { Key: FILES[0], ChecksumAlgorithm: ['CRC32'], StorageClass: 'STANDARD', Owner: { ID: expect.any(String) } },
      ],
    });
    expect(noDelimiter.NextMarker).toBeUndefined();
    const manual = await list({ Prefix: 'folder/', Delimiter: '/', MaxKeys: 1, Marker: 'folder/aSubfolder/subFile1' });
    expect(manual).toMatchObject({ Contents: [{ Key: 'folder/file1' }], NextMarker: 'folder/file1' });
  });

  it('TestS3ListObjectsV2::test_list_objects_v2_continuation_start_after, test_list_objects_v2_continuation_common_prefixes', async () => {
    const { s3, put } = await startBucket();
    for (let at = 0; at < 12; at += 1) await put(`test_${at}`);
    const list = (more: Partial<sdk.ListObjectsV2CommandInput>) =>
      s3.send(new sdk.ListObjectsV2Command({ Bucket, ...more }));
    const keys = ({ Contents = [] }: sdk.ListObjectsV2CommandOutput) => Contents.map(({ Key }) => Key);
    const first = await list({ MaxKeys: 5 });
    expect(keys(first)).toEqual(['test_0', 'test_1', 'test_10', 'test_11', 'test_2']);
    expect(first).toMatchObject({ KeyCount: 5, IsTruncated: true, MaxKeys: 5 });
    const rest = await list({ ContinuationToken: first.NextContinuationToken, StartAfter: 'test_8' });
    expect(keys(rest)).toHaveLength(7);
    expect(rest).toMatchObject({ ContinuationToken: first.NextContinuationToken, IsTruncated: false });
    expect(keys(await list({ StartAfter: 'test_7', MaxKeys: 2 }))).toEqual(['test_8', 'test_9']);
    expect(await refusal(list({ ContinuationToken: '' }))).toMatchObject({
      Code: 'InvalidArgument',
      ArgumentName: 'continuation-token',
      Message: 'The continuation token provided is incorrect',
    });
  });

  it('TestS3ListObjectsV2::test_list_ops_encoding_type_validation, test_list_objects_v2_continuation_token_safe_chars', async () => {
    const { s3, put } = await startBucket();
    for (const key of ['a/😀/', 'date=2026-01-01/', 'test key/', 'test%123']) await put(key);
    const list = (EncodingType?: string) =>
      s3.send(new sdk.ListObjectsV2Command({ Bucket, EncodingType: EncodingType as 'url' }));
    expect((await list('url')).Contents?.map(({ Key }) => Key)).toEqual([
      'a/%F0%9F%98%80/',
      'date%3D2026-01-01/',
      'test+key/',
      'test%25123',
    ]);
    expect((await list()).Contents?.map(({ Key }) => Key)).toEqual([
      'a/😀/',
      'date=2026-01-01/',
      'test key/',
      'test%123',
    ]);
    for (const value of ['value', ''])
      expect(await refusal(list(value))).toMatchObject({
        Code: 'InvalidArgument',
        ArgumentName: 'encoding-type',
        ArgumentValue: value,
        Message: 'Invalid Encoding Method specified in Request',
      });
  });

  it('TestS3ListObjectVersions::test_list_objects_versions_markers, test_list_object_versions_pagination_common_prefixes', async () => {
    const { s3, put, remove } = await startBucket('Enabled');
    const versions: string[] = [];
    for (const key of ['test_0', 'test_1', 'test_2']) versions.push((await put(key, 'version 1')).VersionId!);
    for (const key of ['test_0', 'test_1', 'test_2']) versions.push((await remove(key)).VersionId!);
    versions.push((await put('test_0', 'version 2')).VersionId!);
    const list = (more: Partial<sdk.ListObjectVersionsCommandInput> = {}) =>
      s3.send(new sdk.ListObjectVersionsCommand({ Bucket, ...more }));
    const all = await list();
    expect(all).toMatchObject({ KeyMarker: '', VersionIdMarker: '', IsTruncated: false, MaxKeys: 1000 });
    expect(all.Versions?.map(({ VersionId }) => VersionId)).toEqual([
      versions[6],
      versions[0],
      versions[1],
      versions[2],
    ]);
    const byKey = await list({ KeyMarker: 'test_1', MaxKeys: 1 });
    expect(byKey).toMatchObject({
      NextKeyMarker: 'test_2',
      NextVersionIdMarker: versions[5],
      DeleteMarkers: [{ IsLatest: true, Key: 'test_2' }],
    });
    const both = await list({ KeyMarker: 'test_1', VersionIdMarker: versions[4], MaxKeys: 1 });
    expect(both).toMatchObject({
      Versions: [{ VersionId: versions[1], IsLatest: false }],
      IsTruncated: true,
      NextVersionIdMarker: versions[1],
    });
    expect(await refusal(list({ VersionIdMarker: versions[1] }))).toMatchObject({
      Code: 'InvalidArgument',
      ArgumentName: 'version-id-marker',
      ArgumentValue: versions[1],
      Message: 'A version-id marker cannot be specified without a key marker.',
    });
    for (const key of FILES) await put(key);
    expect(await list({ Prefix: 'folder/', Delimiter: '/', MaxKeys: 1 })).toMatchObject({
      CommonPrefixes: [{ Prefix: 'folder/aSubfolder/' }],
      IsTruncated: true,
      NextKeyMarker: 'folder/aSubfolder/',
    });
  });

  it('TestS3ListMultipartUploads::test_list_multiparts_next_marker, test_list_multipart_uploads_marker_common_prefixes', async () => {
    const { s3 } = await startBucket();
    const create = async (Key: string) =>
      (await s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key }))).UploadId!;
    const list = (more: Partial<sdk.ListMultipartUploadsCommandInput> = {}) =>
      s3.send(new sdk.ListMultipartUploadsCommand({ Bucket, ...more }));
    expect(await list()).toMatchObject({
      Bucket,
      IsTruncated: false,
      KeyMarker: '',
      MaxUploads: 1000,
      NextKeyMarker: '',
      NextUploadIdMarker: '',
      UploadIdMarker: '',
    });
    const ids = [await create('a'), await create('a'), await create('b')];
    expect(await list({ MaxUploads: 1 })).toMatchObject({
      IsTruncated: true,
      NextKeyMarker: 'a',
      NextUploadIdMarker: ids[0],
    });
    expect(await list({ MaxUploads: 1, KeyMarker: 'a' })).toMatchObject({
      Uploads: [{ UploadId: ids[2] }],
      IsTruncated: false,
    });
    expect(await list({ MaxUploads: 1, KeyMarker: 'a', UploadIdMarker: ids[0] })).toMatchObject({
      Uploads: [{ UploadId: ids[1] }],
      IsTruncated: true,
    });
    expect(await refusal(list({ KeyMarker: 'b', UploadIdMarker: ids[0] }))).toMatchObject({
      Code: 'InvalidArgument',
      ArgumentName: 'upload-id-marker',
      Message: 'Invalid uploadId marker',
    });
    for (const key of FILES) await create(key);
    expect(await list({ Prefix: 'folder/', Delimiter: '/', MaxUploads: 1 })).toMatchObject({
      CommonPrefixes: [{ Prefix: 'folder/aSubfolder/' }],
      IsTruncated: true,
      NextKeyMarker: '',
      NextUploadIdMarker: '',
    });
  });

  it('TestS3ListParts::test_list_parts_pagination', async () => {
    const { s3 } = await startBucket();
    const { UploadId } = await s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    const list = (more: Partial<sdk.ListPartsCommandInput> = {}) =>
      s3.send(new sdk.ListPartsCommand({ Bucket, Key: 'k', UploadId, ...more }));
    expect(await list()).toMatchObject({
      IsTruncated: false,
      MaxParts: 1000,
      NextPartNumberMarker: '0',
      PartNumberMarker: '0',
      StorageClass: 'STANDARD',
    });
    for (const PartNumber of [1, 2])
      await s3.send(new sdk.UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber, Body: 'data' }));
    expect(await list({ MaxParts: 1 })).toMatchObject({
      IsTruncated: true,
      NextPartNumberMarker: '1',
      Parts: [{ PartNumber: 1, Size: 4, ETag: '"8d777f385d3dfec8815d20f7496026dc"' }],
    });
    expect(await list({ MaxParts: 1, PartNumberMarker: '1' })).toMatchObject({
      IsTruncated: false,
      NextPartNumberMarker: '2',
    });
    expect(await list({ MaxParts: 1, PartNumberMarker: '10' })).toMatchObject({
      IsTruncated: false,
      NextPartNumberMarker: '0',
    });
  });

  it('TestS3ListBuckets::test_list_buckets_with_continuation_token, test_list_buckets_by_bucket_region, test_list_buckets_region_validation', async () => {
    const { s3 } = await startBucket();
    await s3.send(new sdk.CreateBucketCommand({ Bucket: 'second-bucket' }));
    const list = (more: Partial<sdk.ListBucketsCommandInput> = {}) => s3.send(new sdk.ListBucketsCommand(more));
    const first = await list({ MaxBuckets: 1 });
    expect(first.Buckets).toMatchObject([
      { Name: Bucket, BucketArn: `arn:aws:s3:::${Bucket}`, BucketRegion: 'us-east-1' },
    ]);
    const rest = await list({ ContinuationToken: first.ContinuationToken });
    expect(rest.Buckets?.map(({ Name }) => Name)).toEqual(['second-bucket']);
    expect((await list({ BucketRegion: 'eu-west-1' })).Buckets).toEqual([]);
    expect(await list({ Prefix: 'SECOND' })).toMatchObject({ Buckets: [], Prefix: 'SECOND' });
    expect(await refusal(list({ BucketRegion: 'eu-east-1' }))).toMatchObject({
      Code: 'InvalidArgument',
      ArgumentName: 'bucket-region',
      Message: 'Argument value eu-east-1 is not a valid AWS Region',
    });
  });
});
