import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { appendLogEvents } from '../sandbox/services/logs/append-log-events.ts';
import { type Deployable, startDeployable } from '../testing/deployable.ts';
import { ecsServices } from '../testing/two-services.ts';

const YAML = `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 2, max: 8 } } }
queues: { jobs: {} }
functions:
  clock: { source: src/clock.ts, memory: 1024, trigger: { on: schedule, rate: rate(1 day) } }
  quiet: { source: src/clock.ts, memory: 512 }
services:
  worker: { image: { context: . }, command: [work], cpu: 1024, memory: 2048 }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const FLAGS = '--env dev --sandbox';
const HOUR_MS = 3_600_000;

/** So many hours of one value each, up to now. */
async function measured(
  { aws }: Deployable,
  [Namespace, MetricName]: [string, string],
  dimensions: Record<string, string>,
  { value, hours }: { value: number; hours: number },
): Promise<void> {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const MetricData = Array.from({ length: hours }, (_, hour) => ({
    MetricName,
    Dimensions,
    Value: value,
    Timestamp: new Date(Date.now() - (hour + 1) * HOUR_MS),
  }));
  await aws.client(CloudWatchClient).send(new PutMetricDataCommand({ Namespace, MetricData }));
}

const report = (used: number) =>
  `REPORT RequestId: 8f5b7c0e-0000-4000-8000-000000000000\tDuration: 200.10 ms\tBilled Duration: 201 ms\tMemory Size: 1024 MB\tMax Memory Used: ${used} MB\t`;

it('S4-166 S4-167 says which sizes are too large by what was used, with the price of the difference, and changes nothing', async () => {
  const project = await startDeployable({
    yaml: YAML,
    files: { 'src/clock.ts': 'export const handler = async (): Promise<number> => 1;\n' },
  });
  const { aws, succeed, writes, forget, platform } = project;
  await succeed(`deploy ${FLAGS} --yes`);
  const advised = async (more = '') => {
    const { advice } = (await succeed(`cost --advice ${FLAGS} ${more} --json`)).json();
    return Object.fromEntries(advice.map(({ path, ...one }: { path: string }) => [path, one]));
  };

  // Nothing was measured yet, and that is what is said.
  const before = await advised();
  expect(Object.values(before).map(({ verdict }) => verdict)).toEqual(Array(4).fill('too-little'));

  const identifier = (await succeed(`db status ${FLAGS} --json`)).json().databases[0].identifier;
  const { clusterArn = '', serviceName = '' } = (await ecsServices(project)).worker!;
  const dimensions = { ClusterName: clusterArn.split('/').at(-1)!, ServiceName: serviceName };
  for (const [name, value] of [
    ['CPUUtilization', 6],
    ['MemoryUtilization', 12],
  ] as const)
    await measured(project, ['AWS/ECS', name], dimensions, { value, hours: 300 });
  await measured(
    project,
    ['AWS/RDS', 'ServerlessDatabaseCapacity'],
    { DBClusterIdentifier: identifier },
    { value: 2, hours: 300 },
  );
  const group = /^logs:StartQuery on (\S+):/.exec(before['functions.clock'].evidence[0])![1]!;
  const written = await aws.world.transaction(() =>
    appendLogEvents(
      aws.scope,
      group,
      'stream',
      Array.from({ length: 200 }, (_, index) => report(80 + (index % 20))),
    ),
  );
  expect(written).toBe(true);

  forget();
  const after = await advised();
  expect(after['functions.clock']).toMatchObject({
    verdict: 'smaller',
    now: { memory: 1024 },
    suggested: { memory: 192 },
  });
  expect(after['functions.clock'].why).toContain('no call of 200 used more than 99 of 1024 MB');
  expect(after['functions.quiet']).toMatchObject({ verdict: 'too-little', suggested: null, monthly: null });
  // One task of 1 vCPU and 2 GiB instead of 0.25 and 0.5: 36.04 and 9.01 dollars.
  expect(after['services.worker']).toMatchObject({
    verdict: 'smaller',
    suggested: { cpu: 256, memory: 512 },
    monthly: -27.03,
  });
  expect(after['databases.main']).toMatchObject({ verdict: 'smaller', suggested: { 'acu.min': 1 }, monthly: -87.6 });
  const { stdout } = await succeed(`cost --advice ${FLAGS}`);
  expect(stdout).toContain('databases.main could be smaller: acu.min 2 → 1, about $87.60 a month less');
  expect(writes().filter((call) => !/Query/.test(call))).toEqual([]);

  // A night is not taken for the week.
  expect(await platform(`cost --advice --days 1 ${FLAGS}`)).toMatchObject({ exitCode: 2 });
});
