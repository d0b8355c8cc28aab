import { beforeAll, describe, expect, it } from 'vitest';
import { requiredMembers } from '../../testing/required-members.ts';
import { startSandbox } from '../../testing/start-sandbox.ts';
import { AwsFault } from '../kernel/fault.ts';
import type { Call } from '../kernel/scope.ts';
import { World } from '../kernel/world.ts';
import { refuseMissing } from './refuse-missing.ts';
import { SERVICES } from './registry.ts';
import { REQUIRED_MEMBERS } from './required-members.ts';

const PACKAGES: Record<keyof typeof SERVICES, string> = {
  acm: 'client-acm',
  apigateway: 'client-api-gateway',
  apigatewayv2: 'client-apigatewayv2',
  'application-autoscaling': 'client-application-auto-scaling',
  cloudformation: 'client-cloudformation',
  cloudtrail: 'client-cloudtrail',
  codedeploy: 'client-codedeploy',
  'cognito-idp': 'client-cognito-identity-provider',
  cloudfront: 'client-cloudfront',
  ec2: 'client-ec2',
  ecr: 'client-ecr',
  ecs: 'client-ecs',
  elasticloadbalancing: 'client-elastic-load-balancing-v2',
  events: 'client-eventbridge',
  iam: 'client-iam',
  kms: 'client-kms',
  lambda: 'client-lambda',
  logs: 'client-cloudwatch-logs',
  monitoring: 'client-cloudwatch',
  rds: 'client-rds',
  route53: 'client-route-53',
  s3: 'client-s3',
  scheduler: 'client-scheduler',
  secretsmanager: 'client-secrets-manager',
  servicequotas: 'client-service-quotas',
  sns: 'client-sns',
  sqs: 'client-sqs',
  ssm: 'client-ssm',
  sts: 'client-sts',
  wafv2: 'client-wafv2',
};

describe.each(Object.keys(SERVICES))('%s', (service) => {
  let required: Record<string, string[]>;
  let operations: string[];
  beforeAll(async () => {
    operations = Object.keys((await SERVICES[service]!()).operations);
    const all = requiredMembers(PACKAGES[service]!);
    required = Object.fromEntries(operations.flatMap((name) => (all[name]?.length ? [[name, all[name]]] : [])));
  });

  it.runIf(service in REQUIRED_MEMBERS)('is held to what its model requires', () => {
    expect(REQUIRED_MEMBERS[service]).toEqual(required);
  });

  it('refuses every request that lacks what it requires, and keeps nothing of it', async () => {
    const world = new World({ timerHandler: () => Promise.reject(new Error('no timers')) });
    world.pause();
    const scope = { world, account: '111111111111', region: 'us-east-1' };
    const call: Call = { ...scope, requestId: 'r', endpoint: 'http://127.0.0.1:1', principal: 'arn:aws:iam::1:root' };
    const definition = await SERVICES[service]!();
    for (const operation of Object.keys(required)) {
      const refusal = await world
        .transaction(() => {
          refuseMissing(service, operation, {});
          return definition.operations[operation]!({}, call);
        })
        .then(
          () => 'taken',
          (error: unknown) => error,
        );
      expect(refusal, operation).toBeInstanceOf(AwsFault);
      expect((refusal as AwsFault).code, operation).toEqual(expect.any(String));
      expect((refusal as AwsFault).message, operation).not.toContain('undefined');
    }
    expect([...world.store.rows()]).toEqual([]);
    await world.close();
  });
});

it('says what is missing as AWS does', async () => {
  const { endpoint, credentials } = await startSandbox();
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261121/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=DescribeStackResource&Version=2010-05-15',
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(
    '<Message>2 validation errors detected: ' +
      "Value null at 'stackName' failed to satisfy constraint: Member must not be null; " +
      "Value null at 'logicalResourceId' failed to satisfy constraint: Member must not be null</Message>",
  );
});
