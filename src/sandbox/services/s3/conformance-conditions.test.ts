import * as sdk from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/refusal.ts';
import { Bucket, FAILED, startBucket } from './conformance-bucket.ts';

// Each case does in its own words what a test of the public LocalStack suite did to the real AWS; the title names the
// recording (`tests/aws/services/s3/<file>.snapshot.json`) whose answers are expected here.

const API = 'test_s3_api.py';

describe(`${API}::TestS3ObjectWritePrecondition`, () => {
  const conflict = (Condition: string) => ({
    status: 409,
    Code: 'ConditionalRequestConflict',
    Condition,
    Key: 'k',
    Message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
  });
  const notAccepted = (Header: string) => ({
    status: 501,
    Code: 'NotImplemented',
    Header,
    additionalMessage: `We don't accept the provided value of ${Header} header for this API`,
  });
  const NO_KEY = { status: 404, Code: 'NoSuchKey', Key: 'k', Message: 'The specified key does not exist.' };

  it('test_put_object_if_none_match, test_put_object_if_none_match_validation', async () => {
    const { put, remove } = await startBucket();
    expect(await put('k', '', { IfNoneMatch: '*' })).toMatchObject({
      ChecksumCRC32: 'AAAAAA==',
      ChecksumType: 'FULL_OBJECT',
      ETag: '"d41d8cd98f00b204e9800998ecf8427e"',
      ServerSideEncryption: 'AES256',
    });
    expect(await refusal(put('k', '', { IfNoneMatch: '*' }))).toMatchObject({ ...FAILED, Condition: 'If-None-Match' });
    await remove('k');
    await put('k', '', { IfNoneMatch: '*' });
    expect(await refusal(put('k', '', { IfNoneMatch: 'etag' }))).toMatchObject(notAccepted('If-None-Match'));
  });

  it('test_put_object_if_none_match_versioned_bucket', async () => {
    const { s3, put, remove } = await startBucket('Enabled');
    await put('k', '', { IfNoneMatch: '*' });
    expect(await refusal(put('k', '', { IfNoneMatch: '*' }))).toMatchObject({ ...FAILED, Condition: 'If-None-Match' });
    expect(await remove('k')).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    await put('k', '', { IfNoneMatch: '*' });
    const listed = await s3.send(new sdk.ListObjectVersionsCommand({ Bucket }));
    expect(listed.Versions?.map(({ IsLatest }) => IsLatest)).toEqual([true, false]);
    expect(listed.DeleteMarkers?.map(({ IsLatest }) => IsLatest)).toEqual([false]);
  });

  it('test_put_object_if_match, test_put_object_if_match_validation, test_put_object_if_match_and_if_none_match_validation', async () => {
    const { put, remove } = await startBucket();
    const { ETag } = await put('k', 'test');
    expect(ETag).toBe('"098f6bcd4621d373cade4e832627b4f6"');
    expect(await refusal(put('k', '', { IfMatch: 'd41d8cd98f00b204e9800998ecf8427e' }))).toMatchObject({
      ...FAILED,
      Condition: 'If-Match',
    });
    await put('k', '', { IfMatch: ETag });
    await remove('k');
    expect(await refusal(put('k', '', { IfMatch: ETag }))).toMatchObject(NO_KEY);
    expect(await refusal(put('k', '', { IfMatch: '*' }))).toMatchObject(notAccepted('If-Match'));
    expect(await refusal(put('k', '', { IfMatch: 'abcdef' }))).toMatchObject(NO_KEY);
    expect(await refusal(put('k', '', { IfMatch: ETag, IfNoneMatch: '*' }))).toMatchObject({
      status: 501,
      Code: 'NotImplemented',
      Header: 'If-Match,If-None-Match',
      additionalMessage: 'Multiple conditional request headers present in the request',
    });
  });

  it('test_put_object_if_match_versioned_bucket', async () => {
    const { put, remove } = await startBucket('Enabled');
    const { ETag } = await put('k', 'test');
    expect(await refusal(put('k', '', { IfMatch: 'abcdef' }))).toMatchObject({ ...FAILED, Condition: 'If-Match' });
    await remove('k');
    expect(await refusal(put('k', '', { IfMatch: ETag }))).toMatchObject(NO_KEY);
    const again = await put('k', 'again');
    await put('k', 'more', { IfMatch: again.ETag });
  });

  it('test_multipart_if_none_match_with_delete, test_multipart_if_none_match_with_put', async () => {
    const { put, remove, upload } = await startBucket();
    await put('k');
    const complete = await upload('k');
    expect(await refusal(complete({ IfNoneMatch: '*' }))).toMatchObject({ ...FAILED, Condition: 'If-None-Match' });
    await remove('k');
    expect(await refusal(complete({ IfNoneMatch: '*' }))).toMatchObject(conflict('If-None-Match'));
    const again = await upload('k');
    expect(await again({ IfNoneMatch: '*' })).toMatchObject({
      ChecksumCRC64NVME: '+bu+zv66sUM=',
      ChecksumType: 'FULL_OBJECT',
      ETag: '"60cd54a928cbbcbb6e7b5595bab46a9e-1"',
    });
    const late = await upload('other');
    await put('other');
    expect(await refusal(late({ IfNoneMatch: '*' }))).toMatchObject({ ...FAILED, Condition: 'If-None-Match' });
  });

  it('test_multipart_if_match_with_put, test_multipart_if_match_with_put_identical, test_multipart_if_match_with_delete', async () => {
    const { put, remove, upload } = await startBucket();
    const { ETag } = await put('k', 'test');
    const complete = await upload('k');
    const during = await put('k', 'test2');
    expect(await refusal(complete({ IfMatch: ETag }))).toMatchObject({ ...FAILED, Condition: 'If-Match' });
    expect(await refusal(complete({ IfMatch: during.ETag }))).toMatchObject(conflict('If-Match'));
    await (await upload('k'))({ IfMatch: during.ETag });

    const third = await upload('k');
    await remove('k');
    expect(await refusal(third({ IfMatch: ETag }))).toMatchObject(NO_KEY);
    await put('k', 'test');
    expect(await refusal(third({ IfMatch: ETag }))).toMatchObject(conflict('If-Match'));
  });

  it('test_copy_object_if_none_match, test_copy_object_if_match, test_copy_object_precondition_write_validation', async () => {
    const { s3, put } = await startBucket();
    const source = await put('source', 'copied content');
    const copy = (Key: string, more: Partial<sdk.CopyObjectCommandInput>) =>
      s3.send(new sdk.CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/source`, ...more }));
    await copy('k', { IfNoneMatch: '*' });
    expect(await refusal(copy('k', { IfNoneMatch: '*' }))).toMatchObject({ ...FAILED, Condition: 'If-None-Match' });
    await copy('k', { IfMatch: source.ETag });
    expect(await refusal(copy('k', { IfMatch: 'abcdef' }))).toMatchObject({ ...FAILED, Condition: 'If-Match' });
    expect(await refusal(copy('absent', { IfMatch: source.ETag }))).toMatchObject({ ...NO_KEY, Key: 'absent' });
    expect(await refusal(copy('k', { IfNoneMatch: source.ETag }))).toMatchObject(notAccepted('If-None-Match'));
    expect(await refusal(copy('k', { IfMatch: '*' }))).toMatchObject(notAccepted('If-Match'));
  });
});

describe('test_s3_preconditions.py::TestS3CopySourcePreconditions', () => {
  it('test_s3_copy_object_preconditions', async () => {
    const { s3, put } = await startBucket();
    const { ETag } = await put('source', 'data');
    const copy = (more: Partial<sdk.CopyObjectCommandInput>) =>
      s3.send(new sdk.CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/source`, ...more }));
    const [past, future] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
    for (const [more, name] of [
      [{ CopySourceIfMatch: '"none"' }, 'If-Match'],
      [{ CopySourceIfUnmodifiedSince: past }, 'If-Unmodified-Since'],
      [{ CopySourceIfNoneMatch: ETag }, 'If-None-Match'],
      [{ CopySourceIfModifiedSince: new Date(Date.now() + 2_000 - 2_000) }, 'If-Modified-Since'],
      [{ CopySourceIfNoneMatch: ETag?.replaceAll('"', '') }, 'If-None-Match'],
    ] as const)
      expect(await refusal(copy(more))).toMatchObject({ ...FAILED, Condition: `x-amz-copy-source-${name}` });
    const copied = await copy({ CopySourceIfModifiedSince: future });
    expect(copied).toMatchObject({
      CopyObjectResult: {
        ChecksumCRC32: 'rfPzYw==',
        ChecksumType: 'FULL_OBJECT',
        ETag: '"8d777f385d3dfec8815d20f7496026dc"',
      },
      ServerSideEncryption: 'AES256',
    });
    await copy({ CopySourceIfMatch: ETag, CopySourceIfUnmodifiedSince: past });
  });
});
