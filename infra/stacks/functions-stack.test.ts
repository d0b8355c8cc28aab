import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../checks/check-template.ts';
import type { FunctionSettings } from '../function-settings.ts';
import { factsOf } from '../testing/facts.ts';
import { sampleFunction, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';
import { wholeSettings } from '../testing/whole-settings.ts';

const { templates, stacks } = synthesize(wholeSettings());
const whole = templates.functions;
const { parameters, after } = stacks.find(({ id }) => id === 'functions')!;

const with_ = (functions: Record<string, FunctionSettings>, changes = {}) =>
  synthesize(sampleSettings({ functions, ...changes })).templates.functions;

/** Properties of the one function whose memory, timeout or name says which it is. */
const named = (template: Json, name: string): Json =>
  template.Resources[template.Outputs[`FunctionName${name}`].Value.Ref].Properties;
const roleOf = (template: Json, name: string): Json =>
  template.Resources[named(template, name).Role['Fn::GetAtt'][0]].Properties;
const statements = (template: Json, name: string): Json[] =>
  roleOf(template, name).Policies.flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement);
const idsOf = (template: Json, type: string) =>
  Object.keys(template.Resources).filter((id) => template.Resources[id].Type === type);

describe('a function', () => {
  it('is made of what was bundled, by its content (S0-06, S4-22)', () => {
    expect(named(whole, 'Api').Code).toEqual({
      S3Bucket: 'cdk-hnb659fds-assets-222222222222-us-east-1',
      S3Key: `${'c0de'.repeat(16)}.zip`,
    });
  });

  it('has the memory, time, processor, runtime and reserved concurrency that are written (S2-49, S2-50, S2-51)', () => {
    expect(named(whole, 'Api')).toMatchObject({
      Runtime: 'nodejs22.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Timeout: 29,
      Handler: 'index.handler',
      ReservedConcurrentExecutions: 50,
    });
    expect(named(whole, 'Worker').ReservedConcurrentExecutions).toBeUndefined();
  });

  it('stands in the VPC when it uses a database, in private subnets, and is let into it (S2-05, S2-53, S4-157, F-102)', () => {
    const [group] = named(whole, 'Worker').VpcConfig.SecurityGroupIds;
    expect(named(whole, 'Worker').VpcConfig.SubnetIds).toEqual([
      { Ref: 'NetworkPrivateSubnet1' },
      { Ref: 'NetworkPrivateSubnet2' },
    ]);
    const ways = propertiesOf(whole, 'AWS::EC2::SecurityGroupIngress').filter(
      ({ SourceSecurityGroupId }) => JSON.stringify(SourceSecurityGroupId) === JSON.stringify(group),
    );
    expect(ways.map(({ GroupId, FromPort }) => [GroupId, FromPort])).toEqual([
      [{ Ref: 'DataDatabaseSecurityGroupMain' }, 5432],
      [{ Ref: 'DataDatabaseSecurityGroupReports' }, 5432],
    ]);
    expect(named(whole, 'Clock').VpcConfig).toBeUndefined();
    expect(named(whole, 'Audit').VpcConfig).toBeUndefined();
  });

  it('stays in private subnets where tasks have public addresses: an interface of Lambda has none (F-102)', () => {
    const { network } = sampleSettings();
    const template = synthesize(wholeSettings({ network: { ...network, tasks: 'public' } })).templates.functions;
    expect(named(template, 'Api').VpcConfig.SubnetIds[0]).toEqual({ Ref: 'NetworkPrivateSubnet1' });
  });

  it('is given what its uses stand for, and of secrets the ARN and never the value (S2-45, D4, C7)', () => {
    expect(named(whole, 'Api').Environment.Variables).toEqual({
      DATABASE_HOST: { Ref: 'DataDatabaseHostMain' },
      DATABASE_NAME: 'shop',
      DATABASE_PORT: '5432',
      DATABASE_READ_HOST: { Ref: 'DataDatabaseReaderHostMain' },
      DATABASE_SECRET_ARN: { Ref: 'DataDatabaseSecretArnMain' },
      DATABASE_URL_SECRET_ARN: { Ref: 'DataDatabaseUrlSecretArnMain' },
      LOG_LEVEL: 'info',
      NODE_OPTIONS: '--enable-source-maps',
    });
    expect(Object.keys(named(whole, 'Worker').Environment.Variables)).toContain('REPORTS_DATABASE_SECRET_ARN');
    expect(named(whole, 'Clock').Environment.Variables).toMatchObject({
      QUEUE_URL: { Ref: 'MessagingQueueUrlJobs' },
      BUCKET_NAME: { Ref: 'DataBucketNameMedia' },
      JWT_SECRET_ARN: { Ref: 'DataSecretArnJwt' },
    });
    expect(JSON.stringify(whole)).not.toContain('{{resolve:');
  });

  it('has a role of its own that may do what its uses stand for and no more (S2-87, S4-160, S2-57, S2-58, S2-59, S4-161)', () => {
    const actions = (name: string) =>
      statements(whole, name)
        .flatMap(({ Action }) => Action)
        .sort();
    expect(actions('Audit')).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage']);
    expect(actions('Worker')).toEqual(
      [
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        ...Array(2).fill(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue']).flat(),
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        'ec2:AssignPrivateIpAddresses',
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:UnassignPrivateIpAddresses',
      ].sort(),
    );
    const roles = Object.keys(whole.Outputs)
      .filter((output) => output.startsWith('FunctionName'))
      .map((output) => named(whole, output.slice('FunctionName'.length)).Role['Fn::GetAtt'][0]);
    expect(new Set(roles).size).toBe(5);
    expect(checkTemplate(whole, factsOf('dev'))).toEqual([]);
  });

  it('writes to a log group of its own, kept as long as is written (S4-169, C18)', () => {
    const group = whole.Resources[named(whole, 'Api').LoggingConfig.LogGroup.Ref];
    expect(group).toMatchObject({ Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } });
  });

  it('is traced where the environment is (S4-51, S2-103)', () => {
    const { observability } = sampleSettings();
    const traced = with_({ api: sampleFunction() }, { observability: { ...observability, tracing: true } });
    expect(named(traced, 'Api').TracingConfig).toEqual({ Mode: 'Active' });
    expect(statements(traced, 'Api').flatMap(({ Action }) => Action)).toContain('xray:PutTraceSegments');
    expect(named(whole, 'Api').TracingConfig).toBeUndefined();
  });
});

