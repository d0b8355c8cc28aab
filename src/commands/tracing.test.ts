import { expect, it } from 'vitest';
import { tasks } from '../sandbox/services/ecs/state.ts';
import { appendLogEvents } from '../sandbox/services/logs/append-log-events.ts';
import { logGroups } from '../sandbox/services/logs/state.ts';
import { type Deployable, smallYaml } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const FLAGS = '--env dev --sandbox';
const W3C = '67a8b9c04d5e6f708192a3b4c5d6e7f8';
const XRAY = '1-67a8b9c0-4d5e6f708192a3b4c5d6e7f8';

const yaml = (observability: string) =>
  smallYaml(
    ['services: { worker: { image: { context: . }, command: [work] } }', `observability: ${observability}`].join('\n'),
  ).replace(/^network: .*$/m, 'network: { nat: none }');
const start = () => startDeployed({ yaml: yaml('{ tracing: true }') });

const containersOf = ({ aws }: Deployable) =>
  tasks
    .in(aws.scope)
    .values()
    .filter(({ task }) => task.lastStatus === 'RUNNING')
    .map(({ task }) => task.containers?.map(({ name }) => name));

/** As X-Ray keeps spans: nobody else may write there. */
function spans({ aws }: Deployable, ...lines: object[]): void {
  const group = 'aws/spans';
  logGroups.in(aws.scope).put(group, {
    name: group,
    arn: `arn:aws:logs:${aws.scope.region}:${aws.scope.account}:log-group:${group}`,
    created: Date.now(),
    class: 'STANDARD',
    isProtected: false,
    tags: {},
  });
  appendLogEvents(
    aws.scope,
    group,
    'default',
    lines.map((line) => JSON.stringify(line)),
  );
}

it('a traced service runs with its collector, is proven by its own container, and loses it again (S2-103)', async () => {
  const project = await start();
  expect(containersOf(project)).toEqual([['app', 'trace-collector']]);
  const { services } = (await project.succeed(`status ${FLAGS} --json`)).json();
  expect(services).toMatchObject([{ name: 'worker', desired: 1, running: 1 }]);
  await project.succeed(`deploy ${FLAGS} --yes`);
  expect(project.writes()).toEqual([]);

  project.configure(yaml('{ tracing: false }'));
  await project.succeed(`deploy ${FLAGS} --yes`);
  expect(containersOf(project)).toEqual([['app']]);
});

it('logs trace finds the spans of services under either way of writing a trace’s id (S2-103, S3-112)', async () => {
  const project = await start();
  const { group } = logGroups
    .in(project.aws.scope)
    .values()
    .map(({ name }) => ({ group: name }))[0]!;
  appendLogEvents(project.aws.scope, group, 'worker/app/1', [`charged, trace ${XRAY}`, 'another request']);
  spans(
    project,
    {
      traceId: W3C,
      name: 'POST /orders',
      kind: 'SERVER',
      durationNano: 12_000_000,
      resource: { attributes: { 'service.name': 'worker' } },
    },
    { traceId: '0'.repeat(32), name: 'GET /other' },
  );
  for (const id of [W3C, XRAY]) {
    const traced = (await project.succeed(`logs trace ${id} ${FLAGS} --json`)).json();
    expect(traced.lines.map(({ component, text, from }: Record<string, string>) => [component, text, from])).toEqual([
      ['worker', `charged, trace ${XRAY}`, 'log'],
      ['worker', 'server POST /orders, 12 ms', 'span'],
    ]);
    expect(traced.console).toContain(`#xray:traces/${XRAY}`);
  }
});

it('refuses a service that its collector leaves nothing, before anything is asked of AWS: exit 2', async () => {
  const project = await start();
  project.configure(yaml('{ tracing: true, collector: { memory: 1000 } }'));
  const run = await project.platform(`deploy ${FLAGS} --yes`);
  expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('the collector of traces takes 1000')]);
  project.configure(yaml('{ tracing: true, collector: { image: "public.ecr.aws/x/otel:latest" } }'));
  const newest = await project.platform(`validate ${FLAGS}`);
  expect([newest.exitCode, newest.stderr]).toEqual([2, expect.stringContaining('never latest')]);
  expect(project.writes()).toEqual([]);
});
