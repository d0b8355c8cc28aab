import { expect, it } from 'vitest';
import { COLLECTOR as made } from '../../infra/constructs/trace-collector.ts';
import { type Json, propertiesOf, synthesize } from '../../infra/testing/synthesize.ts';
import { COLLECTOR } from '../domain/trace-collector.ts';
import { loadText, systemText } from '../testing/write-project.ts';
import { appSettings } from './settings.ts';

type System = Parameters<typeof systemText>[0];

function settingsOf(system: System, name: string) {
  const project = loadText(systemText(system));
  const environment = project.environment(name);
  return appSettings({
    project: project.name,
    environment,
    account: environment.account ?? '333333333333',
    frozen: { availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
  });
}

/** Threshold, periods and seconds of each alarm, by what follows project and environment in its name. */
function numbersOf(system: System, environment: string): Record<string, [number, number, number]> {
  const settings = settingsOf(system, environment);
  const { templates } = synthesize(settings);
  const prefix = `${settings.project}-${environment}-`;
  return Object.fromEntries(
    propertiesOf(templates.observability ?? { Resources: {} }, 'AWS::CloudWatch::Alarm').map((alarm: Json) => [
      alarm.AlarmName.slice(prefix.length),
      [alarm.Threshold, alarm.EvaluationPeriods, alarm.Period ?? alarm.Metrics[1].MetricStat.Period],
    ]),
  );
}

it('Stream Sales: CPU over 80 and more than 90 connections for twice five minutes, in production alone (S1-49, S1-50, S1-51, S1-65, C23)', () => {
  expect(numbersOf('stream-sales', 'production')).toMatchObject({
    'main-db-cpu': [80, 2, 300],
    'main-db-connections': [90, 2, 300],
  });
  expect(numbersOf('stream-sales', 'dev')).toEqual({});
  expect(settingsOf('stream-sales', 'production').observability.receivers.emails).toEqual(['admin@example.com']);
});

it('Pikaia: its own numbers in every environment, not all on (S3-14, S3-111, C23)', () => {
  const numbers = {
    'web-error-rate': [5, 2, 300],
    'web-latency-p99': [2, 3, 60],
    'web-healthy-hosts': [1, 2, 60],
    'web-service-cpu': [85, 3, 60],
    'web-service-memory': [85, 3, 60],
  };
  for (const environment of ['prod', 'demo'])
    expect(numbersOf('pikaia', environment)).toMatchObject({
      ...numbers,
      'main-db-cpu': [80, 3, 60],
      'main-db-connections': [500, 2, 60],
    });
  // The database of a consumer is its provider's, and so are its alarms.
  const consumer = numbersOf('pikaia', 'myproject');
  expect(consumer).toMatchObject(numbers);
  expect(consumer).not.toHaveProperty('main-db-cpu');
});

it('Express and workers: five hundred messages, ten minutes of age, any dead letter (S2-22, S2-23, S2-24, S2-98, S2-99)', () => {
  expect(numbersOf('express-workers', 'prod')).toMatchObject({
    'notifications-queue-depth': [500, 2, 300],
    'notifications-queue-age': [600, 2, 300],
    'notifications-dlq-not-empty': [0, 2, 60],
    // Eight tenths of what eight capacity units allow.
    'main-db-connections': [1335, 2, 60],
  });
  expect(numbersOf('express-workers', 'dev')).toEqual({});
});

it('event scheduling: 1,000 messages for ten minutes, CPU over 80 for fifteen (S4-151, S4-152, S4-118)', () => {
  expect(numbersOf('event-scheduling', 'production')).toMatchObject({
    'events-queue-depth': [1000, 2, 300],
    'main-db-cpu': [80, 3, 300],
    // Eight tenths of the 450 that a db.t4g.medium allows.
    'main-db-connections': [360, 2, 60],
  });
  expect(numbersOf('event-scheduling', 'staging')).toEqual({});
});

it('a preset that is off makes no alarm, and one that is half changed keeps the rest (S3-111)', () => {
  const yaml = (presets: string) => `project: demo
network: { nat: none }
queues: { jobs: {} }
observability: { alarms: true, alarmEmails: [ops@example.com], presets: ${presets} }
environments: { dev: { kind: dev, account: "111111111111" } }
`;
  const environment = loadText(yaml('{ queue-age: false, queue-depth: { threshold: 3 } }')).environment('dev');
  const { alarms } = appSettings({
    project: 'demo',
    environment,
    account: '111111111111',
    frozen: { availabilityZones: ['us-east-1a', 'us-east-1b'] },
  }).observability;
  expect(alarms).not.toHaveProperty('queue-age');
  expect(alarms).toHaveProperty('queue-depth', { threshold: 3, below: false, periods: 2, periodSeconds: 300 });
});

it('Express: production traces its service and one request in twenty, staging nothing (S2-103)', () => {
  const { tracing, collector } = settingsOf('express-workers', 'prod').observability;
  expect([tracing, collector]).toEqual([
    true,
    { image: expect.stringMatching(/^public\.ecr\.aws\/.+:v\d+\.\d+\.\d+$/), memoryMiB: 256, share: 0.05 },
  ]);
  expect(settingsOf('express-workers', 'staging').observability.collector).toBeUndefined();
});

it('knows the container of the collector as infra makes it', () => {
  expect(COLLECTOR).toEqual(made);
});
