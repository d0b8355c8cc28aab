import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ecsScene } from '../ecs/ecs-scene.ts';
import { parseSchedule } from './schedule-expression.ts';

const WEB = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/shop/web',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

const CPU = {
  ...WEB,
  PolicyName: 'cpu',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 60,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
  },
} as const;

async function start() {
  const scene = await ecsScene();
  await scene.register();
  await scene.createService();
  await scene.settle();
  const scaling = scene.client(ApplicationAutoScalingClient);
  return {
    ...scene,
    scaling,
    cloudwatch: scene.client(CloudWatchClient),
    registerTarget: (MinCapacity: number, MaxCapacity: number) =>
      answerOf(scaling.send(new RegisterScalableTargetCommand({ ...WEB, MinCapacity, MaxCapacity }))),
  };
}

describe('a scalable target', () => {
  it('brings its service within its bounds, and says why', async () => {
    const { scaling, registerTarget, settle, service } = await start();
    await registerTarget(4, 8);
    await settle();
    expect(await service()).toMatchObject({ desiredCount: 4, runningCount: 4 });
    const { ScalingActivities } = await scaling.send(new DescribeScalingActivitiesCommand({ ServiceNamespace: 'ecs' }));
    expect(ScalingActivities).toMatchObject([
      {
        Cause: 'minimum capacity was set to 4',
        StatusCode: 'Successful',
        StatusMessage: 'Successfully set desired count to 4. Change successfully fulfilled by ecs.',
      },
    ]);
    const { ScalableTargets } = await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }));
    expect(ScalableTargets).toMatchObject([
      {
        ...WEB,
        MinCapacity: 4,
        MaxCapacity: 8,
        RoleARN:
          'arn:aws:iam::000000000000:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService',
      },
    ]);
  });

  it('is refused for a service that is not there, and for bounds that cross', async () => {
    const { scaling, registerTarget } = await start();
    const ResourceId = 'service/shop/none';
    expect(
      await answerOf(
        scaling.send(new RegisterScalableTargetCommand({ ...WEB, ResourceId, MinCapacity: 1, MaxCapacity: 2 })),
      ),
    ).toEqual(refusal('ValidationException', "ECS service doesn't exist: service/shop/none"));
    expect(await registerTarget(3, 2)).toEqual(
      refusal('ValidationException', 'Maximum capacity cannot be less than minimum capacity'),
    );
    expect(await answerOf(scaling.send(new PutScalingPolicyCommand(CPU)))).toEqual(
      refusal(
        'ObjectNotFoundException',
        'No scalable target registered for service namespace: ecs, resource ID: service/shop/web, scalable dimension: ecs:service:DesiredCount',
      ),
    );
  });
});

describe('a target tracking policy', () => {
  it('has two alarms, which change and go with it', async () => {
    const { scaling, cloudwatch, registerTarget } = await start();
    await registerTarget(1, 4);
    const { Alarms, PolicyARN } = await scaling.send(new PutScalingPolicyCommand(CPU));
    expect(PolicyARN).toMatch(
      /^arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:[\w-]+:resource\/ecs\/service\/shop\/web:policyName\/cpu$/,
    );
    expect(Alarms?.map(({ AlarmName }) => AlarmName)).toEqual([
      expect.stringMatching(/^TargetTracking-service\/shop\/web-AlarmHigh-/),
      expect.stringMatching(/^TargetTracking-service\/shop\/web-AlarmLow-/),
    ]);
    const alarms = async () => (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms;
    expect(await alarms()).toMatchObject([
      { MetricName: 'CPUUtilization', Threshold: 60, EvaluationPeriods: 3, AlarmActions: [PolicyARN] },
      { MetricName: 'CPUUtilization', Threshold: 54, EvaluationPeriods: 15, AlarmActions: [PolicyARN] },
    ]);
    const changed = { ...CPU.TargetTrackingScalingPolicyConfiguration, TargetValue: 70 };
    await scaling.send(new PutScalingPolicyCommand({ ...CPU, TargetTrackingScalingPolicyConfiguration: changed }));
    expect((await alarms())?.map(({ Threshold }) => Threshold)).toEqual([70, 63]);

    const { PolicyType: _, TargetTrackingScalingPolicyConfiguration: __, ...name } = CPU;
    await scaling.send(new DeleteScalingPolicyCommand(name));
    expect(await alarms()).toEqual([]);
    expect(
      (await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }))).ScalingPolicies,
    ).toEqual([]);
    await scaling.send(new DeregisterScalableTargetCommand(WEB));
  });
});

