import * as sdk from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/refusal.ts';
import { Bucket, startBucket } from './conformance-bucket.ts';

// Each case does in its own words what a test of the public LocalStack suite did to the real AWS; the title names the
// recording (`tests/aws/services/s3/<file>.snapshot.json`) whose answers are expected here.

const API = 'test_s3_api.py';

describe(`${API}::TestS3ObjectCRUD`, () => {
  const INVALID_VERSION = {
    status: 400,
    Code: 'InvalidArgument',
    ArgumentName: 'versionId',
    Message: 'Invalid version id specified',
  };

  it('test_delete_object, test_get_object_with_version_unversioned_bucket', async () => {
    const { s3, put, remove } = await startBucket();
    await put('k', 'test-version');
    const get = (VersionId: string) => s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'k', VersionId }));
    const unknown = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD';
    expect(await refusal(get(unknown))).toMatchObject({ ...INVALID_VERSION, ArgumentValue: unknown });
    expect((await get('null')).VersionId).toBeUndefined();
    expect((await remove('k')).$metadata.httpStatusCode).toBe(204);
    expect((await remove('never-was')).$metadata.httpStatusCode).toBe(204);
    expect(await refusal(remove('never-was', unknown))).toMatchObject({ ...INVALID_VERSION, ArgumentValue: unknown });
  });

  it('test_delete_object_versioned', async () => {
    const { s3, put, remove } = await startBucket('Enabled');
    const { VersionId } = await put('k', 'test-delete');
    const marker = await remove('k');
    const get = (version?: string) => s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'k', VersionId: version }));
    expect(await refusal(get())).toMatchObject({ status: 404, Code: 'NoSuchKey', Key: 'k' });
    expect((await get(VersionId)).VersionId).toBe(VersionId);
    expect(await refusal(get(marker.VersionId))).toMatchObject({
      status: 405,
      Code: 'MethodNotAllowed',
      Message: 'The specified method is not allowed against this resource.',
      Method: 'GET',
      ResourceType: 'DeleteMarker',
    });
    expect(await remove('k', marker.VersionId)).toMatchObject({ DeleteMarker: true, VersionId: marker.VersionId });
    expect(await remove('k', VersionId)).toMatchObject({ VersionId });
    expect(await refusal(get(VersionId))).toMatchObject({ status: 404, Code: 'NoSuchVersion', Key: 'k', VersionId });
    expect(await refusal(remove('k', 'bad-version'))).toMatchObject(INVALID_VERSION);
    expect(await remove('wrong-key')).toMatchObject({ DeleteMarker: true });
  });

  it('test_delete_objects, test_delete_objects_versioned', async () => {
    const { s3, put } = await startBucket();
    await put('k', 'test-delete');
    const removeAll = (...Objects: sdk.ObjectIdentifier[]) =>
      s3.send(new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    const VersionId = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD';
    expect((await removeAll({ Key: 'k', VersionId })).Errors).toEqual([
      { Code: 'NoSuchVersion', Key: 'k', Message: 'The specified version does not exist.', VersionId },
    ]);
    expect((await removeAll({ Key: 'a' }, { Key: 'k' })).Deleted).toEqual([{ Key: 'a' }, { Key: 'k' }]);

    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const version = await put('k', 'test-delete');
    const { Deleted: [deleted] = [] } = await removeAll({ Key: 'k' });
    expect(deleted).toEqual({ Key: 'k', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) });
    const DeleteMarkerVersionId = deleted?.DeleteMarkerVersionId;
    expect((await removeAll({ Key: 'k', VersionId: DeleteMarkerVersionId })).Deleted).toEqual([
      { Key: 'k', VersionId: DeleteMarkerVersionId, DeleteMarker: true, DeleteMarkerVersionId },
    ]);
    expect((await removeAll({ Key: 'k', VersionId })).Errors).toMatchObject([{ Code: 'NoSuchVersion' }]);
    expect((await removeAll({ Key: 'k', VersionId: version.VersionId })).Deleted).toEqual([
      { Key: 'k', VersionId: version.VersionId },
    ]);
  });

  it('test_put_object_on_suspended_bucket, test_delete_object_on_suspended_bucket', async () => {
    const { s3, put, remove } = await startBucket('Enabled');
    const kept = await put('k', 'kept');
    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    expect((await put('k', 'suspended')).VersionId).toBeUndefined();
    await put('k', 'suspended again');
    const list = async () => {
      const { Versions = [], DeleteMarkers = [] } = await s3.send(new sdk.ListObjectVersionsCommand({ Bucket }));
      return {
        versions: Versions.map(({ VersionId }) => VersionId),
        markers: DeleteMarkers.map(({ VersionId }) => VersionId),
      };
    };
    expect(await list()).toEqual({ versions: ['null', kept.VersionId], markers: [] });
    expect((await s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'k' }))).VersionId).toBe('null');
    expect(await remove('k')).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
    expect(await list()).toEqual({ versions: [kept.VersionId], markers: ['null'] });
  });

  it('test_get_object_range', async () => {
    const { s3, put } = await startBucket();
    await put('k', '0123456789');
    const get = async (Range: string) => {
      const got = await s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'k', Range, ChecksumMode: 'ENABLED' }));
      return [got.$metadata.httpStatusCode, await got.Body!.transformToString(), got.ContentRange, got.ChecksumCRC32];
    };
    const all = [200, '0123456789', undefined, 'poTHxg=='];
    expect(await get('bytes=0-8')).toEqual([206, '012345678', 'bytes 0-8/10', undefined]);
    expect(await get('bytes=1-1')).toEqual([206, '1', 'bytes 1-1/10', undefined]);
    expect(await get('bytes=1-')).toEqual([206, '123456789', 'bytes 1-9/10', undefined]);
    expect(await get('bytes=-2')).toEqual([206, '89', 'bytes 8-9/10', undefined]);
    for (const range of ['-15', '0-100'])
      expect(await get(`bytes=${range}`)).toEqual([206, '0123456789', 'bytes 0-9/10', 'poTHxg==']);
    for (const range of ['bytes=1-0', 'bytes=-1-', 'bytes=0--1', 'bytes=0-1,3-4,7-9', '0-8', 'bytes=-'])
      expect(await get(range)).toEqual(all);
    for (const range of ['-0', '100-200'])
      expect(await refusal(get(`bytes=${range}`))).toMatchObject({
        status: 416,
        Code: 'InvalidRange',
        Message: 'The requested range is not satisfiable',
        ActualObjectSize: '10',
        RangeRequested: `bytes=${range}`,
      });
  });
});

