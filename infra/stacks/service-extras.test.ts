import { describe, expect, it } from 'vitest';
import type { ServiceSettings } from '../settings.ts';
import { sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';

const withService = (changes: Partial<ServiceSettings>) =>
  synthesize(
    sampleSettings({
      secrets: { app: { source: 'referenced', secretName: 'shop/dev/app' } },
      services: { web: sampleService(changes) },
    }),
  );
const policiesOf = (template: Json, id: string): Json[] =>
  Object.entries<Json>(template.Resources).find(([name]) => name.startsWith(id))![1].Properties.Policies;

describe('Fargate Spot', () => {
  const { templates, stacks } = withService({ spot: { onDemand: 2 } });
  const [service] = propertiesOf(templates['service-web'], 'AWS::ECS::Service');

  it('takes every task beyond those that run on demand', () => {
    expect(service.LaunchType).toBeUndefined();
    expect(service.CapacityProviderStrategy).toEqual([
      { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
      { CapacityProvider: 'FARGATE', Base: 2, Weight: 0 },
    ]);
    const all = withService({ spot: { onDemand: 0 } }).templates['service-web'];
    expect(propertiesOf(all, 'AWS::ECS::Service')[0].CapacityProviderStrategy).toEqual([
      { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
    ]);
  });

  it('is open to every cluster, so that none ever has to give back what a service still uses (F-139)', () => {
    expect(propertiesOf(templates.runtime, 'AWS::ECS::Cluster')[0].CapacityProviders).toEqual([
      'FARGATE',
      'FARGATE_SPOT',
    ]);
    expect(propertiesOf(withService({}).templates.runtime, 'AWS::ECS::Cluster')[0].CapacityProviders).toHaveLength(2);
  });

  it('begins with a count of its own: CloudFormation makes another service for another way of launching (F-60)', () => {
    const { parameters } = stacks.find(({ id }) => id === 'service-web')!;
    expect(parameters.FirstTasksWithSpot).toEqual({ from: 'first', value: '1' });
    expect(parameters.FirstTasks).toBeUndefined();
  });
});

describe('sidecars', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const { templates } = withService({
    sidecars: {
      proxy: {
        image: `public.ecr.aws/nginx/nginx@${digest}`,
        essential: true,
        port: 9000,
        memoryMiB: 128,
        healthCommand: 'curl -f localhost:9000',
        environment: { MODE: ['proxy'] },
        secrets: { TOKEN: { from: 'secret', secret: 'app', key: 'TOKEN' } },
      },
      agent: {
        image: '333333333333.dkr.ecr.eu-west-1.amazonaws.com/tools/agent:3',
        essential: false,
        command: ['run'],
        environment: {},
        secrets: {},
      },
    },
  });
  const [{ ContainerDefinitions: containers }] = propertiesOf(templates['service-web'], 'AWS::ECS::TaskDefinition');

  it('stand after the container of the service, with their own image, variables, secrets and log', () => {
    expect(containers.map(({ Name }: Json) => Name)).toEqual(['app', 'proxy', 'agent']);
    expect(containers[1]).toMatchObject({
      Image: `public.ecr.aws/nginx/nginx@${digest}`,
      Essential: true,
      Memory: 128,
      PortMappings: [{ ContainerPort: 9000, Protocol: 'tcp' }],
      Environment: [{ Name: 'MODE', Value: 'proxy' }],
      Secrets: [{ Name: 'TOKEN', ValueFrom: { 'Fn::Join': ['', [{ Ref: 'SecretArnApp' }, ':TOKEN::']] } }],
      HealthCheck: { Command: ['CMD-SHELL', 'curl -f localhost:9000'] },
      LogConfiguration: containers[0].LogConfiguration,
    });
    expect(containers[2]).toMatchObject({ Essential: false, Command: ['run'] });
    expect(containers[2].HealthCheck).toBeUndefined();
  });

  it('are waited for where they say whether they are up', () => {
    expect(containers[0].DependsOn).toEqual([{ ContainerName: 'proxy', Condition: 'HEALTHY' }]);
  });

  it('are no part of one-off tasks, which would never end', () => {
    for (const { ContainerDefinitions } of propertiesOf(templates.tasks, 'AWS::ECS::TaskDefinition'))
      expect(ContainerDefinitions).toHaveLength(1);
  });

  it('widen the role that starts the task by their secret and their private repository, and by nothing else (S2-87)', () => {
    const policies = policiesOf(templates.tasks, 'WebRolesExecutionRole');
    const [pull] = policies.filter(({ PolicyName }) => PolicyName === 'Pull');
    expect(pull!.PolicyDocument.Statement.at(-1)).toMatchObject({
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:eu-west-1:333333333333:repository/tools/agent']],
      },
    });
    expect(pull!.PolicyDocument.Statement).toHaveLength(3);
    expect(policies.map(({ PolicyName }) => PolicyName)).toEqual(['Pull', 'Log', 'StartSecretApp']);
    expect(policiesOf(templates.tasks, 'WebRolesTaskRole') ?? []).toEqual([]);
  });
});

describe('a scheduled task', () => {
  const { templates } = withService({
    sidecars: { agent: { image: 'public.ecr.aws/x/agent:1', essential: true, environment: {}, secrets: {} } },
    scheduledTasks: { 'clean-up': { expression: 'rate(1 day)', command: ['clean'] } },
  });
  const template = templates['service-web'];
  const [rule] = propertiesOf(template, 'AWS::Events::Rule');
  const definitionId = Object.keys(template.Resources).find((id) => /^ScheduledCleanUpTask/.test(id))!;
  const cluster = {
    'Fn::Join': [
      '',
      ['arn:', { Ref: 'AWS::Partition' }, ':ecs:us-east-1:222222222222:cluster/', { Ref: 'RuntimeClusterName' }],
    ],
  };

  it('runs one container with the image of the release, its own command, and the network of the service', () => {
    const { Properties, UpdateReplacePolicy } = template.Resources[definitionId];
    expect(UpdateReplacePolicy).toBe('Retain');
    expect(Properties.ContainerDefinitions).toMatchObject([{ Image: { Ref: 'ImageWeb' }, Command: ['clean'] }]);
    expect(Properties.ContainerDefinitions[0].PortMappings).toBeUndefined();
    expect(rule).toMatchObject({
      ScheduleExpression: 'rate(1 day)',
      Targets: [
        {
          Arn: cluster,
          EcsParameters: {
            TaskDefinitionArn: { Ref: definitionId },
            LaunchType: 'FARGATE',
            NetworkConfiguration: {
              AwsVpcConfiguration: { SecurityGroups: [{ Ref: 'RuntimeTaskSecurityGroupWeb' }] },
            },
          },
        },
      ],
    });
  });

  it('is started by a role that may start it there and pass its two roles on, and nothing else (S2-87)', () => {
    const [role] = resourcesOf(template, 'AWS::IAM::Role');
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '222222222222' } },
      },
    ]);
    expect(role.Properties.Policies[0].PolicyDocument.Statement).toMatchObject([
      { Action: 'ecs:RunTask', Resource: { Ref: definitionId }, Condition: { ArnEquals: { 'ecs:cluster': cluster } } },
      {
        Action: 'iam:PassRole',
        Resource: [{ Ref: 'TasksTaskRoleArnWeb' }, { Ref: 'TasksExecutionRoleArnWeb' }],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
  });
});

