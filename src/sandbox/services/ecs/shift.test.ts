import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { StopServiceDeploymentCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../testing/answer-of.ts';
import { setBehaviour } from './runtime/behaviours.ts';
import { shiftSteps } from './scheduler/shift-plan.ts';
import { shiftScene } from './shift-scene.ts';

const MINUTE = 60_000;
const BREAKER = { deploymentCircuitBreaker: { enable: true, rollback: true } };
const BLUE_GREEN = { ...BREAKER, strategy: 'BLUE_GREEN' as const, bakeTimeInMinutes: 10 };

describe('the steps of a strategy', () => {
  const percents = (...wanted: Parameters<typeof shiftSteps>) => shiftSteps(...wanted).map(({ percent }) => percent);

  it('are all at once for blue/green, two for canary, even ones for linear', () => {
    expect(percents({ strategy: 'BLUE_GREEN' })).toEqual([100]);
    expect(percents({ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 20 } })).toEqual([20, 100]);
    expect(percents({ strategy: 'LINEAR', linearConfiguration: { stepPercent: 30 } })).toEqual([30, 60, 90, 100]);
    expect(shiftSteps({ strategy: 'LINEAR' })).toHaveLength(10);
  });
});

describe('a service that shifts its requests', () => {
  it('ends its first deployment with all of them on the alternate group', async () => {
    const scene = await shiftScene();
    await scene.begun(BLUE_GREEN);
    expect(await scene.shares()).toEqual([0, 100]);
    expect([await scene.healthy(scene.blue), await scene.healthy(scene.green)]).toEqual([0, 2]);
    expect(await scene.latest()).toMatchObject({ status: 'SUCCESSFUL', lifecycleStage: 'CLEAN_UP' });
  });

  it('runs both revisions until the new one has baked, and swaps the groups', async () => {
    const scene = await shiftScene();
    await scene.begun(BLUE_GREEN);
    const second = await scene.register();
    await scene.update({ taskDefinition: second });
    expect(await scene.latest()).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'PRE_SCALE_UP' });
    await scene.advance(30_000);
    expect(await scene.latest()).toMatchObject({ lifecycleStage: 'SCALE_UP' });
    expect(await scene.shares()).toEqual([0, 100]);
    await scene.advance(3 * MINUTE);
    expect(await scene.latest()).toMatchObject({
      lifecycleStage: 'BAKE_TIME',
      targetServiceRevision: { runningTaskCount: 2, requestedProductionTrafficWeight: 100 },
      sourceServiceRevisions: [{ runningTaskCount: 2, requestedProductionTrafficWeight: 0 }],
    });
    expect(await scene.shares()).toEqual([100, 0]);
    expect((await scene.service()).runningCount).toBe(4);
    await scene.settle();
    expect(await scene.latest()).toMatchObject({ status: 'SUCCESSFUL' });
    expect(await scene.service()).toMatchObject({ runningCount: 2, taskDefinition: second });
    expect([await scene.healthy(scene.blue), await scene.healthy(scene.green)]).toEqual([2, 0]);
  });

  it('gives a canary its share first, and a linear rollout one step after the other', async () => {
    const scene = await shiftScene();
    const canary = { canaryPercent: 20, canaryBakeTimeInMinutes: 5 };
    await scene.begun({ ...BREAKER, strategy: 'CANARY', canaryConfiguration: canary });
    await scene.update({ forceNewDeployment: true });
    await scene.advance(3 * MINUTE);
    expect(await scene.shares()).toEqual([20, 80]);
    await scene.settle();
    expect(await scene.shares()).toEqual([100, 0]);

    const linearConfiguration = { stepPercent: 40, stepBakeTimeInMinutes: 10 };
    await scene.update({
      deploymentConfiguration: { strategy: 'LINEAR', linearConfiguration },
      forceNewDeployment: true,
    });
    expect((await scene.service()).deploymentConfiguration).not.toHaveProperty('canaryConfiguration');
    await scene.advance(5 * MINUTE);
    expect(await scene.shares()).toEqual([60, 40]);
    await scene.advance(10 * MINUTE);
    expect(await scene.shares()).toEqual([20, 80]);
    await scene.settle();
    expect(await scene.shares()).toEqual([0, 100]);
  });

  it('gives all requests back when an alarm rings while it bakes', async () => {
    const scene = await shiftScene();
    const cloudwatch = scene.client(CloudWatchClient);
    const AlarmName = 'web-errors';
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'HTTPCode_Target_5XX_Count',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'ignore',
      }),
    );
    await scene.begun({ ...BLUE_GREEN, alarms: { alarmNames: [AlarmName], enable: true, rollback: true } });
    const { taskDefinition: first } = await scene.service();
    await scene.update({ taskDefinition: await scene.register() });
    await scene.advance(4 * MINUTE);
    expect(await scene.latest()).toMatchObject({ lifecycleStage: 'BAKE_TIME' });
    await cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'test' }));
    await scene.settle();
    expect(await scene.latest()).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      alarms: { status: 'TRIGGERED', triggeredAlarmNames: [AlarmName] },
    });
    expect(await scene.shares()).toEqual([0, 100]);
    expect(await scene.service()).toMatchObject({ runningCount: 2, taskDefinition: first });
    expect([await scene.healthy(scene.blue), await scene.healthy(scene.green)]).toEqual([0, 2]);
  });

  it('is taken back by the circuit breaker before any request reaches it (F-52)', async () => {
    const scene = await shiftScene();
    await scene.begun(BLUE_GREEN);
    const image = 'public.ecr.aws/shop/broken:1';
    setBehaviour(scene.scope, image, { exit: { code: 1, afterMs: 1_000 } });
    await scene.update({ taskDefinition: await scene.register({ containerDefinitions: [{ image }] }) });
    await scene.settle();
    expect(await scene.latest()).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      lifecycleStage: 'SCALE_UP',
      deploymentCircuitBreaker: { status: 'TRIGGERED' },
    });
    expect(await scene.shares()).toEqual([0, 100]);
    expect((await scene.service()).runningCount).toBe(2);
  });

  it('goes back when a person stops it, and not any more once the older tasks go', async () => {
    const scene = await shiftScene();
    await scene.begun(BLUE_GREEN);
    await scene.update({ forceNewDeployment: true });
    await scene.advance(4 * MINUTE);
    expect(await scene.shares()).toEqual([100, 0]);
    const { serviceDeploymentArn } = await scene.latest();
    const stop = new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ROLLBACK' });
    await scene.ecs.send(stop);
    expect(await scene.shares()).toEqual([0, 100]);
    await scene.settle();
    expect(await scene.latest()).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });

    await scene.update({ deploymentConfiguration: { ...BLUE_GREEN, bakeTimeInMinutes: 0 }, forceNewDeployment: true });
    await scene.advance(2 * MINUTE);
    const going = await scene.latest();
    expect(going).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'CLEAN_UP' });
    const late = new StopServiceDeploymentCommand({ serviceDeploymentArn: going.serviceDeploymentArn });
    expect(await answerOf(scene.ecs.send(late))).toMatchObject({ refused: { code: 'ConflictException' } });
  });

  it('brings requests together on one revision when another deployment is begun in the middle', async () => {
    const scene = await shiftScene();
    await scene.begun(BLUE_GREEN);
    await scene.update({ forceNewDeployment: true });
    await scene.advance(4 * MINUTE);
    expect(await scene.shares()).toEqual([100, 0]);
    await scene.update({ forceNewDeployment: true });
    expect(await scene.latest()).toMatchObject({ lifecycleStage: 'RECONCILE_SERVICE' });
    await scene.advance(10_000);
    expect(await scene.shares()).toEqual([0, 100]);
    await scene.settle();
    expect(await scene.shares()).toEqual([100, 0]);
    expect((await scene.service()).runningCount).toBe(2);
    expect([await scene.healthy(scene.blue), await scene.healthy(scene.green)]).toEqual([2, 0]);
  });

  it('overwrites what somebody else has written into the rule', async () => {
    const scene = await shiftScene();
    await scene.begun(BLUE_GREEN);
    await scene.moveTo([100, 0]);
    await scene.update({ forceNewDeployment: true });
    await scene.settle();
    expect(await scene.shares()).toEqual([100, 0]);
    expect(await scene.healthy(scene.blue)).toBe(2);
  });

  it('comes from rolling in two steps, and goes back with its tasks where they are', async () => {
    const scene = await shiftScene();
    await scene.register();
    await scene.createService({ loadBalancers: [scene.plain], healthCheckGracePeriodSeconds: 0 });
    await scene.settle();
    const both = { loadBalancers: [scene.advanced], deploymentConfiguration: BLUE_GREEN };
    expect(await answerOf(scene.update(both))).toMatchObject({ refused: { code: 'InvalidParameterException' } });
    await scene.update({ loadBalancers: [scene.advanced] });
    await scene.settle();
    expect(await scene.healthy(scene.blue)).toBe(2);
    await scene.update({ deploymentConfiguration: BLUE_GREEN });
    await scene.settle();
    expect((await scene.latest()).lifecycleStage).toBeUndefined();
    await scene.update({ forceNewDeployment: true });
    await scene.settle();
    expect(await scene.shares()).toEqual([0, 100]);
    await scene.update({ deploymentConfiguration: { strategy: 'ROLLING' } });
    await scene.update({ forceNewDeployment: true });
    await scene.settle();
    expect([await scene.healthy(scene.blue), await scene.healthy(scene.green)]).toEqual([0, 2]);
  });
});

