import {
  CloudFrontClient,
  CreateDistributionCommand,
  DeleteDistributionCommand,
  type DistributionConfig,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { zip } from '../lambda/lambda-scene.ts';

const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

async function open() {
  const sandbox = await startSandbox();
  sandbox.world.pause();
  const iam = sandbox.client(IAMClient);
  const lambda = sandbox.client(LambdaClient);
  const cloudfront = sandbox.client(CloudFrontClient);
  for (const [RoleName, services] of [
    ['edge', ['edgelambda.amazonaws.com', 'lambda.amazonaws.com']],
    ['home', ['lambda.amazonaws.com']],
  ] as const) {
    const Statement = [{ Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  }
  /** A published version; answers with its ARN. */
  const publish = async (FunctionName: string, more: Partial<CreateFunctionCommandInput> = {}) => {
    const Code = { ZipFile: zip() };
    const base = { FunctionName, Role: role('edge'), Runtime: 'nodejs22.x', Handler: 'index.handler', Code } as const;
    await lambda.send(new CreateFunctionCommand({ ...base, ...more }));
    await sandbox.advance(60_000);
    return (await lambda.send(new PublishVersionCommand({ FunctionName }))).FunctionArn!;
  };
  const associate = (arn: string, EventType: 'origin-request' | 'viewer-request' = 'origin-request') =>
    cloudfront.send(new CreateDistributionCommand({ DistributionConfig: config(arn, EventType) }));
  return { sandbox, lambda, cloudfront, publish, associate };
}

const config = (arn: string | undefined, EventType: 'origin-request' | 'viewer-request'): DistributionConfig => ({
  CallerReference: `${arn} ${EventType}`,
  Comment: '',
  Enabled: true,
  Origins: {
    Quantity: 1,
    Items: [
      {
        Id: 'api',
        DomainName: 'api.example.org',
        CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
      },
    ],
  },
  DefaultCacheBehavior: {
    TargetOriginId: 'api',
    ViewerProtocolPolicy: 'redirect-to-https',
    CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
    ...(arn ? { LambdaFunctionAssociations: { Quantity: 1, Items: [{ EventType, LambdaFunctionARN: arn }] } } : {}),
  },
});

it('F-111: an edge takes no variables, no other role, no other processor, and less time and memory before viewers', async () => {
  const { publish, associate } = await open();
  const refused = async (arn: string, message: string, type?: 'viewer-request') =>
    expect(await answerOf(associate(arn, type))).toEqual(refusal('InvalidLambdaFunctionAssociation', message));

  const variables = await publish('variables', { Environment: { Variables: { BUCKET: 'media' } } });
  await refused(variables, `The function cannot have environment variables. Function: ${variables}`);
  const home = await publish('home', { Role: role('home') });
  await refused(
    home,
    `The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com principals. Update the IAM role and try again. Role: ${role('home')}`,
  );
  const arm = await publish('arm', { Architectures: ['arm64'] });
  await refused(arm, `The function cannot have the arm64 architecture. Function: ${arm}`);
  const java = await publish('java', { Runtime: 'java21' });
  await refused(java, `The function has an invalid runtime. Function: ${java} Runtime: java21`);
  const slow = await publish('slow', { Timeout: 31 });
  await refused(
    slow,
    `The function timeout is larger than the maximum allowed for functions that are triggered by a CloudFront event: 31 Max allowed: 30 Function: ${slow}`,
  );
  const large = await publish('large', { MemorySize: 1024 });
  await refused(
    large,
    `The function memory size is larger than the maximum allowed for functions that are triggered by a CloudFront event: 1024 Max allowed: 128 Function: ${large}`,
    'viewer-request',
  );
  expect(await associate(large)).toHaveProperty('Distribution');
});

it('F-114: a version stays as long as copies of it are at edges, some hours longer than its last association', async () => {
  const { sandbox, lambda, cloudfront, publish, associate } = await open();
  const arn = await publish('resize');
  const remove = (Qualifier?: string) =>
    answerOf(lambda.send(new DeleteFunctionCommand({ FunctionName: 'resize', ...(Qualifier ? { Qualifier } : {}) })));
  const copied = refusal(
    'InvalidParameterValueException',
    `Lambda was unable to delete ${arnOf('resize')}:1 because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas.`,
  );
  const { Distribution } = await associate(arn);
  const Id = Distribution!.Id!;
  expect(await remove()).toEqual(copied);
  expect(await remove('1')).toEqual(copied);

  const { DistributionConfig, ETag } = await cloudfront.send(new GetDistributionConfigCommand({ Id }));
  const { LambdaFunctionAssociations: _, ...behavior } = DistributionConfig!.DefaultCacheBehavior!;
  const changed = { ...DistributionConfig!, Enabled: false, DefaultCacheBehavior: behavior };
  const { ETag: IfMatch } = await cloudfront.send(
    new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig: changed }),
  );
  await sandbox.advance(60 * 60_000);
  expect(await remove()).toEqual(copied);
  await cloudfront.send(new DeleteDistributionCommand({ Id, IfMatch }));
  await sandbox.advance(3 * 60 * 60_000);
  expect(await remove()).toEqual({ StatusCode: 204 });
});