describe('a version', () => {
  const versionOf = (template: Json) => idsOf(template, 'AWS::Lambda::Version');

  it('is another one as soon as what it holds is, and the same otherwise', () => {
    const id = (changes: Partial<FunctionSettings>) => versionOf(with_({ api: sampleFunction(changes) }))[0];
    expect(id({})).toBe(id({}));
    expect(id({ memoryMiB: 512 })).not.toBe(id({}));
    expect(id({ environment: { A: ['b'] } })).not.toBe(id({}));
    // Lambda publishes nothing for these, and CloudFormation would take that for a failure.
    expect(id({ reservedConcurrency: 5 })).toBe(id({}));
    expect(id({ rollout: { type: 'linear', percent: 10, minutes: 1, alarms: [] } })).toBe(id({}));
  });

  it('holds what was overridden', () => {
    const id = (properties: Json) =>
      versionOf(
        with_(
          { api: sampleFunction() },
          { overrides: { 'functions/Functions/Api/Function': { properties, remove: [] } } },
        ),
      )[0];
    expect(id({ 'EphemeralStorage.Size': 1024 })).not.toBe(id({}));
    expect(id({ ReservedConcurrentExecutions: 5 })).toBe(id({}));
  });

  it('is another one when a value of another stack is: its fingerprint travels as a parameter', () => {
    expect(parameters.FingerprintWorker).toEqual({
      from: 'fingerprint',
      of: [
        'DataDatabaseHostMain',
        'DataDatabaseHostReports',
        'DataDatabaseReaderHostMain',
        'DataDatabaseSecretArnMain',
        'DataDatabaseSecretArnReports',
        'NetworkPrivateSubnet1',
        'NetworkPrivateSubnet2',
        'DataDatabaseUrlSecretArnMain',
      ].sort(),
    });
    expect(parameters.FingerprintAudit).toBeUndefined();
  });

  it('stays for the way back, unless its own release failed', () => {
    for (const version of resourcesOf(whole, 'AWS::Lambda::Version'))
      expect(version).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  it('is what the alias live points to, and the alias is what everybody is told', () => {
    const [alias] = resourcesOf(with_({ api: sampleFunction() }), 'AWS::Lambda::Alias');
    expect(alias.Properties).toMatchObject({ Name: 'live' });
    expect(alias.Properties.FunctionVersion['Fn::GetAtt'][1]).toBe('Version');
    const told = whole.Outputs.FunctionArnApi.Value.Ref;
    expect(whole.Resources[told].Type).toBe('AWS::Lambda::Alias');
  });
});

describe('what starts a function', () => {
  it('reads a queue in batches, reports single failures, and never more at a time than asked (S2-54, S2-55, F-99, S2-56)', () => {
    const [mapping] = propertiesOf(whole, 'AWS::Lambda::EventSourceMapping');
    expect(mapping).toMatchObject({
      EventSourceArn: { Ref: 'MessagingQueueArnJobs' },
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 4 },
    });
    expect(whole.Resources[mapping.FunctionName.Ref].Type).toBe('AWS::Lambda::Alias');
  });

  it('is a schedule that invokes the alias (S4-05, S0-10)', () => {
    const rule = propertiesOf(whole, 'AWS::Events::Rule').find(({ ScheduleExpression }) => ScheduleExpression);
    expect(rule).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    expect(rule.EventBusName).toBeUndefined();
    expect(whole.Resources[rule.Targets[0].Arn.Ref].Type).toBe('AWS::Lambda::Alias');
  });

  it('is the events of a bus that are listed, tried again, and put aside in the end (S3-128, S0-22)', () => {
    const rule = propertiesOf(whole, 'AWS::Events::Rule').find(({ EventPattern }) => EventPattern);
    expect(rule).toMatchObject({
      EventBusName: { Ref: 'MessagingBusNameDomain' },
      EventPattern: { 'detail-type': ['OrderPlaced', 'OrderPaid'] },
    });
    const [target] = rule.Targets;
    expect(target.RetryPolicy).toEqual({ MaximumRetryAttempts: 3 });
    const queue = target.DeadLetterConfig.Arn['Fn::GetAtt'][0];
    expect(whole.Resources[queue]).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true },
    });
    const policies = propertiesOf(whole, 'AWS::SQS::QueuePolicy').filter(({ Queues }) => Queues[0].Ref === queue);
    expect(policies).toHaveLength(1);
    expect(policies[0].PolicyDocument.Statement).toMatchObject([
      { Sid: 'RequireTls', Effect: 'Deny' },
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' },
    ]);
  });

  it('may invoke it by name, and nobody else may', () => {
    const permissions = propertiesOf(whole, 'AWS::Lambda::Permission').filter(
      ({ Principal }) => Principal !== 'apigateway.amazonaws.com',
    );
    expect(permissions).toHaveLength(2);
    for (const permission of permissions) {
      expect(permission.Principal).toBe('events.amazonaws.com');
      expect(whole.Resources[permission.SourceArn['Fn::GetAtt'][0]].Type).toBe('AWS::Events::Rule');
    }
  });

  it('leaves what it could not handle in a queue, after two more tries (S0-22)', () => {
    const configs = propertiesOf(whole, 'AWS::Lambda::EventInvokeConfig');
    expect(configs).toHaveLength(2);
    for (const config of configs) {
      expect(config).toMatchObject({ Qualifier: 'live', MaximumRetryAttempts: 2 });
      expect(config.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][1]).toBe('Arn');
    }
  });
});

