import { DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetAliasCommand, GetFunctionCommand, GetPolicyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { stackScene } from '../cloudformation/stack-scene.ts';
import { detectDrift } from './stack-drift.ts';

const role = (statements: object[] = []) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'r',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });

const fn = (properties: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'f',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async () => 1;' },
    ...properties,
  },
});

const read = allow('sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes');
const whole = (Code: object, version: string) => ({
  Resources: {
    Role: role([read]),
    Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } },
    Function: fn({ Code, Timeout: '10', Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } }),
    [version]: {
      Type: 'AWS::Lambda::Version',
      Properties: { FunctionName: { Ref: 'Function' } },
      DeletionPolicy: 'Retain',
    },
    Alias: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Function' },
        FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
        Name: 'live',
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Alias' },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'Alias' },
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 5 },
      },
    },
    Async: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: { Ref: 'Function' }, Qualifier: 'live', MaximumRetryAttempts: 1 },
      DependsOn: 'Alias',
    },
    Url: {
      Type: 'AWS::Lambda::Url',
      Properties: { TargetFunctionArn: { Ref: 'Function' }, AuthType: 'AWS_IAM' },
    },
  },
  Outputs: {
    Arn: { Value: { 'Fn::GetAtt': ['Function', 'Arn'] } },
    Alias: { Value: { Ref: 'Alias' } },
    Url: { Value: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } },
  },
});

describe('a stack of a function', () => {
  it('makes it with version, alias, permission, mapping and URL, shifts the alias, and takes all away', async () => {
    const scene = await stackScene();
    const capabilities = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
    await scene.create(whole({ ZipFile: 'exports.handler = async () => 1;' }, 'V1'), capabilities);
    const { StackStatus, Outputs } = await scene.stack();
    expect([StackStatus, await scene.events()]).toMatchObject(['CREATE_COMPLETE', {}]);
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    expect(Object.fromEntries(Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))).toEqual({
      Arn: arn,
      Alias: `${arn}:live`,
      Url: expect.stringMatching(/^https:\/\/.*\.lambda-url\.us-east-1\.on\.aws\/$/),
    });
    expect(await detectDrift(scene)).toEqual([]);

    const lambda = scene.sandbox.client(LambdaClient);
    await scene.update(whole({ ZipFile: 'exports.handler = async () => 2;' }, 'V2'), capabilities);
    expect((await scene.stack()).StackStatus).toBe('UPDATE_COMPLETE');
    const alias = await lambda.send(new GetAliasCommand({ FunctionName: 'f', Name: 'live' }));
    expect(alias.FunctionVersion).toBe('2');
    const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName: 'f', Qualifier: 'live' }));
    expect(JSON.parse(Policy!).Statement).toMatchObject([{ Resource: `${arn}:live` }]);
    const { Tags } = await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }));
    expect(Tags).toMatchObject({ 'aws:cloudformation:logical-id': 'Function' });

    expect((await scene.remove()).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('fails with the refusal of Lambda when the role may not make network interfaces (F-101), and waits for those that it made', async () => {
    const scene = await stackScene();
    const template = (...may: string[]) => ({
      Resources: {
        Role: role([allow('logs:PutLogEvents', ...may)]),
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
        Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: { VpcId: { Ref: 'Vpc' }, GroupDescription: 'functions' },
        },
        Function: fn({ VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: [{ Ref: 'Group' }] } }),
      },
    });
    const capabilities = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
    await scene.create(template(), { ...capabilities, DisableRollback: true });
    expect((await scene.events()).find((line) => line.startsWith('Function CREATE_FAILED'))).toContain(
      'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    );
    await scene.update(template('ec2:CreateNetworkInterface'), capabilities);
    expect((await scene.stack()).StackStatus).toBe('UPDATE_COMPLETE');
    const ec2 = scene.sandbox.client(EC2Client);
    const interfaces = async () =>
      (await ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces!.map((each) => each.Description);
    expect(await interfaces()).toEqual([expect.stringMatching(/^AWS Lambda VPC ENI-f-/)]);
    expect((await scene.remove()).StackStatus).toBe('DELETE_COMPLETE');
    expect(await interfaces()).toEqual([]);
  });
});

describe('a custom resource', () => {
  const answering = (answer: string) => `
    exports.handler = async (event) => {
      const body = JSON.stringify(${answer});
      await fetch(event.ResponseURL, { method: 'PUT', body });
    };`;
  const template = (source: string, Runtime = 'nodejs24.x') => ({
    Resources: {
      Role: role([allow('logs:PutLogEvents')]),
      Function: fn({ Code: { ZipFile: source }, Runtime }),
      Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, Size: 3 } },
    },
    Outputs: { Colour: { Value: { 'Fn::GetAtt': ['Thing', 'Colour'] } } },
  });
  const capabilities = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

  it('is made by the function behind its token, which really runs', async () => {
    const scene = await stackScene();
    const good =
      "{ Status: 'SUCCESS', PhysicalResourceId: 'thing', Data: { Colour: 'blue ' + event.ResourceProperties.Size } }";
    await scene.create(template(answering(good)), capabilities);
    const { StackStatus, Outputs } = await scene.stack();
    expect([StackStatus, Outputs?.[0]?.OutputValue]).toEqual(['CREATE_COMPLETE', 'blue 3']);
    expect((await scene.remove()).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('fails with the reason that the function gives, and at once where the sandbox cannot run it', async () => {
    const scene = await stackScene();
    const failing = answering(
      "{ Status: event.RequestType === 'Create' ? 'FAILED' : 'SUCCESS', Reason: 'no room', PhysicalResourceId: 'thing' }",
    );
    await scene.create(template(failing), { ...capabilities, OnFailure: 'DO_NOTHING' });
    expect((await scene.events()).find((line) => line.startsWith('Thing CREATE_FAILED'))).toContain(
      'Received response status [FAILED] from custom resource. Message returned: no room',
    );
    await scene.remove();
    await scene.create(template('def handler(event, context): pass', 'python3.13'), {
      ...capabilities,
      OnFailure: 'DO_NOTHING',
    });
    expect((await scene.events()).find((line) => line.startsWith('Thing CREATE_FAILED'))).toContain(
      'only functions of Node.js really run',
    );
  });
});
