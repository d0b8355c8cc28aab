import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { type Deployable, startDeployable } from '../testing/deployable.ts';
import { haveFailed, holdTime } from '../testing/hold-time.ts';
import { startTwoServices, twoServices } from '../testing/two-services.ts';

const DEPLOY = 'deploy --env dev --sandbox --yes --json';

/** Every run that was kept, the oldest first. */
function records({ directory }: Deployable) {
  const folder = join(directory, '.platform', 'runs');
  return readdirSync(folder)
    .toSorted()
    .map((id) => {
      const file = join(folder, id, 'run.json');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const record = JSON.parse(readFileSync(file, 'utf8'));
      expect(record.id).toBe(id);
      return record;
    });
}

// biome-ignore lint/suspicious/noExplicitAny: documents are asserted, not used
const of = (record: any, kind: string) => record.seen.filter((one: any) => one.kind === kind);

it('keeps what the tasks of a first deployment said, after the stack and the tasks are gone (F-53, F-150)', async () => {
  const project = await startDeployable({
    yaml: twoServices(),
    sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] },
  });
  // As many looks at a rollout as a person's at AWS: 20 ms are 20 s.
  await project.aws.world.setSpeed(1000);
  const logs = ['no such module: app', 'token=canary-7a', '\u001b[2Jgone'];
  setBehaviour(project.aws.scope, '$ work', { exit: { code: 3, afterMs: 1_000 }, logs });
  const run = await holdTime(project, `${DEPLOY} --wait-anyway`, [
    { from: haveFailed(project, 1), until: (said) => said.includes('; 1 stopped: ') },
  ]);
  expect(run.exitCode).toBe(1);
  const { error } = run.json();
  expect(error).toMatchObject({
    id: 'stack-failed',
    details: {
      service: 'worker',
      stopped: 3,
      reasons: ['app exited with 3'],
      endedBy: 'aws',
      state: 'demo-dev-service-worker is ROLLBACK_COMPLETE, none of its tasks runs',
    },
  });
  expect(run.stderr).toContain('rollout of worker: running, 0 of 1 new tasks run; 1 stopped: app exited with 3');
  await expect(
    project.aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: 'demo-dev-service-worker' })),
  ).resolves.toMatchObject({ Stacks: [{ StackStatus: 'ROLLBACK_COMPLETE' }] });

  const [record] = records(project);
  expect(run.stderr).toContain(`What was seen is kept: platform explain ${record.id} shows it again`);
  expect(record).toMatchObject({ command: 'deploy', outcome: 'failed', failure: { id: 'stack-failed' } });
  expect(of(record, 'blind')).toEqual([]);
  const tasks = of(record, 'task');
  expect(tasks).toHaveLength(3);
  expect(tasks[0]).toMatchObject({
    service: 'worker',
    role: 'new',
    stopCode: 'EssentialContainerExited',
    containers: [{ name: 'app', exitCode: 3 }],
  });
  expect(of(record, 'log')[0]).toMatchObject({
    task: tasks[0].task,
    lines: ['no such module: app', 'token=***', 'gone'],
  });
  expect(of(record, 'resource')[0]).toMatchObject({ type: 'AWS::ECS::Service', status: 'CREATE_FAILED' });
  expect(JSON.stringify(record)).not.toContain('canary');
});

it('keeps a blocked preflight; a question declined, a mistyped word and a dry run leave nothing', async () => {
  const project = await startDeployable({ yaml: twoServices() });
  await project.platform('deploy --env dev --sandbox --yes --dry-run');
  await project.platform('deploy --env dev --sandbox', { answer: () => false });
  await project.platform('deploy --env dev --sandbox');
  expect(() => records(project)).toThrow('ENOENT');

  const blocked = await project.platform(`${DEPLOY} --image web=v9`);
  expect(blocked.json().error.id).toBe('deploy-blocked');
  const [record] = records(project);
  expect(record).toMatchObject({ command: 'deploy', outcome: 'failed', failure: { id: 'deploy-blocked' } });
  expect(record.failure.problems).toHaveLength(1);
  expect(blocked.stderr).toContain(`platform explain ${record.id}`);
});

it('records a rollout that goes well under the id of its release, and none of the tasks that it replaces', async () => {
  const project = await startTwoServices();
  await project.aws.world.setSpeed(1000);
  project.configure(twoServices('cpu: 1024').replace('cpu: 1024', 'cpu: 1024\n    memory: 2048'));
  const done = await project.succeed(DEPLOY);
  expect(done.json().stacks).toContainEqual(
    expect.objectContaining({ name: 'demo-dev-service-worker', action: 'update' }),
  );
  const record = records(project).at(-1);
  expect(record).toMatchObject({ id: done.json().release.id, outcome: 'done', failure: null });
  expect(of(record, 'task')).toEqual([]);
  expect(new Set(of(record, 'rollout').map((one: { role: string }) => one.role))).toEqual(new Set(['new']));
});

it('keeps alarms of a service that ring while it is rolled out, and none that rang before or are another’s', async () => {
  const project = await startTwoServices();
  const alarms = project.aws.client(CloudWatchClient);
  const names = ['demo-dev-worker-before', 'demo-dev-web-orders', 'demo-dev-worker-orders'];
  for (const AlarmName of names)
    await alarms.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'Shop',
        MetricName: 'Orders',
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        Statistic: 'Sum',
        // They ring when they are told to, and stay so.
        TreatMissingData: 'ignore',
      }),
    );
  const ring = (AlarmName: string) =>
    alarms.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'too few orders' }));
  await ring('demo-dev-worker-before');
  await project.aws.world.setSpeed(1000);
  setBehaviour(project.aws.scope, '$ work', { exit: { code: 3, afterMs: 8_000 }, logs: [] });
  project.configure(twoServices('memory: 2048'));
  const run = await holdTime(project, `${DEPLOY} --wait-anyway`, [
    {
      from: (said) => said.includes('rollout of worker: running'),
      act: () => Promise.all(names.slice(1).map(ring)),
      until: (said) => said.includes('an alarm rings'),
    },
  ]);
  expect(run.exitCode).toBe(1);
  const record = records(project).at(-1);
  const seen = of(record, 'alarm');
  expect(seen.map(({ service, alarm, state }: Record<string, string>) => `${service} ${alarm} ${state}`)).toContain(
    'worker demo-dev-worker-orders ALARM',
  );
  expect(JSON.stringify(seen)).not.toContain('before');
  expect(seen.filter(({ service, alarm }: Record<string, string>) => !alarm!.includes(`-${service}-`))).toEqual([]);
  expect((await project.succeed('explain')).stdout).toContain('alarm demo-dev-worker-orders ALARM');
});
