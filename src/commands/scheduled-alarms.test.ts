import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { posts } from '../sandbox/services/sns/state.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(
  [
    'services:',
    '  worker:',
    '    image: { context: . }',
    '    command: [work]',
    '    scheduledTasks: { clean-up: { rate: rate(1 hour), command: [clean, up] } }',
    'observability: { alarms: true, alarmEmails: [ops@example.com] }',
  ].join('\n'),
).replace(/^network: .*$/m, 'network: { nat: none }');
const HOUR_MS = 3_600_000;

it('who hears alarms hears of a run by the clock that failed or could not begin, and of no run that went well', async () => {
  const project = await startDeployable({ yaml: YAML });
  await project.succeed('deploy --env dev --sandbox --yes');
  const mails = () => posts.in(project.aws.scope).values();
  await fetch(/http\S+/.exec(mails().at(-1)!.body)![0]);
  const told = () => mails().flatMap(({ body }) => (/Scheduled task/.test(body) ? [body] : []));
  const run = async () => {
    await project.aws.advance(HOUR_MS + 300_000);
    await project.aws.settle();
  };

  await run();
  expect(told()).toEqual([]);
  setBehaviour(project.aws.scope, '$ clean up', { exit: { code: 3, afterMs: 1_000 } });
  await run();
  // Virtual time may have gone on to the next run.
  expect(told().length).toBeGreaterThan(0);
  expect(told()[0]).toMatch(
    /Scheduled task clean-up of worker \(demo\/dev\) failed at \S+Z: Essential container in task exited\. Its log: platform logs worker --env dev\. arn:aws:ecs:/,
  );
  const { MetricAlarms = [] } = await project.aws
    .client(CloudWatchClient)
    .send(new DescribeAlarmsCommand({ AlarmNames: ['demo-dev-worker-clean-up-schedule-failures'] }));
  expect(MetricAlarms).toMatchObject([{ MetricName: 'FailedInvocations', StateValue: 'OK' }]);

  const events = project.aws.client(EventBridge);
  const { Rules = [] } = await events.listRules({});
  const { EventPattern } = Rules.find((rule) => rule.EventPattern?.includes('worker-at-clean-up'))!;
  const isTold = async (detail: object) => {
    const ended = { lastStatus: 'STOPPED', group: 'family:demo-dev-worker-at-clean-up', ...detail };
    const Event = JSON.stringify({
      id: '1',
      'detail-type': 'ECS Task State Change',
      source: 'aws.ecs',
      account: '111111111111',
      time: '2026-11-30T00:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: ended,
    });
    return (await events.testEventPattern({ EventPattern, Event })).Result;
  };
  // What never ran has no exit code.
  expect(await isTold({ stopCode: 'TaskFailedToStart', containers: [{ name: 'app' }] })).toBe(true);
  expect(await isTold({ stopCode: 'EssentialContainerExited', containers: [{ exitCode: 0 }] })).toBe(false);
  expect(await isTold({ group: 'family:other', containers: [{ exitCode: 1 }] })).toBe(false);
});
