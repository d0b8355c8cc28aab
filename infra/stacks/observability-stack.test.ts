import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../checks/check-template.ts';
import type { AlarmRule, AppSettings, ObservabilitySettings } from '../settings.ts';
import { factsOf } from '../testing/facts.ts';
import { sampleDatabase, sampleObservability, sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';
import { wholeSettings } from '../testing/whole-settings.ts';

const rule = (threshold: number | undefined, changes: Partial<AlarmRule> = {}): AlarmRule => ({
  ...(threshold === undefined ? {} : { threshold }),
  below: false,
  periods: 2,
  periodSeconds: 60,
  ...changes,
});

const ALARMS: Record<string, AlarmRule> = {
  'error-rate': rule(5, { periodSeconds: 300 }),
  'latency-p99': rule(2, { periods: 3 }),
  'healthy-hosts': rule(1, { below: true }),
  'service-cpu': rule(85),
  'service-memory': rule(85),
  'db-cpu': rule(80),
  'db-connections': rule(undefined),
  'queue-depth': rule(1000),
  'queue-age': rule(600),
  'dlq-not-empty': rule(0),
};

const watched = (observability: Partial<ObservabilitySettings>, changes: Partial<AppSettings> = {}) =>
  synthesize(
    sampleSettings({
      databases: { main: sampleDatabase() },
      queues: {
        jobs: {
          fifo: false,
          visibilitySeconds: 300,
          retentionDays: 4,
          dlq: { maxReceive: 3, retentionDays: 14, onDelete: 'retain' },
          onDelete: 'destroy',
        },
      },
      observability: sampleObservability({ alarms: ALARMS, maxConnections: { main: 823 }, ...observability }),
      ...changes,
    }),
  );

const alarm = (template: Json, name: string): Json =>
  propertiesOf(template, 'AWS::CloudWatch::Alarm').find(({ AlarmName }) => AlarmName === name);

describe('alarms', () => {
  const { templates, stacks } = watched({});
  const template = templates.observability;

  it('watch whatever there is, by the number of each preset (S1-06, S3-14, S4-118, S4-07)', () => {
    expect(propertiesOf(template, 'AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName)).toEqual([
      'shop-dev-web-error-rate',
      'shop-dev-web-latency-p99',
      'shop-dev-web-healthy-hosts',
      'shop-dev-web-service-cpu',
      'shop-dev-web-service-memory',
      'shop-dev-main-db-cpu',
      'shop-dev-main-db-connections',
      'shop-dev-jobs-queue-depth',
      'shop-dev-jobs-queue-age',
      'shop-dev-jobs-dlq-not-empty',
    ]);
    expect(checkTemplate(template, factsOf('dev'))).toEqual([]);
  });

  it('come last, with what the other stacks told (F-146)', () => {
    const { after, parameters } = stacks.at(-1)!;
    expect(after).toEqual(['data', 'messaging', 'runtime', 'service-web', 'tasks']);
    expect(Object.values(parameters).every(({ from }) => from === 'stack')).toBe(true);
  });

  it('tell the topic when they fire and when it is over (S3-14)', () => {
    for (const { AlarmActions, OKActions } of propertiesOf(template, 'AWS::CloudWatch::Alarm')) {
      expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlarmsTopic/) }]);
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  it('error-rate: 5xx in percent of all requests to the service, and nothing of nothing (S2-96, S4-74, S4-127, S4-149)', () => {
    expect(alarm(template, 'shop-dev-web-error-rate')).toMatchObject({
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 2,
      TreatMissingData: 'notBreaching',
      Metrics: [
        { Expression: 'IF(all > 0, 100 * some / all, 0)', ReturnData: true },
        { MetricStat: { Metric: { MetricName: 'HTTPCode_Target_5XX_Count' }, Period: 300, Stat: 'Sum' } },
        {
          MetricStat: {
            Metric: { MetricName: 'RequestCount', Dimensions: [{ Name: 'TargetGroup' }, { Name: 'LoadBalancer' }] },
          },
        },
      ],
    });
  });

  it('latency-p99: seconds for 99 of 100 requests (S4-74, S4-128, S4-150)', () => {
    expect(alarm(template, 'shop-dev-web-latency-p99')).toMatchObject({
      MetricName: 'TargetResponseTime',
      ExtendedStatistic: 'p99',
      Threshold: 2,
      EvaluationPeriods: 3,
      Period: 60,
    });
  });

  it('healthy-hosts: fewer than one is an alarm, and so is silence, unless nothing may run on purpose', () => {
    const name = 'shop-dev-web-healthy-hosts';
    expect(alarm(template, name)).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
    const web = sampleService();
    const resting = sampleService({
      scaling: { ...web.scaling, schedule: [{ cron: 'cron(0 20 * * ? *)', min: 0, max: 0 }] },
    });
    const { templates: night } = watched({}, { services: { web: resting } });
    expect(alarm(night.observability, name).TreatMissingData).toBe('notBreaching');
  });

  it('db-connections: eight tenths of what the greatest capacity allows, or the number that is written (S1-51, S2-97, C23)', () => {
    expect(alarm(template, 'shop-dev-main-db-connections')).toMatchObject({ Threshold: 658, Statistic: 'Maximum' });
    const fixed = watched({ alarms: { 'db-connections': rule(90, { periodSeconds: 300 }) } });
    expect(alarm(fixed.templates.observability, 'shop-dev-main-db-connections')).toMatchObject({
      Threshold: 90,
      EvaluationPeriods: 2,
      Period: 300,
    });
  });

  it('db-cpu: of the cluster, or of the instance (S1-50, S4-152)', () => {
    expect(alarm(template, 'shop-dev-main-db-cpu')).toMatchObject({
      Threshold: 80,
      Dimensions: [{ Name: 'DBClusterIdentifier', Value: { Ref: expect.any(String) } }],
    });
    const instance = sampleDatabase({
      engine: 'postgres-instance',
      instance: { class: 'db.t4g.micro', storageGb: 20, multiAz: false },
    });
    const { templates: other } = watched({}, { databases: { main: instance } });
    expect(alarm(other.observability, 'shop-dev-main-db-cpu').Dimensions).toMatchObject([
      { Name: 'DBInstanceIdentifier' },
    ]);
  });

  it('queue-depth, queue-age, dlq-not-empty: of the queue and of its dead letters (S2-22, S2-23, S2-24, S2-98, S2-99, S4-151)', () => {
    const threshold = (preset: string) => alarm(template, `shop-dev-jobs-${preset}`).Threshold;
    expect([threshold('queue-depth'), threshold('queue-age'), threshold('dlq-not-empty')]).toEqual([1000, 600, 0]);
    const dimension = (preset: string) => JSON.stringify(alarm(template, `shop-dev-jobs-${preset}`).Dimensions);
    expect(dimension('dlq-not-empty')).toContain('DeadLetterQueueArnJobs');
    expect(dimension('queue-depth')).not.toContain('DeadLetter');
  });

  it('are not made of a preset that is off, nor for a worker that no request reaches, nor for the database of a provider', () => {
    const { 'service-cpu': _, ...others } = ALARMS;
    const { templates: fewer } = watched(
      { alarms: others },
      { services: { jobs: sampleService({ port: undefined, http: undefined, health: undefined }) } },
    );
    expect(
      propertiesOf(fewer.observability, 'AWS::CloudWatch::Alarm')
        .map(({ AlarmName }) => AlarmName)
        .filter((name) => name.startsWith('shop-dev-jobs-service') || name.includes('hosts')),
    ).toEqual(['shop-dev-jobs-service-memory']);
  });
});

