import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const Bucket = 'a-bucket';

/** A request as any program makes it, without the SDK. */
function ask(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

async function start() {
  const sandbox = await startSandbox({ account: '111111111111' });
  const s3 = sandbox.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a/b c.txt', Body: 'content' }));
  return { ...sandbox, s3, port: new URL(sandbox.endpoint).port };
}

describe('s3 addresses', () => {
  it('may carry the signature, of either version', async () => {
    const { endpoint } = await start();
    const address = `${endpoint}/${Bucket}/a/b%20c.txt`;
    const v4 = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent('AKIA111111111111SBOX/20260101/us-east-1/s3/aws4_request')}&X-Amz-Signature=00`;
    expect(await ask(`${address}?${v4}`)).toEqual({ status: 200, body: 'content' });
    expect(await ask(`${address}?AWSAccessKeyId=AKIA111111111111SBOX&Signature=x&Expires=1`)).toEqual({
      status: 200,
      body: 'content',
    });
    expect(await ask(address)).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Code>AccessDenied</Code>'),
    });
  });

  it('may have the bucket in their host', async () => {
    const { port } = await start();
    const signed = '?AWSAccessKeyId=AKIA111111111111SBOX&Signature=x&Expires=1';
    for (const host of [`${Bucket}.localhost:${port}`, `${Bucket}.s3.us-east-1.localhost:${port}`])
      expect(await ask(`http://127.0.0.1:${port}/a/b%20c.txt${signed}`, { host })).toEqual({
        status: 200,
        body: 'content',
      });
    expect(
      await ask(`http://127.0.0.1:${port}/${Bucket}/a/b%20c.txt${signed}`, { host: `s3.localhost:${port}` }),
    ).toEqual({
      status: 200,
      body: 'content',
    });
  });

  it('take uploads in chunks with a checksum behind them', async () => {
    const { s3 } = await start();
    const parts = Array.from({ length: 40 }, (_, at) => Buffer.alloc(20_000, String(at)));
    const whole = Buffer.concat(parts);
    await s3.send(
      new PutObjectCommand({ Bucket, Key: 'streamed', Body: Readable.from(parts), ContentLength: whole.length }),
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'streamed', ChecksumMode: 'ENABLED' }));
    const got = createHash('sha256').update(await Body!.transformToByteArray());
    expect(got.digest('hex')).toBe(createHash('sha256').update(whole).digest('hex'));
  });
});
