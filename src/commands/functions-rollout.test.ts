import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CodeDeploy } from '@aws-sdk/client-codedeploy';
import { Lambda } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { deployments } from '../sandbox/services/codedeploy/state.ts';
import { aliases } from '../sandbox/services/lambda/state.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`functions:
  api: { source: src/api.ts, rollout: { type: canary, percent: 10, minutes: 5 } }
`);

it('traffic moves in steps, and a release is proven when all of it has moved (S4-10)', async () => {
  const { directory, succeed } = await startDeployable({
    yaml: YAML,
    files: { 'src/api.ts': 'export const handler = async (): Promise<number> => 1;\n' },
  });
  const first = (await succeed('deploy --env dev --yes --json')).json();
  expect(first.functions).toMatchObject([{ name: 'api', version: '1' }]);
  mkdirSync(join(directory, 'src'), { recursive: true });
  writeFileSync(join(directory, 'src/api.ts'), 'export const handler = async (): Promise<number> => 2;\n');
  const second = (await succeed('deploy --env dev --yes --json')).json();
  expect(second.functions).toMatchObject([{ name: 'api', version: '2' }]);
});

it('F-107: an alarm of the new version takes the traffic back, and is told with what it saw; not F-107 when a person stops it', async () => {
  const { aws, directory, succeed, platform } = await startDeployable({
    yaml: YAML,
    files: { 'src/api.ts': 'export const handler = async (): Promise<number> => 1;\n' },
    sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] },
  });
  await succeed('deploy --env dev --yes');
  const underWay = () =>
    deployments
      .in(aws.scope)
      .values()
      .find(({ status }) => status === 'InProgress');
  /** Deploys the next version, and does something while traffic is on both. */
  const meanwhile = async (version: number, act: () => Promise<unknown>) => {
    writeFileSync(join(directory, 'src/api.ts'), `export const handler = async (): Promise<number> => ${version};\n`);
    await aws.world.setSpeed(100);
    const finished = platform('deploy --env dev --yes --json');
    while (!underWay()) await new Promise((done) => setImmediate(done));
    await aws.world.setSpeed(1e-6);
    await act();
    await aws.world.setSpeed(1e6);
    return finished;
  };
  const cloudWatch = aws.client(CloudWatch);
  const run = await meanwhile(2, async () => {
    const { MetricAlarms = [] } = await cloudWatch.describeAlarms({});
    const { AlarmName } = MetricAlarms.find(({ AlarmDescription = '' }) =>
      AlarmDescription.startsWith('Sends traffic'),
    )!;
    const StateReason = 'Threshold Crossed: 1 datapoint [42.0] was greater than the threshold (1.0).';
    await cloudWatch.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason });
  });
  expect(run.exitCode).toBe(1);
  expect(run.json().error.details.causes).toMatchObject([
    {
      id: 'F-107',
      subject: 'stacks.functions',
      certainty: 'certain',
      evidence: [
        { call: 'cloudformation:DescribeStackEvents', value: expect.stringContaining('alarms have been activated') },
        { call: 'cloudwatch:DescribeAlarmHistory', value: expect.stringContaining('1 datapoint [42.0]') },
      ],
      remedy: expect.stringContaining('all traffic is on the version before'),
    },
  ]);
  const [live] = aliases.in(aws.scope).values();
  expect(live).toMatchObject({ version: '1' });

  const { MetricAlarms = [] } = await cloudWatch.describeAlarms({ StateValue: 'ALARM' });
  for (const { AlarmName } of MetricAlarms)
    await cloudWatch.setAlarmState({ AlarmName, StateValue: 'OK', StateReason: 'quiet again' });
  const stopped = await meanwhile(3, () =>
    aws.client(CodeDeploy).stopDeployment({ deploymentId: underWay()!.id, autoRollbackEnabled: true }),
  );
  expect(stopped.exitCode).toBe(1);
  expect(JSON.stringify(stopped.json())).not.toContain('F-107');
});

it('S4-126 S4-133: rollback of a function whose traffic moves in steps is told to its stack, and the next version moves in steps from there', async () => {
  const { aws, directory, succeed, platform, configure } = await startDeployable({
    yaml: YAML,
    files: { 'src/api.ts': 'export const handler = async (): Promise<number> => 1;\n' },
  });
  const write = (version: number) =>
    writeFileSync(join(directory, 'src/api.ts'), `export const handler = async (): Promise<number> => ${version};\n`);
  const live = () => aliases.in(aws.scope).values()[0]!;
  const shifts = () => deployments.in(aws.scope).values();
  await succeed('deploy --env dev --yes');
  write(2);
  await succeed('deploy --env dev --yes');

  const back = (await succeed('rollback api --env dev --yes --json')).json();
  expect(back).toMatchObject({
    functions: [{ version: '1' }],
    versions: [
      { version: '2', live: true },
      { version: '1', live: false },
    ],
  });
  expect(live().version).toBe('1');
  for (const words of ['', `--to ${back.rollback.to}`]) {
    const again = (await succeed(`rollback api --env dev ${words} --yes --json`)).json();
    expect(again.release).toBeNull();
    expect(live().version).toBe('1');
  }

  // Forward again, of the same code and of other: each time from where the alias is, in steps.
  const forward = (await succeed('deploy --env dev --yes --json')).json();
  expect(forward.functions).toMatchObject([{ version: '2' }]);
  expect(shifts().at(-1)).toMatchObject({ from: '1', to: '2', status: 'Succeeded' });
  await succeed('rollback api --env dev --yes');
  write(3);
  const third = (await succeed('deploy --env dev --yes --json')).json();
  expect(third.functions).toMatchObject([{ version: '3' }]);
  expect(shifts().at(-1)).toMatchObject({ from: '1', to: '3', status: 'Succeeded' });
  expect(shifts().every(({ status }) => status === 'Succeeded')).toBe(true);
  const unchanged = (await succeed('deploy --env dev --yes --json')).json();
  expect(unchanged.stacks.every(({ action }: { action: string }) => action === 'none')).toBe(true);

  // All at once from now on: the stack has nothing to be told.
  configure(smallYaml('functions: { api: { source: src/api.ts } }'));
  await succeed('deploy --env dev --yes');
  const count = shifts().length;
  await succeed('rollback api --env dev --yes');
  await succeed('deploy --env dev --yes');
  expect(shifts()).toHaveLength(count);
  const lambda = aws.client(Lambda, { account: '111111111111' });
  await lambda.updateAlias({
    FunctionName: live().function,
    Name: 'live',
    RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } },
  });
  const shifting = await platform('rollback api --env dev --yes --json');
  expect([shifting.exitCode, shifting.json().error.id]).toEqual([1, 'rollback-function-shifting']);
  expect((await platform('rollback api --env dev --watch never --yes')).exitCode).toBe(2);
  expect((await platform('rollback --env dev --watch 1m --yes --json')).json().error.id).toBe(
    'rollback-watches-functions',
  );
});
