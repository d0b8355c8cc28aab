import { ModifyLoadBalancerAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { balancerScene } from './balancer-scene.ts';

const SERVICE = { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' };

async function scene() {
  const { sandbox, elb, LoadBalancerArn } = await balancerScene();
  const s3 = sandbox.client(S3Client);
  const { account } = sandbox.scope;
  await s3.send(new CreateBucketCommand({ Bucket: 'taken-logs' }));
  const letIn = (Principal: object, path = `lb/AWSLogs/${account}/*`, more: object[] = []) =>
    s3.send(
      new PutBucketPolicyCommand({
        Bucket: 'taken-logs',
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal, Action: 's3:PutObject', Resource: `arn:aws:s3:::taken-logs/${path}` },
            ...more,
          ],
        }),
      }),
    );
  const turnOn = (bucket = 'taken-logs') =>
    elb.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn,
        Attributes: [
          { Key: 'access_logs.s3.enabled', Value: 'true' },
          { Key: 'access_logs.s3.bucket', Value: bucket },
          { Key: 'access_logs.s3.prefix', Value: 'lb' },
        ],
      }),
    );
  const refused = (bucket = 'taken-logs') =>
    expect(turnOn(bucket)).rejects.toMatchObject({
      name: 'InvalidConfigurationRequestException',
      message: `Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
    });
  const keys = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket: 'taken-logs' }))).Contents?.map(({ Key }) => Key) ?? [];
  return { s3, account, letIn, turnOn, refused, keys };
}

it('access logs of a load balancer are tried, and refused where the bucket does not let them in', async () => {
  const { s3, account, letIn, turnOn, refused, keys } = await scene();
  await refused('no-such-bucket');
  await refused();
  await letIn(SERVICE, `AWSLogs/${account}/*`);
  await refused();
  await letIn({ Service: 'delivery.logs.amazonaws.com' });
  await refused();
  await letIn(SERVICE, undefined, [
    { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::taken-logs/*' },
  ]);
  await refused();
  expect(await keys()).toEqual([]);

  await letIn(SERVICE);
  await turnOn();
  expect(await keys()).toEqual([`lb/AWSLogs/${account}/ELBAccessLogTestFile`]);
  await letIn({ AWS: 'arn:aws:iam::127311923021:root' });
  await turnOn();

  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } };
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket: 'taken-logs',
      ServerSideEncryptionConfiguration: { Rules: [rule] },
    }),
  );
  await refused();
});

it('access logs of a bucket want a target that is there and lets S3 in', async () => {
  const { s3, letIn } = await scene();
  await s3.send(new CreateBucketCommand({ Bucket: 'logged' }));
  const logTo = (TargetBucket: string) =>
    s3.send(
      new PutBucketLoggingCommand({
        Bucket: 'logged',
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: 'logged/' } },
      }),
    );
  await expect(logTo('no-such-bucket')).rejects.toMatchObject({
    name: 'InvalidTargetBucketForLogging',
    message: 'The target bucket for logging does not exist',
  });
  await expect(logTo('taken-logs')).rejects.toMatchObject({ name: 'InvalidTargetBucketForLogging' });
  await letIn({ Service: 'logging.s3.amazonaws.com' }, 'logged/*');
  await logTo('taken-logs');
  await s3.send(new PutBucketLoggingCommand({ Bucket: 'logged', BucketLoggingStatus: {} }));
});