describe('alarms of functions and APIs', () => {
  const settings = wholeSettings();
  const { alarms: _, ...rest } = settings.observability;
  const alarms = {
    'error-rate': rule(5, { periodSeconds: 300 }),
    'latency-p99': rule(2),
    'function-errors': rule(10, { periodSeconds: 300 }),
    'function-error-rate': rule(5),
    'function-throttles': rule(0, { periods: 1 }),
    'function-duration': rule(80),
    'bus-failures': rule(0, { periods: 1, periodSeconds: 300 }),
    'dlq-not-empty': rule(0),
  };
  const template = synthesize(wholeSettings({ observability: { ...rest, alarms } })).templates.observability;

  it('function-errors, function-error-rate, function-throttles: counted over all versions (S1-52, S2-61, S2-63, S2-96, S4-153)', () => {
    expect(alarm(template, 'shop-dev-worker-function-errors')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Threshold: 10,
      EvaluationPeriods: 2,
      Period: 300,
    });
    expect(alarm(template, 'shop-dev-worker-function-throttles')).toMatchObject({
      MetricName: 'Throttles',
      Threshold: 0,
    });
    expect(alarm(template, 'shop-dev-worker-function-error-rate').Metrics[1].MetricStat.Metric.MetricName).toBe(
      'Errors',
    );
  });

  it('function-duration: eight tenths of the timeout, in milliseconds (S2-62)', () => {
    expect(alarm(template, 'shop-dev-worker-function-duration')).toMatchObject({
      MetricName: 'Duration',
      Statistic: 'Maximum',
      Threshold: 36_000,
    });
  });

  it('bus-failures: of the rule, on its bus; dead letters of functions count too', () => {
    const names = (one: Json) => one.Dimensions.map(({ Name }: Json) => Name);
    expect(names(alarm(template, 'shop-dev-audit-bus-failures'))).toEqual(['EventBusName', 'RuleName']);
    expect(names(alarm(template, 'shop-dev-clock-bus-failures'))).toEqual(['RuleName']);
    expect(alarm(template, 'shop-dev-worker-bus-failures')).toBeUndefined();
    expect(alarm(template, 'shop-dev-audit-dlq-not-empty')).toMatchObject({ Threshold: 0 });
  });

  it('says whose it is where a service, an API, a queue and a function have the same name', () => {
    const { queues, functions, services, apis } = settings;
    const shared = synthesize(
      wholeSettings({
        queues: { ...queues, audit: Object.values(queues)[0]! },
        apis: { ...apis, web: Object.values(apis)[0]! },
        observability: { ...rest, alarms },
      }),
    ).templates.observability;
    expect(Object.keys(functions)).toContain('audit');
    expect(Object.keys(services)).toContain('web');
    const names = propertiesOf(shared, 'AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'shop-dev-audit-dlq-not-empty-of-function',
        'shop-dev-audit-dlq-not-empty-of-queue',
        'shop-dev-web-error-rate-of-api',
        'shop-dev-web-error-rate-of-service',
        'shop-dev-worker-function-errors',
      ]),
    );
  });

  it('error-rate and latency-p99 of an API, which counts milliseconds (S2-96, S4-74, S4-127, S4-128)', () => {
    expect(alarm(template, 'shop-dev-public-latency-p99')).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: 'Latency',
      Threshold: 2000,
      Dimensions: [{ Name: 'ApiName', Value: 'Shop API' }, { Name: 'Stage' }],
    });
    expect(alarm(template, 'shop-dev-public-error-rate').Metrics[1].MetricStat.Metric.MetricName).toBe('5XXError');
    expect(alarm(template, 'shop-dev-partners-error-rate').Metrics[1].MetricStat.Metric).toMatchObject({
      MetricName: '5xx',
      Dimensions: [{ Name: 'ApiId' }, { Name: 'Stage' }],
    });
  });

  it('have rows on the operations page (S2-92, S2-95, S4-73, S4-143, S4-145, S4-148)', () => {
    const page = propertiesOf(template, 'AWS::CloudWatch::Dashboard').find(({ DashboardName }) =>
      DashboardName.endsWith('operations'),
    );
    const text = JSON.stringify(page.DashboardBody);
    for (const what of ['## api public', '## function worker', 'IntegrationLatency', 'Invocations', 'Throttles'])
      expect(text).toContain(what);
  });
});