describe('a scheduled action', () => {
  it('changes the bounds when virtual time reaches it, and does not make time pass', async () => {
    const { scaling, registerTarget, settle, advance, service, world } = await start();
    await registerTarget(1, 2);
    const action = { ...WEB, ScheduledActionName: 'morning', ScalableTargetAction: { MinCapacity: 3, MaxCapacity: 6 } };
    expect(
      await answerOf(scaling.send(new PutScheduledActionCommand({ ...action, Schedule: 'cron(0 25 * * ? *)' }))),
    ).toEqual(refusal('ValidationException', 'Invalid schedule expression: cron(0 25 * * ? *)'));
    await scaling.send(new PutScheduledActionCommand({ ...action, Schedule: 'rate(2 hours)' }));
    await settle();
    expect(await service()).toMatchObject({ desiredCount: 2 });
    expect(world.busy).toBe(false);
    await advance(2 * 60 * 60_000 + 60_000);
    await settle();
    expect(await service()).toMatchObject({ desiredCount: 3 });
    const { ScheduledActions } = await scaling.send(new DescribeScheduledActionsCommand({ ServiceNamespace: 'ecs' }));
    expect(ScheduledActions).toMatchObject([{ ScheduledActionName: 'morning', Schedule: 'rate(2 hours)' }]);
  });

  it.each([
    ['cron(0 8 ? * MON-FRI *)', 'UTC', '2026-07-24T08:00:00Z', '2026-07-27T08:00:00.000Z'],
    ['cron(30 9 1 * ? *)', 'UTC', '2026-07-24T08:00:00Z', '2026-08-01T09:30:00.000Z'],
    ['cron(0/15 * * * ? *)', 'UTC', '2026-07-24T08:01:00Z', '2026-07-24T08:15:00.000Z'],
    ['cron(0 8 * * ? *)', 'America/New_York', '2026-07-24T00:00:00Z', '2026-07-24T12:00:00.000Z'],
    ['cron(0 8 * * ? *)', 'America/New_York', '2026-12-24T00:00:00Z', '2026-12-24T13:00:00.000Z'],
    ['at(2026-12-24T18:00:00)', 'Europe/Berlin', '2026-07-24T00:00:00Z', '2026-12-24T17:00:00.000Z'],
  ])('%s in %s comes due after %s at %s', (text, zone, after, due) => {
    expect(new Date(parseSchedule(text, zone)!(Date.parse(after))!).toISOString()).toBe(due);
  });

  it.each(['cron(0 8 * * * *)', 'cron(0 8 ? * ? *)', 'cron(60 8 * * ? *)', 'rate(0 minutes)', 'every day'])(
    '%s is no schedule',
    (text) => expect(parseSchedule(text)).toBeUndefined(),
  );
});

describe('scaling in a stack', () => {
  it('comes and goes with the stack', async () => {
    const { client, cloudwatch, scaling, settle } = await start();
    const cloudformation = client(CloudFormationClient);
    const { PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration } = CPU;
    const Resources = {
      Target: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        Properties: {
          ...WEB,
          MinCapacity: '2',
          MaxCapacity: 4,
          ScheduledActions: [
            {
              ScheduledActionName: 'night',
              Schedule: 'cron(0 22 * * ? *)',
              ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 1 },
            },
          ],
        },
      },
      Policy: {
        Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
        Properties: {
          PolicyName,
          PolicyType,
          TargetTrackingScalingPolicyConfiguration,
          ScalingTargetId: { Ref: 'Target' },
        },
      },
    };
    const Outputs = { Target: { Value: { Ref: 'Target' } }, Policy: { Value: { Ref: 'Policy' } } };
    await cloudformation.send(
      new CreateStackCommand({ StackName: 'scale', TemplateBody: JSON.stringify({ Resources, Outputs }) }),
    );
    await settle();
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'scale' }));
    expect(Stacks).toMatchObject([
      {
        StackStatus: 'CREATE_COMPLETE',
        Outputs: expect.arrayContaining([
          expect.objectContaining({ OutputValue: 'service/shop/web|ecs:service:DesiredCount|ecs' }),
          expect.objectContaining({ OutputValue: expect.stringMatching(/^arn:aws:autoscaling:.*policyName\/cpu$/) }),
        ]),
      },
    ]);
    expect((await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toHaveLength(2);

    await cloudformation.send(new DeleteStackCommand({ StackName: 'scale' }));
    await settle();
    expect((await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([]);
    expect(
      (await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }))).ScalableTargets,
    ).toEqual([]);
  });
});