describe('traffic in steps', () => {
  const rollouts = whole;

  it('is moved by CodeDeploy, and back when an alarm of the new version rings (S4-10, S4-12, S4-13)', () => {
    const aliases = resourcesOf(rollouts, 'AWS::Lambda::Alias').filter(({ UpdatePolicy }) => UpdatePolicy);
    expect(aliases).toHaveLength(1);
    const { ApplicationName, DeploymentGroupName } = aliases[0].UpdatePolicy.CodeDeployLambdaAliasUpdate;
    expect(rollouts.Resources[ApplicationName.Ref].Properties).toEqual({ ComputePlatform: 'Lambda' });
    const group = rollouts.Resources[DeploymentGroupName.Ref].Properties;
    expect(group.AutoRollbackConfiguration.Events).toContain('DEPLOYMENT_STOP_ON_ALARM');
    expect(group.AlarmConfiguration.Alarms).toHaveLength(2);
    expect(rollouts.Resources[group.DeploymentConfigName.Ref].Properties).toEqual({
      ComputePlatform: 'Lambda',
      TrafficRoutingConfig: {
        Type: 'TimeBasedCanary',
        TimeBasedCanary: { CanaryPercentage: 10, CanaryInterval: 5 },
      },
    });
  });

  it('moves in equal shares when linear', () => {
    const rollout = { type: 'linear', percent: 20, minutes: 2, alarms: [] } as const;
    const template = with_({ api: sampleFunction({ rollout }) });
    expect(propertiesOf(template, 'AWS::CodeDeploy::DeploymentConfig')[0].TrafficRoutingConfig).toEqual({
      Type: 'TimeBasedLinear',
      TimeBasedLinear: { LinearPercentage: 20, LinearInterval: 2 },
    });
    expect(propertiesOf(template, 'AWS::CodeDeploy::DeploymentGroup')[0].AlarmConfiguration.Enabled).toBe(false);
  });

  it('looks at the new version alone: an alarm that rings because of the old one would send every rollout back (F-108, S4-127, S4-128)', () => {
    const [rate, latency] = propertiesOf(rollouts, 'AWS::CloudWatch::Alarm');
    for (const { Metrics } of [rate, latency]) {
      const dimensions = Metrics[0].MetricStat.Metric.Dimensions;
      expect(dimensions.map(({ Name }: Json) => Name)).toEqual(['FunctionName', 'Resource', 'ExecutedVersion']);
      expect(dimensions[2].Value['Fn::GetAtt'][1]).toBe('Version');
    }
    expect(rate.Metrics[2]).toMatchObject({ Expression: '100 * errors / invocations', ReturnData: true });
    expect(latency).toMatchObject({ Threshold: 2000, TreatMissingData: 'notBreaching' });
    expect(latency.Metrics[0].MetricStat.Stat).toBe('p99');
  });

  it('costs nothing where nobody asks for it', () => {
    const plain = with_({ api: sampleFunction() });
    expect(idsOf(plain, 'AWS::CodeDeploy::Application')).toEqual([]);
    expect(idsOf(plain, 'AWS::IAM::Role')).toHaveLength(1);
  });
});

it('the stack waits for what it is given, and holds no time and nobody else (S2-65)', () => {
  expect(after).toEqual(['data', 'messaging', 'network']);
  expect(synthesize(wholeSettings()).texts.functions).toBe(synthesize(wholeSettings()).texts.functions);
});