describe('the topic of the alarms', () => {
  const receivers = { emails: ['ops@example.com', 'b@example.com'], webhooks: ['https://events.example.com/hook'] };
  const template = watched({ receivers }).templates.observability;

  it('is under a key of its own that CloudWatch may use, and takes from nobody else', () => {
    const [key] = propertiesOf(template, 'AWS::KMS::Key');
    expect(key.EnableKeyRotation).toBe(true);
    expect(key.KeyPolicy.Statement).toContainEqual({
      Sid: 'Alarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': '222222222222' } },
    });
    const [topic] = propertiesOf(template, 'AWS::SNS::Topic');
    expect(topic.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^AlarmsKey/), 'Arn'] });
    const [policy] = propertiesOf(template, 'AWS::SNS::TopicPolicy');
    expect(policy.PolicyDocument.Statement.map(({ Sid }: Json) => Sid)).toEqual(['Alarms', 'RequireTls']);
  });

  it('has a subscription for each mailbox and server, which one more leaves alone (S1-29, S3-108, S3-122)', () => {
    const ids = ({ Resources }: Json) =>
      Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::SNS::Subscription');
    expect(
      propertiesOf(template, 'AWS::SNS::Subscription').map(({ Protocol, Endpoint }) => [Protocol, Endpoint]),
    ).toEqual([
      ['email', 'ops@example.com'],
      ['email', 'b@example.com'],
      ['https', 'https://events.example.com/hook'],
    ]);
    const more = watched({ receivers: { ...receivers, emails: ['a@example.com', ...receivers.emails] } });
    expect(ids(more.templates.observability)).toEqual(expect.arrayContaining(ids(template)));
  });
});

