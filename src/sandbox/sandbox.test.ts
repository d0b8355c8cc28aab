import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRootCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../testing/start-sandbox.ts';
import { AwsFault } from './kernel/fault.ts';

describe('sandbox', () => {
  it('answers an unmodified client in the account of its key', async () => {
    const { client } = await startSandbox();
    const answer = await client(STSClient, { account: '123456789012' }).send(new GetCallerIdentityCommand({}));
    expect(answer).toMatchObject({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/sandbox' });
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses what it does not simulate, by name', async () => {
    const { client } = await startSandbox({ expectUnknown: ['sts:AssumeRoot'] });
    await expect(
      client(STSClient).send(new AssumeRootCommand({ TargetPrincipal: '1', TaskPolicyArn: {} })),
    ).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'The sandbox does not simulate sts:AssumeRoot',
    });
  });

  it('fails on purpose at the call it was told to', async () => {
    const { client, faults } = await startSandbox();
    const sts = client(STSClient);
    faults.push({ service: 'sts', skip: 1, with: new AwsFault('Throttling', 'Rate exceeded') });
    faults.push({ operation: 'GetCallerIdentity', skip: 2, with: 'cut-before' });
    const ask = () => sts.send(new GetCallerIdentityCommand({}));
    await ask();
    await expect(ask()).rejects.toMatchObject({ name: 'Throttling' });
    await expect(ask()).resolves.toBeDefined();
    await expect(ask()).rejects.toThrow(/socket hang up|ECONNRESET/);
  });

  it('answers to loopback names only', async () => {
    const { endpoint } = await startSandbox();
    const { request } = await import('node:http');
    const status = await new Promise((resolve) =>
      request(endpoint, { headers: { host: 'evil.example.com' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end(),
    );
    expect(status).toBe(421);
  });

  it('does for a page of somebody else nothing but to show what lies in a bucket', async () => {
    const { client, endpoint } = await startSandbox();
    const s3 = client(S3Client);
    await s3.send(new CreateBucketCommand({ Bucket: 'pictures' }));
    await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'a.txt', Body: 'hello' }));
    const signed = (service: string) =>
      `X-Amz-Credential=${encodeURIComponent(`test/20261130/us-east-1/${service}/aws4_request`)}`;
    const ask = async (path: string, headers: Record<string, string>, init: RequestInit = {}) =>
      (await fetch(`${endpoint}${path}`, { ...init, headers })).status;
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    // What a browser sends without asking for leave: a text by POST, an image, a form, a frame without a name.
    const text = { method: 'POST', body: '{}' };
    const functions = `/2015-03-31/functions?${signed('lambda')}`;
    const bucket = `/?Action=DeleteStack&StackName=demo&${signed('cloudformation')}`;
    expect(await ask(functions, { ...evil, 'content-type': 'text/plain' }, text)).toBe(403);
    expect(await ask(functions, { origin: 'null', 'content-type': 'text/plain' }, text)).toBe(403);
    expect(await ask(bucket, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask(bucket, { 'sec-fetch-site': 'cross-site', referer: 'https://localhost.evil.example/' })).toBe(403);
    expect(await ask('/pictures/a.txt', evil, { method: 'PUT', body: 'mine' })).toBe(403);
    expect(await ask('/v2/', evil)).toBe(403);
    // A picture, and whatever pages of this machine ask.
    expect(await ask('/pictures/a.txt', { 'sec-fetch-site': 'cross-site' })).toBe(200);
    const own = { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' };
    expect(await ask('/pictures/b.txt', own, { method: 'PUT', body: 'ours' })).toBe(200);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'pictures' }));
    expect(Contents.map(({ Key, Size }) => `${Key} ${Size}`)).toEqual(['a.txt 5', 'b.txt 4']);
    const { Functions } = await client(LambdaClient).send(new ListFunctionsCommand({}));
    expect(Functions).toEqual([]);
  });
});
