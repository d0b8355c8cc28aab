import { Readable } from 'node:stream';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { HttpResponse } from '@smithy/core/transport';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../kernel/fault.ts';
import type { ServiceDefinition } from '../kernel/service-definition.ts';
import { protocolOf } from './protocol-of.ts';
import { recognize } from './recognize.ts';
import { sample } from './sample.ts';
import { loadModel, type OperationModel, type ServiceModel } from './service-model.ts';
import type { WireRequest } from './wire.ts';

// biome-ignore lint/suspicious/noExplicitAny: clients and commands of every package
type Any = any;

interface Wired {
  sdk: Any;
  model: ServiceModel;
  /** Sends a command of the client through our reading and writing; what was read, what the client got. */
  send(
    operation: OperationModel,
    input: unknown,
    answer: unknown,
  ): Promise<{ read: unknown; got: Any; service: string }>;
}

async function wire(sdk: () => Promise<Any>, client: string, config: object = {}): Promise<Wired> {
  const loaded = await sdk();
  const model = await loadModel({ sdk, client, operations: {} } satisfies ServiceDefinition);
  return {
    sdk: loaded,
    model,
    async send(operation, input, answer) {
      let read: unknown;
      let service = '';
      const requestHandler = {
        async handle(request: Any) {
          const wireRequest = await toWire(request);
          const recognized = recognize(wireRequest);
          service = recognized.service;
          const protocol = protocolOf(recognized.writtenAs, model);
          expect(protocol.operationName(wireRequest, model)).toBe(operation.name);
          read = protocol.readInput(wireRequest, operation, model);
          const written =
            answer instanceof AwsFault
              ? protocol.writeFault(answer, model, 'request-1', wireRequest)
              : protocol.writeOutput(answer, operation, model, 'request-1');
          return {
            response: new HttpResponse({
              statusCode: written.status,
              headers: { ...written.headers },
              body: Readable.from([Buffer.from(written.body as string)]),
            }),
          };
        },
        destroy() {},
        metadata: {},
      };
      const speaking = new loaded[client]({
        endpoint: 'http://127.0.0.1:1',
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        maxAttempts: 1,
        requestHandler,
        ...config,
      });
      const got = await speaking.send(new loaded[`${operation.name}Command`](input));
      return { read, got, service };
    },
  };
}

async function toWire(request: Any): Promise<WireRequest> {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {}))
    for (const each of Array.isArray(value) ? value : [value ?? '']) query.append(key, String(each));
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, text]) => [name.toLowerCase(), text]));
  return {
    method: request.method,
    path: request.path,
    query,
    headers: headers as WireRequest['headers'],
    body: Buffer.from(request.body ?? ''),
  };
}

const SERVICES: [string, () => Promise<Any>, string, RegExp][] = [
  ['cloudformation', () => import('@aws-sdk/client-cloudformation'), 'CloudFormationClient', /./],
  ['iam', () => import('@aws-sdk/client-iam'), 'IAMClient', /Role|Polic/],
  ['sts', () => import('@aws-sdk/client-sts'), 'STSClient', /./],
  ['rds', () => import('@aws-sdk/client-rds'), 'RDSClient', /DBCluster|DBInstance|DBSubnet|Tags/],
  [
    'elasticloadbalancing',
    () => import('@aws-sdk/client-elastic-load-balancing-v2'),
    'ElasticLoadBalancingV2Client',
    /./,
  ],
  ['ec2', () => import('@aws-sdk/client-ec2'), 'EC2Client', /Vpc|Subnet|SecurityGroup|Route|NatGateway|Address|Tags/],
  ['ecs', () => import('@aws-sdk/client-ecs'), 'ECSClient', /./],
  ['ecr', () => import('@aws-sdk/client-ecr'), 'ECRClient', /./],
  ['ssm', () => import('@aws-sdk/client-ssm'), 'SSMClient', /Parameter/],
  ['kms', () => import('@aws-sdk/client-kms'), 'KMSClient', /./],
  ['logs', () => import('@aws-sdk/client-cloudwatch-logs'), 'CloudWatchLogsClient', /Log(Group|Stream|Events)/],
  ['secretsmanager', () => import('@aws-sdk/client-secrets-manager'), 'SecretsManagerClient', /./],
  ['sqs', () => import('@aws-sdk/client-sqs'), 'SQSClient', /^(?!.*(Message))/],
  ['monitoring', () => import('@aws-sdk/client-cloudwatch'), 'CloudWatchClient', /Alarm|Dashboard/],
  [
    'cloudfront',
    () => import('@aws-sdk/client-cloudfront'),
    'CloudFrontClient',
    /^(Create|Get|Update|Delete)Distribution|Invalidation|OriginAccessControl|^(Create|Describe|Publish|Update|Delete)Function$/,
  ],
  ['wafv2', () => import('@aws-sdk/client-wafv2'), 'WAFV2Client', /WebACL|IPSet/],
  ['route53', () => import('@aws-sdk/client-route-53'), 'Route53Client', /HostedZone|ResourceRecord|GetChange/],
  [
    'lambda',
    () => import('@aws-sdk/client-lambda'),
    'LambdaClient',
    /^(Get|Create|Update|List|Delete|Publish)Function|Alias$|EventSourceMapping/,
  ],
  ['events', () => import('@aws-sdk/client-eventbridge'), 'EventBridgeClient', /Rule|Target|EventBus/],
];