describe('dashboards', () => {
  const bodyOf = (template: Json, name: string): string => {
    const page = propertiesOf(template, 'AWS::CloudWatch::Dashboard').find(
      ({ DashboardName }) => DashboardName === name,
    );
    return typeof page.DashboardBody === 'string'
      ? page.DashboardBody
      : page.DashboardBody['Fn::Join'][1].map((part: Json) => (typeof part === 'string' ? part : 'x')).join('');
  };
  const { templates } = watched({
    alarms: false,
    dashboards: ['operations', 'business', 'cost'],
    customMetrics: [
      { namespace: 'Bday', name: 'EventsProcessed', title: 'Event processing rate' },
      { namespace: 'Bday', name: 'WebhookDelivered', title: 'Webhook delivery success' },
    ],
  });
  const template = templates.observability;

  it('operations: a row for each thing that runs (S1-48, S2-92, S2-93, S2-94, S4-143, S4-146, S4-147, S4-154, C40)', () => {
    const { widgets } = JSON.parse(bodyOf(template, 'shop-dev-operations'));
    const text = JSON.stringify(widgets);
    for (const heading of ['## service web', '## database main', '## queue jobs', '## dead letters jobs'])
      expect(text).toContain(heading);
    for (const metric of [
      'RequestCount',
      'TargetResponseTime',
      'CPUUtilization',
      'DatabaseConnections',
      'ApproximateAgeOfOldestMessage',
    ])
      expect(text).toContain(metric);
    // Nothing lies over anything else, nor beside the page.
    for (const one of widgets)
      for (const other of widgets)
        if (one !== other && one.y < other.y + other.height && other.y < one.y + one.height)
          expect(one.x + one.width <= other.x || other.x + other.width <= one.x).toBe(true);
    expect(Math.max(...widgets.map(({ x, width }: Json) => x + width))).toBeLessThanOrEqual(24);
  });

  it('operations: how large the answers of an API are, from the log of its requests (S4-88)', () => {
    const settings = wholeSettings();
    const { observability } = synthesize(settings).templates;
    const name = `${settings.project}-${settings.environment}-operations`;
    const { widgets } = JSON.parse(bodyOf(observability, name));
    const logs = widgets.filter(({ type }: Json) => type === 'log');
    expect(logs.length).toBe(Object.values(settings.apis).filter(({ logging }) => logging.access).length);
    expect(logs[0].properties).toMatchObject({
      title: 'Bytes of answers',
      query: expect.stringMatching(/^SOURCE 'x' \| .*pct\(responseLength, 99\)/),
    });
  });

  it('business: what the application says of itself (S4-141, S4-142, S4-155)', () => {
    const { widgets } = JSON.parse(bodyOf(template, 'shop-dev-business'));
    expect(widgets).toMatchObject([
      { properties: { title: 'Event processing rate', metrics: [['Bday', 'EventsProcessed', { stat: 'Sum' }]] } },
      { properties: { title: 'Webhook delivery success', metrics: [['Bday', 'WebhookDelivered', { stat: 'Sum' }]] } },
    ]);
  });

  it('cost: from us-east-1, where charges are measured, whatever the region (S4-156, F-147)', () => {
    const { widgets } = JSON.parse(
      bodyOf(watched({ dashboards: ['cost'] }, { region: 'eu-central-1' }).templates.observability, 'shop-dev-cost'),
    );
    expect(widgets.slice(1).map(({ properties }: Json) => properties.region)).toEqual(['us-east-1', 'us-east-1']);
  });

  it('come without a topic or a key where alarms are off (S4-118)', () => {
    expect(resourcesOf(template, 'AWS::SNS::Topic')).toEqual([]);
    expect(resourcesOf(template, 'AWS::KMS::Key')).toEqual([]);
  });
});

describe('saved queries', () => {
  it('ask the logs of every component (S2-101, S3-110)', () => {
    const queries = propertiesOf(watched({}).templates.observability, 'AWS::Logs::QueryDefinition');
    expect(queries.map(({ Name }) => Name)).toContain('shop/dev/errors');
    for (const { LogGroupNames } of queries) expect(LogGroupNames).toHaveLength(1);
  });
});

it('there is no such stack where nobody asked for any of it, or nothing runs (S1-49)', () => {
  expect(synthesize(sampleSettings()).templates).not.toHaveProperty('observability');
  const bare = sampleSettings({
    services: {},
    repositories: {},
    observability: sampleObservability({ alarms: ALARMS }),
  });
  expect(synthesize(bare).templates).not.toHaveProperty('observability');
});
