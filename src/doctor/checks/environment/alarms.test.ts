import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DisableAlarmActionsCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { alarms as alarmRows, metricSwitches } from '../../../sandbox/services/monitoring/state.ts';
import { posts } from '../../../sandbox/services/sns/state.ts';
import { type Deployable, smallYaml } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

const YAML = smallYaml(`queues: { jobs: {} }
observability: { alarms: true, alarmEmails: [ops@example.com], dashboards: [operations, cost] }`);
const start = () => startDeployed({ yaml: YAML });
const FIX = '--env dev --sandbox --fix';
const HOUR_MS = 3_600_000;

const mails = ({ aws }: Deployable) => posts.in(aws.scope).values();
const confirm = (project: Deployable) =>
  fetch(/http\S+/.exec(mails(project).at(-1)!.body)![0].replace(/^http:\/\/[^/]+/, project.aws.endpoint));

async function topicOf({ aws }: Deployable): Promise<string> {
  const { Topics } = await aws.client(SNSClient).send(new ListTopicsCommand({}));
  return Topics![0]!.TopicArn!;
}

/** As if the alarm had been there for a day. */
function age({ aws }: Deployable, name: string, change: object = {}): void {
  alarmRows.in(aws.scope).update(name, (draft) => {
    Object.assign(draft, { configuredAt: Date.now() - 24 * HOUR_MS }, change);
  });
}

describe('alarm-receivers', () => {
  it('alarm-receivers: sick until who was asked has confirmed, who is asked again on request; alarm-receivers: healthy then (F-145, not F-145)', async () => {
    const project = await start();
    expect(await checked(project, 'alarm-receivers')).toMatchObject({
      exitCode: 0,
      checks: [
        {
          status: 'problem',
          severity: 'warning',
          subject: 'ops@example.com',
          failure: 'F-145',
          evidence: [{ call: 'sns:ListSubscriptionsByTopic', value: 'PendingConfirmation' }],
          remedy: expect.stringContaining('follows the link'),
        },
      ],
    });
    const before = mails(project).length;
    const fixed = await checked(project, 'alarm-receivers', FIX);
    expect(fixed.document.fixes).toMatchObject([{ subject: 'ops@example.com', outcome: 'still-sick' }]);
    expect(mails(project)).toHaveLength(before + 1);
    await confirm(project);
    expect((await checked(project, 'alarm-receivers')).checks).toMatchObject([{ status: 'ok' }]);
  });

  it('alarm-receivers: sick where SNS has forgotten who never answered, which the stack does not know (F-145)', async () => {
    const project = await start();
    await project.aws.advance(49 * HOUR_MS);
    expect((await checked(project, 'alarm-receivers')).checks).toMatchObject([
      { failure: 'F-145', detail: expect.stringContaining('two days') },
    ]);
    await checked(project, 'alarm-receivers', FIX);
    const TopicArn = await topicOf(project);
    const { Subscriptions } = await project.aws
      .client(SNSClient)
      .send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toMatchObject([{ Endpoint: 'ops@example.com', SubscriptionArn: 'PendingConfirmation' }]);
  });
});

