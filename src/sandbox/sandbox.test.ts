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
});