describe(`${API}::TestS3Multipart`, () => {
  it('test_upload_part_copy_range, test_upload_part_copy_no_copy_source_range', async () => {
    const { s3, put } = await startBucket();
    await put('source', '0123456789');
    const { UploadId } = await s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    const copy = (CopySourceRange?: string) =>
      s3.send(
        new sdk.UploadPartCopyCommand({
          Bucket,
          Key: 'k',
          UploadId,
          PartNumber: 1,
          CopySource: `${Bucket}/source`,
          CopySourceRange,
        }),
      );
    expect((await copy('bytes=0-8')).CopyPartResult?.ETag).toBe('"22975d8a5ed1b91445f6c55ac121505b"');
    expect((await copy()).CopyPartResult?.ETag).toBe('"781e5e245d69b566979b86e28d23f2c7"');
    for (const range of [
      '0-8',
      'bytes=1-0',
      'bytes=-1-',
      'bytes=0--1',
      'bytes=0-1,3-4,7-9',
      'bytes=-',
      'bytes=-0',
      'bytes=1-',
      'bytes=-2',
      'bytes=-15',
    ])
      expect(await refusal(copy(range))).toMatchObject({
        Code: 'InvalidArgument',
        ArgumentName: 'x-amz-copy-source-range',
        ArgumentValue: range,
        Message:
          'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      });
    expect(await refusal(copy('bytes=0-100'))).toMatchObject({
      Message: 'Range specified is not valid for source object of size: 10',
    });
    expect(await refusal(copy('bytes=100-200'))).toMatchObject({
      Code: 'InvalidRequest',
      Message: 'The specified copy range is invalid for the source object size',
    });
  });
});
