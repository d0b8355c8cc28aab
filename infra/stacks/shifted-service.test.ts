import { describe, expect, it } from 'vitest';
import type { AppSettings, ServiceSettings } from '../settings.ts';
import { sampleObservability, sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { propertiesOf, synthesize } from '../testing/synthesize.ts';

const BLUE_GREEN = { strategy: 'BLUE_GREEN', bakeMinutes: 10 } as const;
const withService = (changes: Partial<ServiceSettings>, more: Partial<AppSettings> = {}) =>
  synthesize(sampleSettings({ services: { web: sampleService(changes) }, ...more }));

describe('a service whose requests ECS moves', () => {
  const { templates, stacks } = withService({
    shift: BLUE_GREEN,
    rollbackAlarms: [{ preset: 'error-rate', threshold: 5, periods: 3 }],
  });
  const template = templates['service-web'];
  const [service] = propertiesOf(template, 'AWS::ECS::Service');
  const ids = (type: string) => Object.keys(template.Resources).filter((id) => template.Resources[id].Type === type);
  const groups = ids('AWS::ElasticLoadBalancingV2::TargetGroup');
  const [rule] = ids('AWS::ElasticLoadBalancingV2::ListenerRule');

  it('has two target groups that are alike, and one rule that gives each a share', () => {
    const [primary, alternate] = propertiesOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(alternate).toEqual(primary);
    expect(template.Resources[rule!].Properties.Actions).toEqual([
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: { Ref: groups[0] }, Weight: { Ref: 'WeightPrimary' } },
            { TargetGroupArn: { Ref: groups[1] }, Weight: { Ref: 'WeightAlternate' } },
          ],
        },
      },
    ]);
  });

  it('is told the shares as they are: the template has none of its own', () => {
    const { parameters } = stacks.find(({ id }) => id === 'service-web')!;
    expect(parameters).toMatchObject({
      WeightPrimary: { from: 'traffic', first: '100' },
      WeightAlternate: { from: 'traffic', first: '0' },
    });
  });

  it('lets ECS move requests between the two, by a role that only ECS puts on', () => {
    const [role] = ids('AWS::IAM::Role');
    expect(service.LoadBalancers).toMatchObject([
      {
        TargetGroupArn: { Ref: groups[0] },
        AdvancedConfiguration: {
          AlternateTargetGroupArn: { Ref: groups[1] },
          ProductionListenerRule: { Ref: rule },
          RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
        },
      },
    ]);
    expect(template.Resources[role!].Properties.AssumeRolePolicyDocument.Statement).toMatchObject([
      { Principal: { Service: 'ecs.amazonaws.com' } },
    ]);
  });

  it('watches new tasks in whichever group they are', () => {
    const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');
    expect(service.DeploymentConfiguration.Alarms.AlarmNames).toHaveLength(2);
    const watched = alarms.map(({ Metrics }) => JSON.stringify(Metrics));
    expect(watched.map((text) => groups.filter((id) => text.includes(`"${id}"`)))).toEqual([[groups[0]], [groups[1]]]);
  });

  it.each([
    [BLUE_GREEN, { Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 10 }],
    [
      { strategy: 'CANARY', percent: 5, minutes: 15, bakeMinutes: 0 } as const,
      {
        Strategy: 'CANARY',
        BakeTimeInMinutes: 0,
        CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 15 },
      },
    ],
    [
      { strategy: 'LINEAR', percent: 25, minutes: 3, bakeMinutes: 5 } as const,
      { Strategy: 'LINEAR', BakeTimeInMinutes: 5, LinearConfiguration: { StepPercent: 25, StepBakeTimeInMinutes: 3 } },
    ],
  ])('has %o', (shift, expected) => {
    const { DeploymentConfiguration } = propertiesOf(
      withService({ shift }).templates['service-web'],
      'AWS::ECS::Service',
    )[0];
    expect(DeploymentConfiguration).toMatchObject({
      ...expected,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
    });
  });

  it('keeps its names: neither the service nor what it has without is made anew', () => {
    const plain = withService({}).templates['service-web'];
    expect(Object.keys(template.Resources)).toEqual(expect.arrayContaining(Object.keys(plain.Resources)));
  });
});

it('alarms of the environment add up what two target groups see', () => {
  const rule = { threshold: 1, below: false, periods: 2, periodSeconds: 60 };
  const { templates } = withService(
    { shift: BLUE_GREEN },
    {
      observability: sampleObservability({
        alarms: { 'error-rate': rule, 'latency-p99': rule, 'healthy-hosts': { ...rule, below: true } },
        dashboards: ['operations'],
      }),
    },
  );
  const alarms = propertiesOf(templates.observability, 'AWS::CloudWatch::Alarm');
  const shown = alarms.map(({ Metrics }) =>
    Metrics.filter(({ ReturnData }: { ReturnData: boolean }) => ReturnData).map(
      ({ Expression }: { Expression: string }) => Expression,
    ),
  );
  expect(shown).toEqual([['IF(all > 0, 100 * some / all, 0)'], ['MAX([both1, both2])'], ['SUM([both1, both2])']]);
  expect(JSON.stringify(templates.observability)).toContain('healthy (alternate)');
});