/** Input and answer of every operation arrive as they were sent. */
async function expectRoundTrips({ model, send }: Wired, which: RegExp, signingName: string): Promise<void> {
  const operations = [...model.operations.values()].filter(({ name }) => which.test(name));
  expect(operations.length).toBeGreaterThan(3);
  for (const operation of operations) {
    const [input, answer] = [sample(operation.input), sample(operation.output)];
    const { read, got, service } = await send(operation, input, answer);
    expect(service).toBe(signingName);
    expect({ [operation.name]: read }).toEqual({ [operation.name]: input });
    const { $metadata, ...output } = got;
    expect($metadata.requestId).toBe('request-1');
    expect({ [operation.name]: output }).toEqual({ [operation.name]: answer });
  }
}

describe.each(SERVICES)('%s', (signingName, sdk, client, which) => {
  it('reads what the client asks and is understood by it, operation by operation', async () => {
    await expectRoundTrips(await wire(sdk, client), which, signingName);
  });

  it('writes every modelled error so that the client knows it', async () => {
    const { model, send } = await wire(sdk, client);
    const operation = [...model.operations.values()].find(({ name }) => which.test(name))!;
    for (const [name, error] of model.errors) {
      // Route 53 answers this one in a form of its own, without an `Error` around it.
      if (name !== error.name || name === 'InvalidChangeBatch') continue;
      const fields = sample(error.schema) as Record<string, unknown>;
      const fault = new AwsFault(name, 'No & <never>', { fields });
      const caught = await send(operation, sample(operation.input), fault).catch((thrown) => thrown);
      expect({ [name]: caught.message }).toEqual({ [name]: 'No & <never>' });
      // Of two errors with one Query code the client takes the one that is named like the code.
      expect([name, error.query?.[0]]).toContain(caught.name);
      const { message: _, Message: __, ...rest } = fields;
      expect({ ...caught }).toMatchObject(rest);
    }
  });
});

describe('clients of another age', () => {
  const QUERY = { protocol: AwsQueryProtocol };

  it.each([
    ['sqs', () => import('@aws-sdk/client-sqs'), 'SQSClient', '2012-11-05', /^(?!.*(Message))/],
    ['monitoring', () => import('@aws-sdk/client-cloudwatch'), 'CloudWatchClient', '2010-08-01', /Alarm|Dashboard/],
  ] as const)('may speak Query to %s', async (signingName, sdk, client, version, which) => {
    const namespace = client === 'SQSClient' ? 'com.amazonaws.sqs' : 'com.amazonaws.cloudwatch';
    const protocol = new QUERY.protocol({ defaultNamespace: namespace, xmlNamespace: 'http://x/', version } as Any);
    await expectRoundTrips(await wire(sdk, client, { protocol }), which, signingName);
  });

  it('may speak CBOR to CloudWatch', async () => {
    const protocol = new AwsSmithyRpcV2CborProtocol({
      defaultNamespace: 'com.amazonaws.cloudwatch',
      serviceTarget: 'GraniteServiceVersion20100801',
      errorTypeRegistries: [],
    } as Any);
    const wired = await wire(() => import('@aws-sdk/client-cloudwatch'), 'CloudWatchClient', { protocol });
    await expectRoundTrips(wired, /Alarm|Dashboard/, 'monitoring');
    const operation = wired.model.operations.get('DescribeAlarms')!;
    const fault = new AwsFault('InvalidNextToken', 'no such page');
    await expect(wired.send(operation, {}, fault)).rejects.toMatchObject({ message: 'no such page' });
  });
});

describe('s3', () => {
  /** What the client itself changes on the way (checksums, keys, ETags) is proven through the service. */
  const WHICH =
    /^(Put|Get|Delete|List)(Bucket(?!s$|Location)|PublicAccessBlock|ObjectTagging|ObjectVersions|MultipartUploads|ObjectsV?2?$)/;

  it('reads what the client asks and is understood by it, operation by operation', async () => {
    const wired = await wire(() => import('@aws-sdk/client-s3'), 'S3Client');
    const operations = [...wired.model.operations.values()].filter(({ name }) => WHICH.test(name));
    expect(operations.length).toBeGreaterThan(50);
    for (const operation of operations) {
      const input = {
        ...(sample(operation.input) as object),
        Bucket: 'a-bucket',
        ...(JSON.stringify(sample(operation.input)).includes('ChecksumAlgorithm')
          ? { ChecksumAlgorithm: 'CRC32' }
          : {}),
      };
      const { ContentMD5: _, ...expected } = input as Record<string, unknown>;
      const { read, got, service } = await wired.send(operation, input, sample(operation.output));
      expect(service).toBe('s3');
      expect({ [operation.name]: read }).toMatchObject({ [operation.name]: expected });
      expect({ [operation.name]: got }).toMatchObject({ [operation.name]: sample(operation.output) });
    }
  });

  it('writes every modelled error so that the client knows it', async () => {
    const { model, send } = await wire(() => import('@aws-sdk/client-s3'), 'S3Client');
    const operation = model.operations.get('ListObjectsV2')!;
    for (const [name, error] of model.errors) {
      const fields = sample(error.schema) as Record<string, unknown>;
      const fault = new AwsFault(name, 'No & <never>', { fields });
      const { message: _, ...rest } = fields;
      await expect(send(operation, { Bucket: 'a-bucket' }, fault)).rejects.toMatchObject({
        name,
        message: 'No & <never>',
        ...rest,
      });
    }
  });
});
