import { EventBridge } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { tasks } from '../sandbox/services/ecs/state.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const yaml = (more = '') =>
  smallYaml(
    [
      'secrets: { app: { keys: { API_KEY: {} } } }',
      'services:',
      '  worker:',
      '    image: { context: . }',
      '    command: [work]',
      '    secrets: { API_KEY: "secret.app#API_KEY" }',
      `    scheduledTasks: { clean-up: { rate: rate(10 minutes), command: [clean, up] }${more} }`,
    ].join('\n'),
  ).replace(/^network: .*$/m, 'network: { nat: none }');

const FLAGS = '--env dev --sandbox';
const start = () => startDeployed({ yaml: yaml() });

const startedByClock = ({ aws }: Deployable) =>
  tasks
    .in(aws.scope)
    .values()
    .filter(({ task }) => task.startedBy?.startsWith('events-rule/'));

async function rules({ aws }: Deployable) {
  const events = aws.client(EventBridge);
  const { Rules = [] } = await events.listRules({});
  return Rules.filter(({ ScheduleExpression }) => ScheduleExpression);
}

const tenMinutes = 600_000;

describe('a scheduled task', () => {
  it('runs by the clock with the image, variables and rights of its service, and writes to its log', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ clean up', { logs: ['cleaned 3 carts'] });
    await project.aws.advance(tenMinutes + 60_000);
    const [run, ...others] = startedByClock(project);
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      task: {
        launchType: 'FARGATE',
        group: 'family:demo-dev-worker-at-clean-up',
        lastStatus: 'STOPPED',
        containers: [{ name: 'app', exitCode: 0 }],
      },
    });
    const { services } = (await project.succeed(`status ${FLAGS} --json`)).json();
    expect(services[0].scheduledTasks).toEqual([{ name: 'clean-up', enabled: true }]);
    expect((await project.succeed(`logs worker ${FLAGS}`)).stdout).toContain('cleaned 3 carts');
  });

  it('is paused with its service, woken by no deployment, and goes on when that is resumed', async () => {
    const project = await start();
    await project.succeed(`pause worker ${FLAGS} --yes`);
    expect(await rules(project)).toMatchObject([{ State: 'DISABLED' }]);
    project.forget();
    await project.succeed(`pause worker ${FLAGS} --yes`);
    expect(project.writes()).toEqual([]);

    project.configure(
      yaml(', nightly: { rate: cron(0 3 * * ? *), command: [report] }').replace('[clean, up]', '[clean]'),
    );
    await project.succeed(`deploy ${FLAGS} --yes`);
    expect((await rules(project)).map(({ State }) => State)).toEqual(['DISABLED', 'DISABLED']);
    const standing = (await project.succeed(`status ${FLAGS} --json`)).json();
    expect(standing.services[0]).toMatchObject({
      paused: true,
      scheduledTasks: [{ enabled: false }, { enabled: false }],
    });
    const paused = (await project.succeed(`doctor ${FLAGS} --only scheduled-tasks --json`)).json();
    expect(paused.summary.problems ?? 0).toBe(0);

    await project.succeed(`resume worker ${FLAGS} --yes`);
    expect((await rules(project)).map(({ State }) => State)).toEqual(['ENABLED', 'ENABLED']);
  });

  it('that runs does not keep its environment from being destroyed', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ clean up', { exit: { code: 0, afterMs: 86_400_000 } });
    await project.aws.advance(tenMinutes + 60_000);
    expect(startedByClock(project)).toMatchObject([{ task: { lastStatus: 'RUNNING' } }]);
    await project.succeed(`destroy ${FLAGS} --yes --confirm dev/environment`);
    expect(await rules(project)).toEqual([]);
  });

  it.each([
    ['rate(1 minutes)', 'rate(1 minute)'],
    ['cron(0 3 * * * *)', 'cron(0 3 * * ? *)'],
  ])('that AWS would refuse is refused before anything happens: %s', async (rate, right) => {
    const project = await startDeployable({ yaml: yaml().replace('rate(10 minutes)', rate) });
    const run = await project.platform(`deploy ${FLAGS} --yes`);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(right);
    expect(project.writes()).toEqual([]);
  });
});
