import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CodeDeploy } from '@aws-sdk/client-codedeploy';
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
