import { DescribeStackResourceCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeSecretCommand, GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy, outputsOf } from '../deploy.ts';
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

export const SECRETS_CASES: Cases = {
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
};