describe('alarms', () => {
  it('alarms: healthy where they look at what there is, old or new; not F-146', async () => {
    const project = await start();
    for (const { AlarmName } of alarmRows.in(project.aws.scope).values()) age(project, AlarmName);
    expect((await checked(project, 'alarms')).checks).toMatchObject([{ status: 'ok', detail: '3 alarms' }]);
  });

  it('alarms: sick where one looks at a name that nothing has, and not while it is new (F-146)', async () => {
    const project = await start();
    const Dimensions = [{ Name: 'QueueName', Value: 'renamed' }];
    age(project, 'demo-dev-jobs-queue-depth', { Dimensions });
    expect(await checked(project, 'alarms')).toMatchObject({
      exitCode: 0,
      checks: [
        {
          severity: 'warning',
          subject: 'demo-dev-jobs-queue-depth',
          failure: 'F-146',
          detail: expect.stringContaining('QueueName=renamed'),
          evidence: [{ call: 'cloudwatch:DescribeAlarms' }, { call: 'cloudwatch:ListMetrics' }],
        },
      ],
    });
    age(project, 'demo-dev-jobs-queue-depth', { Dimensions, configuredAt: Date.now() });
    expect((await checked(project, 'alarms')).checks).toMatchObject([{ status: 'ok' }]);
  });

  it('alarms: sick where the topic does not let CloudWatch in, and where one is firing (F-145)', async () => {
    const project = await start();
    const TopicArn = await topicOf(project);
    await project.aws
      .client(SNSClient)
      .send(
        new SetTopicAttributesCommand({ TopicArn, AttributeName: 'KmsMasterKeyId', AttributeValue: 'alias/aws/sns' }),
      );
    const sqs = project.aws.client(SQSClient);
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
    const QueueUrl = QueueUrls!.find((url) => url.includes('DeadLetters'))!;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'nobody could' }));
    await project.aws.advance(HOUR_MS / 2);
    expect((await checked(project, 'alarms')).checks).toMatchObject([
      {
        severity: 'error',
        subject: 'demo-dev-jobs-dlq-not-empty',
        failure: 'F-145',
        evidence: [
          { value: expect.stringContaining('does not have authorization to access the SNS topic encryption key') },
        ],
      },
      { severity: 'warning', subject: 'demo-dev-jobs-dlq-not-empty', detail: expect.stringContaining('firing since') },
    ]);
  });

  it('alarms: sick where one was deleted, switched off or led elsewhere by hand (F-19); --fix asks, brings it back and looks again', async () => {
    const project = await start();
    const cloudWatch = project.aws.client(CloudWatchClient);
    const names = alarmRows
      .in(project.aws.scope)
      .values()
      .map(({ AlarmName }) => AlarmName)
      .sort();
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [names[0]!] }));
    await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: [names[1]!] }));
    age(project, names[2]!, { AlarmActions: [] });
    expect(await checked(project, 'alarms')).toMatchObject({
      exitCode: 1,
      checks: [
        {
          subject: names[0],
          failure: 'F-19',
          evidence: [{ value: 'absent' }],
          remedy: expect.stringContaining('recover'),
        },
        { subject: names[1], failure: 'F-19', evidence: [{ value: 'false' }] },
        { subject: names[2], failure: 'F-19', evidence: [{ value: '[]' }], handling: null },
      ],
    });
    const { document } = await checked(project, 'alarms', `${FIX} --yes`);
    // A drift-aware change set would change the third one too: nobody agreed to that.
    expect(document.fixes).toMatchObject([{ outcome: 'refused' }, { subject: names[1], outcome: 'fixed' }]);
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [names[2]!] }));
    expect(await checked(project, 'alarms', `${FIX} --yes`)).toMatchObject({
      exitCode: 0,
      document: { fixes: [{ outcome: 'fixed' }, { outcome: 'gone' }] },
    });
  });

  it('leaves the alarms of others alone', async () => {
    const project = await start();
    await project.aws.client(CloudWatchClient).send(
      new PutMetricAlarmCommand({
        AlarmName: 'demo-dev-of-somebody-else',
        Namespace: 'Own',
        MetricName: 'none',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    age(project, 'demo-dev-of-somebody-else');
    expect((await checked(project, 'alarms')).checks).toMatchObject([{ status: 'ok' }]);
  });
});

describe('billing-metrics', () => {
  it('billing-metrics: healthy where the account measures its charges; billing-metrics: sick where it does not (F-147)', async () => {
    const project = await start();
    expect((await checked(project, 'billing-metrics')).checks).toMatchObject([{ status: 'ok' }]);
    metricSwitches.in(project.aws.scope).put('billing', { on: false });
    expect(await checked(project, 'billing-metrics')).toMatchObject({
      exitCode: 0,
      checks: [{ severity: 'warning', failure: 'F-147', remedy: expect.stringContaining('Billing preferences') }],
    });
  });

  it('not F-147: where nobody asked for a cost dashboard', async () => {
    const project = await start();
    project.configure(YAML.replace(', cost', ''));
    metricSwitches.in(project.aws.scope).put('billing', { on: false });
    expect((await checked(project, 'billing-metrics')).checks).toMatchObject([{ status: 'skipped' }]);
  });
});
