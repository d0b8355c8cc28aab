import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { posts } from '../sandbox/services/sns/state.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`queues: { jobs: {} }
observability: { alarms: true, alarmEmails: [ops@example.com], dashboards: [operations] }`);
const DEPLOY = 'deploy --env dev --sandbox --yes';
const HOUR_MS = 3_600_000;

it('deploys alarms last, with a state; reminds until somebody confirms, asks again who was forgotten, and destroys all of it (F-145, S3-108)', async () => {
  const project = await startDeployable({ yaml: YAML });
  const first = await project.succeed(`${DEPLOY} --json`);
  const { stacks, outputs } = first.json();
  expect(stacks.map(({ name }: { name: string }) => name)).toEqual(['demo-dev-messaging', 'demo-dev-observability']);
  expect(outputs).toMatchObject({
    'observability.alarmTopicArn': expect.stringContaining(':sns:'),
    'observability.dashboards.operations': 'demo-dev-operations',
  });
  expect(first.stderr).toContain('ops@example.com hears no alarm yet: whoever reads ops@example.com follows the link');
  await project.aws.settle();
  const cloudWatch = project.aws.client(CloudWatchClient);
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({}));
  expect(MetricAlarms!.map(({ AlarmName, StateValue }) => [AlarmName, StateValue])).toEqual([
    ['demo-dev-jobs-dlq-not-empty', 'OK'],
    ['demo-dev-jobs-queue-age', 'OK'],
    ['demo-dev-jobs-queue-depth', 'OK'],
  ]);

  await project.aws.advance(49 * HOUR_MS);
  const again = await project.succeed(DEPLOY);
  expect(again.stderr).toContain('ops@example.com hears no alarm yet and was asked again');
  const mail = posts.in(project.aws.scope).values().at(-1)!;
  await fetch(/http\S+/.exec(mail.body)![0]);
  project.forget();
  const third = await project.succeed(DEPLOY);
  expect(third.stderr).not.toContain('hears no alarm');
  expect(project.writes()).toEqual([]);

  await project.succeed('destroy --env dev --sandbox --yes --confirm dev/environment');
  expect((await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([]);
  expect((await cloudWatch.send(new ListDashboardsCommand({}))).DashboardEntries).toEqual([]);
});

it('waits with alarms on a service until it is rolled out, and looks at what really runs (S3-14)', async () => {
  const project = await startDeployable({
    yaml: `project: demo
network: { nat: none }
observability: { alarms: true, alarmEmails: [ops@example.com] }
services:
  web: { image: { context: . }, port: 8000, health: { path: /health }, http: { certificate: none, insecure: true } }
environments:
  dev: { kind: dev, account: "111111111111" }
`,
  });
  await project.succeed(DEPLOY);
  await project.aws.settle();
  const { MetricAlarms } = await project.aws
    .client(CloudWatchClient)
    .send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'demo-dev-' }));
  expect(MetricAlarms!.map(({ AlarmName, StateValue }) => [AlarmName, StateValue])).toEqual([
    ['demo-dev-web-error-rate', 'OK'],
    ['demo-dev-web-healthy-hosts', 'OK'],
    ['demo-dev-web-latency-p99', 'OK'],
    ['demo-dev-web-service-cpu', 'OK'],
    ['demo-dev-web-service-memory', 'OK'],
  ]);
});
