import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../checks/check-template.ts';
import { factsOf } from '../testing/facts.ts';
import { sampleObservability, sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, synthesize } from '../testing/synthesize.ts';

const RULE = { threshold: 0, below: false, periods: 1, periodSeconds: 300 };
const alarms = { 'schedule-failures': RULE, 'service-cpu': { ...RULE, threshold: 85 } };

const made = (scheduledTasks: Record<string, { expression: string; command: string[] }> | undefined) =>
  synthesize(
    sampleSettings({
      services: { web: sampleService(scheduledTasks ? { scheduledTasks } : {}) },
      observability: sampleObservability({ alarms, dashboards: ['operations'] }),
    }),
  );
const topicPolicy = (template: Json): Json[] =>
  propertiesOf(template, 'AWS::SNS::TopicPolicy')[0].PolicyDocument.Statement;

describe('scheduled tasks', () => {
  const { templates, stacks } = made({ 'clean-up': { expression: 'rate(1 day)', command: ['clean'] } });
  const { observability } = templates;

  it('tell the topic when a run ends badly or cannot begin, known by the family that their service gives them', () => {
    const [rule] = propertiesOf(observability, 'AWS::Events::Rule');
    expect(rule.EventPattern).toEqual({
      source: ['aws.ecs'],
      'detail-type': ['ECS Task State Change'],
      detail: {
        lastStatus: ['STOPPED'],
        group: ['family:shop-dev-web-at-clean-up'],
        $or: [{ containers: { exitCode: [{ 'anything-but': [0] }] } }, { stopCode: ['TaskFailedToStart'] }],
      },
    });
    const families = propertiesOf(templates['service-web'], 'AWS::ECS::TaskDefinition').map(({ Family }) => Family);
    expect(families).toContain('shop-dev-web-at-clean-up');
    expect(rule.Targets).toMatchObject([{ Arn: { Ref: expect.stringMatching(/^AlarmsTopic/) } }]);
    expect(JSON.stringify(rule.EventPattern).length).toBeLessThan(2048);
  });

  it('alarm when EventBridge could not start them, by the rule that their service tells of', () => {
    const found = propertiesOf(observability, 'AWS::CloudWatch::Alarm').find(
      ({ MetricName }) => MetricName === 'FailedInvocations',
    );
    expect(found).toMatchObject({
      AlarmName: 'shop-dev-web-clean-up-schedule-failures',
      Namespace: 'AWS/Events',
      Dimensions: [{ Name: 'RuleName', Value: { Ref: 'ServiceWebScheduledRuleCleanUp' } }],
      TreatMissingData: 'notBreaching',
      Threshold: 0,
    });
    const { parameters } = stacks.find(({ id }) => id === 'observability')!;
    expect(parameters.ServiceWebScheduledRuleCleanUp).toMatchObject({ from: 'stack', stack: 'service-web' });
  });

  it('let EventBridge into the topic and its key, which is closed to it where nothing runs by the clock', () => {
    const service = { Service: 'events.amazonaws.com' };
    expect(topicPolicy(observability).filter(({ Principal }) => Principal.Service === service.Service)).toHaveLength(1);
    const [key] = propertiesOf(observability, 'AWS::KMS::Key');
    expect(key.KeyPolicy.Statement.at(-1)).toMatchObject({
      Principal: service,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    });
    const none = made(undefined).templates.observability;
    expect(JSON.stringify(none)).not.toContain('events.amazonaws.com');
    expect(propertiesOf(none, 'AWS::Events::Rule')).toEqual([]);
    expect(checkTemplate(observability, factsOf('prod'))).toEqual([]);
  });

  it('have a row on the operations page', () => {
    const [{ DashboardBody }] = propertiesOf(observability, 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(DashboardBody)).toContain('scheduled task web-clean-up');
  });
});