describe('ECS refuses', () => {
  it('strategies that lack what they need', async () => {
    const scene = await shiftScene();
    await scene.register();
    const refused = async (changes: Parameters<typeof scene.createService>[0]) =>
      answerOf(scene.createService({ loadBalancers: [scene.advanced], ...changes }));
    const saying = (text: string) => ({ refused: { message: expect.stringContaining(text) } });
    const of = (strategy: 'CANARY' | 'LINEAR' | 'BLUE_GREEN', more = {}) => ({
      deploymentConfiguration: { strategy, ...more },
    });
    expect(await refused(of('BLUE_GREEN'))).toMatchObject(saying('bakeTimeInMinutes must be specified'));
    expect(await refused({ ...of('CANARY'), loadBalancers: [scene.plain] })).toMatchObject(
      saying('advancedConfiguration'),
    );
    expect(await refused({ ...of('LINEAR'), loadBalancers: [] })).toMatchObject(saying('load balancer'));
    expect(await refused(of('LINEAR', { linearConfiguration: { stepPercent: 2 } }))).toMatchObject(
      saying('stepPercent'),
    );
    expect(await refused(of('LINEAR', { canaryConfiguration: {} }))).toMatchObject(saying('CANARY'));
    const { advancedConfiguration, ...plain } = scene.advanced;
    const withTaskRole = { ...plain, advancedConfiguration: { ...advancedConfiguration, roleArn: scene.roleArn } };
    expect(await refused({ ...of('CANARY'), loadBalancers: [withTaskRole] })).toMatchObject(saying('assume the role'));
  });
});
