import { DescribeStackResourceCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  GetBucketCorsCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketWebsiteCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DescribeSecretCommand, GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { expectStack, refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { ALL_CAPABILITIES, deploy, outputsOf } from '../deploy.ts';
import { att, parameter, ref, stackOf } from '../templates.ts';

const one = (Type: string, Properties?: object, more: object = {}) => ({
  Type,
  ...(Properties ? { Properties } : {}),
  ...more,
});
const outputs = (values: Record<string, unknown>) => ({
  Outputs: Object.fromEntries(Object.entries(values).map(([key, Value]) => [key, { Value }])),
});
/** An answer without what only the transport has. */
const bare = async <T extends { $metadata: unknown }>(answer: Promise<T>) => {
  const { $metadata, ...rest } = await answer;
  return rest as Omit<T, '$metadata'>;
};

const secretAndPolicy = (block: boolean) => ({
  run: async (scene: StackScene) => {
    const statement = {
      Resource: '*',
      Action: 'secretsmanager:ReplicateSecretToRegions',
      Effect: 'Allow',
      Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
    };
    const stack = await deploy(
      scene,
      stackOf(
        {
          MySecret: one('AWS::SecretsManager::Secret', { Description: 'to attach a policy to' }),
          Policy: one('AWS::SecretsManager::ResourcePolicy', {
            ...(block ? { BlockPublicPolicy: true } : {}),
            SecretId: ref('MySecret'),
            ResourcePolicy: { Version: '2012-10-17', Statement: [statement] },
          }),
        },
        outputs({ SecretId: att('MySecret', 'Id'), SecretPolicyArn: ref('Policy') }),
      ),
    );
    const arn = expect.stringMatching(
      /^arn:aws:secretsmanager:us-east-1:000000000000:secret:MySecret-[A-Za-z0-9]+-[A-Za-z0-9]{6}$/,
    );
    expect(outputsOf(stack)).toEqual({ SecretId: arn, SecretPolicyArn: outputsOf(stack).SecretId });
    const { ResourcePolicy, ...rest } = await bare(
      scene.sandbox
        .client(SecretsManagerClient)
        .send(new GetResourcePolicyCommand({ SecretId: outputsOf(stack).SecretId! })),
    );
    expect(rest).toEqual({ ARN: arn, Name: expect.any(String) });
    expect(JSON.parse(ResourcePolicy!)).toEqual({
      Version: '2012-10-17',
      Statement: [{ ...statement, Principal: { AWS: 'arn:aws:iam::000000000000:root' } }],
    });
  },
});

const generated = (name: string) => ({
  template: stackOf(
    {
      Secret: one('AWS::SecretsManager::Secret', {
        Description: 'Aurora Password',
        Name: name,
        GenerateSecretString: {
          SecretStringTemplate: '{"username": "user"}',
          GenerateStringKey: 'password',
          PasswordLength: 30,
          IncludeSpace: false,
          ExcludePunctuation: true,
        },
      }),
    },
    outputs({ SecretARN: ref('Secret') }),
  ),
});

const generatedSecret = (removed: boolean) => ({
  run: async (scene: StackScene) => {
    const stack = await deploy(scene, generated('the-secret').template);
    const secrets = scene.sandbox.client(SecretsManagerClient);
    const secret = await bare(secrets.send(new DescribeSecretCommand({ SecretId: 'the-secret' })));
    expect({ ...secret, Tags: new Set(secret.Tags) }).toEqual({
      ARN: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:the-secret-[A-Za-z0-9]{6}$/),
      CreatedDate: expect.any(Date),
      Description: 'Aurora Password',
      LastChangedDate: expect.any(Date),
      Name: 'the-secret',
      Tags: new Set([
        { Key: 'aws:cloudformation:stack-name', Value: 'shop' },
        { Key: 'aws:cloudformation:logical-id', Value: 'Secret' },
        { Key: 'aws:cloudformation:stack-id', Value: stack.StackId },
      ]),
      VersionIdsToStages: expect.any(Object),
    });
    expect(Object.values(secret.VersionIdsToStages!)).toEqual([['AWSCURRENT']]);
    if (!removed) return;
    await scene.remove();
    expect(await refusal(secrets.send(new DescribeSecretCommand({ SecretId: 'the-secret' })))).toEqual({
      code: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
      status: 400,
    });
  },
});

const alarm = (own: object) => ({
  ActionsEnabled: true,
  AlarmActions: [],
  AlarmConfigurationUpdatedTimestamp: expect.any(Date),
  InsufficientDataActions: [],
  OKActions: [],
  StateReason: 'Unchecked: Initial alarm creation',
  StateTransitionedTimestamp: expect.any(Date),
  StateUpdatedTimestamp: expect.any(Date),
  StateValue: 'INSUFFICIENT_DATA',
  ...own,
});

export const RESOURCE_CASES: Cases = {
  'resources/test_cloudformation.py::test_create_macro': {
    run: async (scene) => {
      const macro = one('AWS::CloudFormation::Macro', {
        Name: 'the-macro',
        FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      });
      expect(outputsOf(await deploy(scene, stackOf({ Macro: macro }, outputs({ MacroRef: ref('Macro') }))))).toEqual({
        MacroRef: 'the-macro',
      });
    },
  },
  'resources/test_cloudformation.py::test_waitconditionhandle': {
    different: 'the address leads to this sandbox and is not a presigned one of S3',
  },
  'resources/test_cloudformation.py::test_waitcondition': {
    run: async (scene) => {
      const template = stackOf(
        {
          WaitHandle: one('AWS::CloudFormation::WaitConditionHandle'),
          WaitCondition: one('AWS::CloudFormation::WaitCondition', { Handle: ref('WaitHandle'), Timeout: 300 }),
        },
        outputs({ WaitHandleId: ref('WaitHandle'), WaitConditionRef: ref('WaitCondition') }),
      );
      const id = await scene.changeSet(template);
      scene.sandbox.world.pause();
      const { ExecuteChangeSetCommand } = await import('@aws-sdk/client-cloudformation');
      await scene.client.send(new ExecuteChangeSetCommand({ ChangeSetName: id }));
      await scene.sandbox.advance(10_000);
      const { StackResourceDetail } = await scene.client.send(
        new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'WaitHandle' }),
      );
      await fetch(StackResourceDetail!.PhysicalResourceId!, {
        method: 'PUT',
        body: '{"Status":"SUCCESS","UniqueId":"1","Reason":"","Data":"d"}',
      });
      await scene.rest();
      const stack = await scene.stack();
      expect(outputsOf(stack).WaitConditionRef).toBe(`${stack.StackId}/WaitHandle`);
    },
  },
  'resources/test_logs.py::test_logstream': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          {
            Group: one('AWS::Logs::LogGroup', { RetentionInDays: 731 }),
            Stream: one('AWS::Logs::LogStream', { LogGroupName: ref('Group') }),
          },
          outputs({ LogStreamNameOutput: ref('Stream'), LogGroupNameOutput: ref('Group') }),
        ),
      );
      const { LogGroupNameOutput: logGroupName, LogStreamNameOutput: logStreamName } = outputsOf(stack);
      expect(Object.keys(outputsOf(stack)).sort()).toEqual(['LogGroupNameOutput', 'LogStreamNameOutput']);
      const { logStreams } = await scene.sandbox
        .client(CloudWatchLogsClient)
        .send(new DescribeLogStreamsCommand({ logGroupName }));
      expect(logStreams).toEqual([
        {
          arn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}:log-stream:${logStreamName}`,
          creationTime: expect.any(Number),
          logStreamName,
          storedBytes: 0,
        },
      ]);
    },
  },
  'resources/test_logs.py::test_cfn_handle_log_group_resource': {
    different: 'log groups show deletionProtectionEnabled today, which AWS added after this recording',
  },
  'resources/test_logs.py::test_handle_existing_log_group': {
    run: async (scene) => {
      await scene.sandbox.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: 'group' }));
      const stack = await deploy(
        scene,
        stackOf(
          { Group: one('AWS::Logs::LogGroup', { LogGroupName: ref('LogGroupName'), RetentionInDays: 731 }) },
          { Parameters: { LogGroupName: { Type: 'String' } } },
        ),
        { parameters: { LogGroupName: 'group' } },
      );
      expectStack(stack, {
        Capabilities: ALL_CAPABILITIES,
        DeletionTime: 'then',
        LastUpdatedTime: 'then',
        Parameters: [{ ParameterKey: 'LogGroupName', ParameterValue: 'group' }],
        StackStatus: 'ROLLBACK_COMPLETE',
      });
    },
  },
  'resources/test_cloudwatch.py::test_alarm_creation': {
    run: async (scene) => {
      const properties = {
        AlarmName: 'alarm',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 1,
        MetricName: 'Errors',
        Namespace: 'AWS/Lambda',
        Period: 300,
        Statistic: 'Average',
        Threshold: 1,
      };
      const stack = await deploy(
        scene,
        stackOf(
          { Alarm: one('AWS::CloudWatch::Alarm', properties) },
          outputs({ AlarmName: ref('Alarm'), AlarmArnFromAtt: { 'Fn::GetAtt': 'Alarm.Arn' } }),
        ),
      );
      expect(outputsOf(stack)).toEqual({
        AlarmArnFromAtt: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:alarm',
        AlarmName: 'alarm',
      });
    },
  },
  'resources/test_cloudwatch.py::test_alarm_ext_statistic': {
    run: async (scene) => {
      const properties = {
        AlarmDescription: 'uses extended statistic',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        DatapointsToAlarm: 3,
        Dimensions: [{ Name: 'FunctionName', Value: 'my-function' }],
        EvaluationPeriods: 3,
        ExtendedStatistic: 'p99',
        MetricName: 'Duration',
        Namespace: 'AWS/Lambda',
        Period: 300,
        Threshold: 10,
        TreatMissingData: 'ignore',
        Unit: 'Count',
      };
      const stack = await deploy(
        scene,
        stackOf({ MetricAlarm: one('AWS::CloudWatch::Alarm', properties) }, outputs({ Name: ref('MetricAlarm') })),
      );
      const AlarmName = outputsOf(stack).Name!;
      const { MetricAlarms } = await scene.sandbox
        .client(CloudWatchClient)
        .send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
      expect(MetricAlarms).toEqual([
        alarm({ ...properties, AlarmName, AlarmArn: `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${AlarmName}` }),
      ]);
    },
  },
  'resources/test_cloudwatch.py::test_alarm_no_statistic': { notSimulated: 'the recording holds no answer' },
  'resources/test_cloudwatch.py::test_composite_alarm_creation': {
    notSimulated:
      'the alarm acts on a topic of SNS, which the sandbox does not simulate, and waits for its rule to be evaluated',
  },
  'resources/test_events.py::test_event_rule_creation_without_target': {
    run: async (scene) => {
      await deploy(
        scene,
        stackOf({
          Rule: one('AWS::Events::Rule', { Name: 'event-rule-name', ScheduleExpression: 'cron(0 1 * * ? *)' }),
        }),
      );
      expect(
        await bare(scene.sandbox.client(EventBridgeClient).send(new DescribeRuleCommand({ Name: 'event-rule-name' }))),
      ).toEqual({
        Arn: 'arn:aws:events:us-east-1:000000000000:rule/event-rule-name',
        CreatedBy: '000000000000',
        EventBusName: 'default',
        Name: 'event-rule-name',
        ScheduleExpression: 'cron(0 1 * * ? *)',
        State: 'ENABLED',
      });
    },
  },
  'resources/test_events.py::test_rule_properties': {
    run: async (scene) => {
      const rule = (more: object = {}) => one('AWS::Events::Rule', { EventPattern: { resources: ['*'] }, ...more });
      const onBus = { EventBusName: att('Bus', 'Name') };
      const made = ['RuleWithName', 'RuleWithoutName', 'RuleWithoutBus'].flatMap((id) => [
        [`${id}Arn`, att(id, 'Arn')],
        [`${id}Ref`, ref(id)],
      ]);
      const stack = await deploy(
        scene,
        stackOf(
          {
            Bus: one('AWS::Events::EventBus', { Name: 'bus' }),
            RuleWithoutName: rule(onBus),
            RuleWithName: rule({ ...onBus, Name: 'rule' }),
            RuleWithoutBus: rule(),
          },
          outputs(Object.fromEntries(made)),
        ),
      );
      const shown = outputsOf(stack);
      const arn = 'arn:aws:events:us-east-1:000000000000:rule';
      expect(shown).toEqual({
        RuleWithNameArn: `${arn}/bus/rule`,
        RuleWithNameRef: 'bus|rule',
        RuleWithoutBusArn: `${arn}/${shown.RuleWithoutBusRef}`,
        RuleWithoutBusRef: expect.stringMatching(/^shop-RuleWithoutBus-/),
        RuleWithoutNameArn: `${arn}/${shown.RuleWithoutNameRef!.replace('|', '/')}`,
        RuleWithoutNameRef: expect.stringMatching(/^bus\|shop-RuleWithoutName-/),
      });
    },
  },
  'resources/test_events.py::test_rule_pattern_transformation': {
    run: async (scene) => {
      const EventPattern = {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: ['test-s3-bucket'] }, object: { key: [{ suffix: '/test.json' }] } },
      };
      const stack = await deploy(
        scene,
        stackOf(
          {
            Group: one('AWS::Logs::LogGroup', { LogGroupName: '/aws/events/group' }),
            Rule: one('AWS::Events::Rule', { EventPattern, Targets: [{ Id: 'Target', Arn: att('Group', 'Arn') }] }),
          },
          outputs({ RuleName: ref('Rule') }),
        ),
      );
      const Name = outputsOf(stack).RuleName!;
      const { EventPattern: text, ...rule } = await bare(
        scene.sandbox.client(EventBridgeClient).send(new DescribeRuleCommand({ Name })),
      );
      expect(JSON.parse(text!)).toEqual(EventPattern);
      expect(rule).toEqual({
        Arn: `arn:aws:events:us-east-1:000000000000:rule/${Name}`,
        CreatedBy: '000000000000',
        EventBusName: 'default',
        Name,
        State: 'ENABLED',
      });
    },
  },
  'resources/test_secretsmanager.py::test_cfn_secret_policy[true]': secretAndPolicy(true),
  'resources/test_secretsmanager.py::test_cfn_secret_policy[default]': secretAndPolicy(false),
  'resources/test_secretsmanager.py::test_cfn_secretsmanager_gen_secret': generatedSecret(false),
  'resources/test_secretsmanager.py::test_cfn_handle_secretsmanager_secret': generatedSecret(true),
  'resources/test_secretsmanager.py::test_cdk_deployment_generates_secret_value_if_no_value_is_provided': {
    notSimulated: "deploys an application of the recorder's own; a generated secret is held to AWS in the cases above",
  },
  'resources/test_ssm.py::test_parameter_defaults': {
    run: async (scene) => {
      const stack = await deploy(scene, stackOf({ P: parameter('value') }, outputs({ Name: ref('P') })));
      const { Name } = outputsOf(stack);
      const ssm = scene.sandbox.client(SSMClient);
      expect(await bare(ssm.send(new GetParameterCommand({ Name })))).toEqual({
        Parameter: {
          ARN: `arn:aws:ssm:us-east-1:000000000000:parameter/${Name}`,
          DataType: 'text',
          LastModifiedDate: expect.any(Date),
          Name,
          Type: 'String',
          Value: 'value',
          Version: 1,
        },
      });
      await scene.remove();
      const { code, status } = await refusal(ssm.send(new GetParameterCommand({ Name })));
      expect({ code, status }).toEqual({ code: 'ParameterNotFound', status: 400 });
    },
  },
  'resources/test_ssm.py::test_deploy_patch_baseline': {
    run: async (scene) => {
      await deploy(
        scene,
        stackOf({
          Baseline: one('AWS::SSM::PatchBaseline', {
            Name: 'baseline',
            OperatingSystem: 'WINDOWS',
            PatchGroups: ['group'],
          }),
        }),
      );
      const { StackResourceDetail } = await scene.client.send(
        new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'Baseline' }),
      );
      expect(StackResourceDetail).toEqual({
        DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        LastUpdatedTimestamp: expect.any(Date),
        LogicalResourceId: 'Baseline',
        Metadata: '{}',
        PhysicalResourceId: expect.any(String),
        ResourceStatus: 'CREATE_COMPLETE',
        ResourceType: 'AWS::SSM::PatchBaseline',
        StackId: expect.any(String),
        StackName: 'shop',
      });
    },
  },
  'resources/test_ssm.py::test_maintenance_window': {
    run: async (scene) => {
      const window = {
        AllowUnassociatedTargets: true,
        Cutoff: 4,
        Duration: 6,
        Name: 'window',
        Schedule: 'cron(0 4 ? * SUN *)',
      };
      const target = { ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:a', Values: ['b'] }], WindowId: ref('Window') };
      const task = {
        MaxConcurrency: '1',
        MaxErrors: '1',
        Priority: 1,
        Targets: [{ Key: 'WindowTargetIds', Values: [ref('Target')] }],
        TaskArn: 'AWS-RunPatchBaseline',
        TaskType: 'RUN_COMMAND',
        WindowId: ref('Window'),
      };
      const made = {
        Baseline: one('AWS::SSM::PatchBaseline', { Name: 'baseline' }),
        Target: one('AWS::SSM::MaintenanceWindowTarget', target),
        Task: one('AWS::SSM::MaintenanceWindowTask', task),
        Window: one('AWS::SSM::MaintenanceWindow', window),
      };
      await deploy(scene, stackOf(made));
      const { StackResources } = await scene.client.send(new DescribeStackResourcesCommand({ StackName: 'shop' }));
      expect(StackResources!.map(({ StackId, StackName, Timestamp, ...resource }) => resource)).toEqual(
        Object.entries(made).map(([LogicalResourceId, { Type }]) => ({
          DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
          LogicalResourceId,
          PhysicalResourceId: expect.any(String),
          ResourceStatus: 'CREATE_COMPLETE',
          ResourceType: Type,
        })),
      );
    },
  },
  'resources/test_s3.py::test_cors_configuration': {
    run: async (scene) => {
      const rule = { AllowedHeaders: ['*', 'x-amz-*'], AllowedMethods: ['GET'], AllowedOrigins: ['*'] };
      const bucket = (own: object) => one('AWS::S3::Bucket', { CorsConfiguration: { CorsRules: [own] } });
      const stack = await deploy(
        scene,
        stackOf(
          {
            All: bucket({ ...rule, ExposedHeaders: ['Date'], Id: 'test-cors-id', MaxAge: 3600 }),
            Least: bucket({ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }),
          },
          outputs({ All: ref('All'), Least: ref('Least') }),
        ),
      );
      const cors = async (key: string) =>
        bare(scene.sandbox.client(S3Client).send(new GetBucketCorsCommand({ Bucket: outputsOf(stack)[key]! })));
      expect(await cors('All')).toEqual({
        CORSRules: [{ ...rule, ExposeHeaders: ['Date'], ID: 'test-cors-id', MaxAgeSeconds: 3600 }],
      });
      expect(await cors('Least')).toEqual({ CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] });
    },
  },
  'resources/test_s3.py::test_website_configuration': {
    run: async (scene) => {
      await deploy(
        scene,
        stackOf({
          Bucket: one('AWS::S3::Bucket', {
            BucketName: 'the-bucket',
            WebsiteConfiguration: {
              IndexDocument: 'index.html',
              ErrorDocument: 'error.html',
              RoutingRules: [
                {
                  RoutingRuleCondition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'out1/' },
                  RedirectRule: { ReplaceKeyWith: 'redirected.html' },
                },
              ],
            },
          }),
        }),
      );
      expect(
        await bare(scene.sandbox.client(S3Client).send(new GetBucketWebsiteCommand({ Bucket: 'the-bucket' }))),
      ).toEqual({
        ErrorDocument: { Key: 'error.html' },
        IndexDocument: { Suffix: 'index.html' },
        RoutingRules: [
          {
            Condition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'out1/' },
            Redirect: { ReplaceKeyWith: 'redirected.html' },
          },
        ],
      });
    },
  },
  'resources/test_s3.py::test_object_lock_configuration': {
    notSimulated: 'asks S3 for the object lock of a bucket, which the sandbox does not simulate',
  },
  'resources/test_s3.py::test_bucketpolicy': {
    run: async (scene) => {
      const statement = {
        Action: ['s3:GetObject*', 's3:GetBucket*', 's3:List*'],
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Resource: [att('Bucket', 'Arn'), { 'Fn::Join': ['', [att('Bucket', 'Arn'), '/*']] }],
      };
      const template = (more: object) =>
        stackOf({
          Bucket: one(
            'AWS::S3::Bucket',
            { BucketName: 'the-bucket', PublicAccessBlockConfiguration: { BlockPublicPolicy: false } },
            { UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' },
          ),
          ...more,
        });
      await deploy(
        scene,
        template({
          Policy: one('AWS::S3::BucketPolicy', {
            Bucket: ref('Bucket'),
            PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
          }),
        }),
      );
      const s3 = scene.sandbox.client(S3Client);
      const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: 'the-bucket' }));
      expect(JSON.parse(Policy!)).toEqual({
        Version: '2012-10-17',
        Statement: [{ ...statement, Resource: ['arn:aws:s3:::the-bucket', 'arn:aws:s3:::the-bucket/*'] }],
      });
      await deploy(scene, template({}), { update: true });
      expect(await refusal(s3.send(new GetBucketPolicyCommand({ Bucket: 'the-bucket' })))).toEqual({
        code: 'NoSuchBucketPolicy',
        message: 'The bucket policy does not exist',
        status: 404,
      });
    },
  },
  'resources/test_s3.py::test_cfn_handle_s3_notification_configuration': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          {
            Queue: one('AWS::SQS::Queue', {}),
            QueuePolicy: one('AWS::SQS::QueuePolicy', {
              Queues: [ref('Queue')],
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: att('Queue', 'Arn') },
                ],
              },
            }),
            Bucket: one(
              'AWS::S3::Bucket',
              {
                NotificationConfiguration: {
                  QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: att('Queue', 'Arn') }],
                },
              },
              { DependsOn: 'QueuePolicy' },
            ),
          },
          outputs({ Bucket: ref('Bucket'), Arn: att('Queue', 'Arn') }),
        ),
      );
      const { Bucket, Arn } = outputsOf(stack);
      const get = () =>
        scene.sandbox.client(S3Client).send(new GetBucketNotificationConfigurationCommand({ Bucket: Bucket! }));
      expect(await bare(get())).toEqual({
        QueueConfigurations: [{ Events: ['s3:ObjectCreated:*'], Id: expect.any(String), QueueArn: Arn }],
      });
      await scene.remove();
      expect(await refusal(get())).toEqual({
        code: 'NoSuchBucket',
        message: 'The specified bucket does not exist',
        status: 404,
      });
    },
  },
};
