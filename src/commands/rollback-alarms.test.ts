import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { serviceDeployments } from '../sandbox/services/ecs/state.ts';
import { type Deployable, smallYaml } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { ecsServices } from '../testing/two-services.ts';

const yaml = (more = '') =>
  smallYaml(
    `services: { web: { image: { context: . }, port: 8080, http: { certificate: none, insecure: true }, health: { path: / }, rollbackOn: [error-rate]${more} } }`,
  ).replace(/^network: .*$/m, 'network: { nat: none }');

const FLAGS = '--env dev --sandbox';
const start = () => startDeployed({ yaml: yaml(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });

async function alarm({ aws }: Deployable) {
  const cloudWatch = aws.client(CloudWatch);
  const { MetricAlarms = [] } = await cloudWatch.describeAlarms({ AlarmNamePrefix: 'demo-dev-service-web-' });
  const { AlarmName } = MetricAlarms[0]!;
  const ring = () =>
    cloudWatch.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason: '1 datapoint [50.0] was greater' });
  return { AlarmName: AlarmName!, ring };
}

/** Deploys, and does something while the service is rolled out. */
async function meanwhile({ aws, platform }: Deployable, act: () => Promise<unknown>) {
  const rollouts = () => serviceDeployments.in(aws.scope).values();
  const before = rollouts().length;
  await aws.world.setSpeed(100);
  const finished = platform(`deploy ${FLAGS} --yes --json`);
  while (rollouts().length === before) await new Promise((done) => setImmediate(done));
  await aws.world.setSpeed(1e-6);
  await act();
  await aws.world.setSpeed(1e6);
  return finished;
}

it('a rollout whose alarm rings is taken back by ECS, and told with the alarm and what it saw (F-107)', async () => {
  const project = await start();
  const before = (await ecsServices(project)).web!.taskDefinition;
  const { AlarmName, ring } = await alarm(project);
  project.configure(yaml(', env: { BROKEN: "yes" }'));
  const failed = await meanwhile(project, ring);
  expect(failed.exitCode).toBe(1);
  const [cause] = failed.json().error.details.causes;
  expect(cause).toMatchObject({
    id: 'F-107',
    subject: 'services.web',
    certainty: 'certain',
    evidence: [
      { call: 'ecs:DescribeServiceDeployments', value: expect.stringContaining(AlarmName) },
      { call: 'cloudwatch:DescribeAlarmHistory', value: expect.stringContaining('datapoint [50.0]') },
    ],
  });
  expect((await ecsServices(project)).web!.taskDefinition).toBe(before);
});

it('not F-107: an alarm that rings before the rollout does not keep what mends it from being rolled out', async () => {
  const project = await start();
  const { ring } = await alarm(project);
  await ring();
  project.configure(yaml(', env: { MENDED: "yes" }'));
  const { services } = (await project.succeed(`deploy ${FLAGS} --yes --json`)).json();
  expect(services).toMatchObject([{ name: 'web', running: 1 }]);
});
