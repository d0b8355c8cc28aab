import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAwsHost } from './aws-host.ts';
import { emulatorOfImage, emulatorServices } from './emulators.ts';

const none = { functions: {}, apis: {}, observability: { alarms: false } };

it.each([
  ['localstack/localstack:3.1.0', 'localstack'],
  ['localstack/localstack-pro@sha256:abc', 'localstack'],
  ['registry.example.com:5000/motoserver/moto:5', 'moto'],
  ['ministackorg/ministack', 'ministack'],
  ['hectorvent/floci:latest', 'floci'],
  ['example/other:localstack', undefined],
])('knows by the image %s what answers', (image, emulator) => {
  expect(emulatorOfImage(image)).toBe(emulator);
});

it('S4-59: services are those of the blocks that are used, by the names that an emulator knows', () => {
  expect(emulatorServices(none)).toEqual(['cloudformation', 'iam', 'logs', 's3', 'ssm', 'sts']);
  const bday = {
    ...none,
    queues: { events: {} },
    functions: { api: {}, scheduler: { trigger: { on: 'schedule' } }, worker: { trigger: { on: 'queue' } } },
    apis: { public: { kind: 'rest' } },
  };
  const found = emulatorServices(bday);
  expect(found).toEqual(expect.arrayContaining(['apigateway', 'events', 'lambda', 'sqs']));
  // The name in the original configuration, under which LocalStack knows nothing.
  expect(found).not.toContain('eventbridge');
  expect(found).not.toContain('apigatewayv2');
  expect(emulatorServices({ ...none, apis: { open: { kind: 'http' } } })).toContain('apigatewayv2');
  expect(emulatorServices({ ...none, observability: { alarms: true } })).toEqual(
    expect.arrayContaining(['cloudwatch', 'sns']),
  );
});

it('S4-102: knows the hosts of AWS, and nothing that only looks like one', () => {
  for (const host of [
    'sts.amazonaws.com',
    'sqs.cn-north-1.amazonaws.com.cn',
    'lambda.eu-west-1.api.aws',
    'AMAZONAWS.COM.',
  ])
    expect(isAwsHost(host)).toBe(true);
  for (const host of ['localhost', '127.0.0.1', 'amazonaws.com.localhost', 'myamazonaws.com', 'localstack'])
    expect(isAwsHost(host)).toBe(false);
  fc.assert(fc.property(fc.domain(), (prefix) => isAwsHost(`${prefix}.amazonaws.com`)));
});