describe('alarms of a rollout', () => {
  const template = withService({
    rollbackAlarms: [
      { preset: 'error-rate', threshold: 5, periods: 2 },
      { preset: 'latency-p99', threshold: 2, periods: 3 },
    ],
  }).templates['service-web'];
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');

  it('are listened to by ECS, which then goes back by itself', () => {
    const [service] = propertiesOf(template, 'AWS::ECS::Service');
    expect(service.DeploymentConfiguration.Alarms).toEqual({
      AlarmNames: alarms.map((alarm: Json) => ({
        Ref: Object.keys(template.Resources).find((id) => template.Resources[id] === alarm),
      })),
      Enable: true,
      Rollback: true,
    });
  });

  it('watch the requests of this service by the minute, and tell nobody', () => {
    const [errors, latency] = alarms.map(({ Properties }: Json) => Properties);
    expect(errors).toMatchObject({ Threshold: 5, EvaluationPeriods: 2, TreatMissingData: 'notBreaching' });
    expect(latency).toMatchObject({
      MetricName: 'TargetResponseTime',
      ExtendedStatistic: 'p99',
      Threshold: 2,
      EvaluationPeriods: 3,
      Period: 60,
      Dimensions: [
        {
          Name: 'TargetGroup',
          Value: { 'Fn::GetAtt': [expect.stringMatching(/^RouteTargetGroup/), 'TargetGroupFullName'] },
        },
        { Name: 'LoadBalancer', Value: { Ref: 'RuntimeLoadBalancerFullName' } },
      ],
    });
    for (const { AlarmActions } of [errors, latency]) expect(AlarmActions).toBeUndefined();
  });
});
