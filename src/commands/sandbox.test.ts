import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { spawnPlatform } from '../testing/spawn-platform.ts';

const client = (variables: Record<string, string>): S3Client => {
  const s3 = new S3Client({
    endpoint: variables.AWS_ENDPOINT_URL!,
    region: variables.AWS_REGION!,
    credentials: { accessKeyId: variables.AWS_ACCESS_KEY_ID!, secretAccessKey: variables.AWS_SECRET_ACCESS_KEY! },
  });
  onTestFinished(() => s3.destroy());
  return s3;
};

it('keeps it up for other clients, shows it, stops it with its state, and clears it', async () => {
  const { platform, directory } = spawnPlatform();
  const run = async (...words: string[]) => {
    const { exitCode, stdout, stderr } = await platform(['sandbox', ...words]);
    expect({ words, exitCode, stderr }).toMatchObject({ words, exitCode: 0 });
    return stdout;
  };
  expect(JSON.parse(await run('status', '--json'))).toMatchObject({ running: false, endpoint: null });

  const served = JSON.parse(await run('serve', '--detach', '--json', '--speed', '50'));
  expect(served).toMatchObject({ running: true, speed: 50, variables: { AWS_ENDPOINT_URL: served.endpoint } });
  await client(served.variables).send(new CreateBucketCommand({ Bucket: 'from-another-client' }));
  expect(await run('status')).toContain(served.endpoint);

  await run('stop');
  expect(JSON.parse(await run('status', '--json')).running).toBe(false);
  const again = JSON.parse(await run('serve', '--detach', '--json'));
  const { Buckets = [] } = await client(again.variables).send(new ListBucketsCommand({}));
  expect(Buckets.map(({ Name }) => Name)).toEqual(['from-another-client']);

  await run('reset', '--yes');
  const emptied = await client(again.variables).send(new ListBucketsCommand({}));
  expect(emptied.Buckets ?? []).toEqual([]);

  await run('stop');
  await run('reset', '--yes');
  expect(existsSync(join(directory, '.platform', 'sandbox'))).toBe(false);
});

it('shows what topics wrote to mailboxes, whose links confirm', async () => {
  const { platform } = spawnPlatform();
  const served = JSON.parse((await platform(['sandbox', 'serve', '--detach', '--json'])).stdout);
  const { SNSClient, CreateTopicCommand, ListSubscriptionsByTopicCommand, SubscribeCommand } = await import(
    '@aws-sdk/client-sns'
  );
  const sns = new SNSClient({
    endpoint: served.endpoint,
    region: served.variables.AWS_REGION,
    credentials: {
      accessKeyId: served.variables.AWS_ACCESS_KEY_ID,
      secretAccessKey: served.variables.AWS_SECRET_ACCESS_KEY,
    },
  });
  onTestFinished(() => sns.destroy());
  expect((await platform(['sandbox', 'mail'])).stdout).toBe('Nothing was written\n');
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alarms' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
  const { mail } = JSON.parse((await platform(['sandbox', 'mail', '--json'])).stdout);
  expect(mail).toMatchObject([{ to: 'ops@example.com', kind: 'SubscriptionConfirmation', outcome: 'kept' }]);
  expect((await platform(['sandbox', 'mail'])).stdout).toContain('ops@example.com');
  await fetch(/http\S+/.exec(mail[0].body)![0]);
  const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(Subscriptions?.[0]?.SubscriptionArn).toContain(`${TopicArn}:`);
});

it('asks before it clears', async () => {
  const { platform } = spawnPlatform();
  await platform(['status', '--env', 'sandbox']);
  const { exitCode, stderr } = await platform(['sandbox', 'reset']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--yes');
});

it('prints what a shell needs to look into an environment', async () => {
  const { platform } = spawnPlatform();
  const { stdout } = await platform(['sandbox', 'serve', '--detach', '--env', 'prod']);
  expect(stdout).toMatch(
    /^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+\nexport AWS_ACCESS_KEY_ID=AKIA222222222222SBOX\n/,
  );
});

it('runs at the speed of a command during that command only, unless it was served at it', async () => {
  const { platform } = spawnPlatform();
  await platform(['sandbox', 'serve', '--detach', '--speed', '50']);
  const pace = async () => JSON.parse((await platform(['sandbox', 'status', '--json'])).stdout).speed;
  expect(await pace()).toBe(50);
  expect((await platform(['status', '--env', 'sandbox', '--realtime'])).exitCode).toBe(0);
  expect(await pace()).toBe(50);
});
