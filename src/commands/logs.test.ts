import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { tasks } from '../sandbox/services/ecs/state.ts';
import { logStreams } from '../sandbox/services/logs/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { migratingYaml } from '../testing/migrating-yaml.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { startPlatform } from '../testing/start-platform.ts';

const FLAGS = '--env dev --sandbox';
const start = () => startDeployed({ yaml: migratingYaml() });

const serviceTask = ({ aws }: Deployable) =>
  tasks
    .in(aws.scope)
    .values()
    .find(({ service, task }) => service !== undefined && task.lastStatus === 'RUNNING')!.taskId;

/** Lines of the running worker, so many seconds ago. */
async function write(project: Deployable, lines: readonly [secondsAgo: number, message: string][]): Promise<void> {
  const { group, name } = logStreams
    .in(project.aws.scope)
    .values()
    .find((stream) => stream.name.endsWith(serviceTask(project)))!;
  await project.aws.client(CloudWatchLogsClient).send(
    new PutLogEventsCommand({
      logGroupName: group,
      logStreamName: name,
      logEvents: lines.map(([secondsAgo, message]) => ({ timestamp: Date.now() - secondsAgo * 1000, message })),
    }),
  );
}

describe('platform logs', () => {
  it('shows what tasks of a service and its one-off tasks wrote, by time, without escapes (S3-62, S3-68)', async () => {
    const project = await start();
    await write(project, [
      [700, 'too old'],
      [60, 'served \u001b]0;owned\u0007\u001b[31m/\u001b[0m'],
    ]);
    setBehaviour(project.aws.scope, '$ echo hi', { logs: ['hi'] });
    await project.succeed(`run worker ${FLAGS} -- echo hi`);
    const { stdout } = await project.succeed(`logs worker ${FLAGS}`);
    const id = serviceTask(project).slice(0, 8);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ${id}  served /$`)),
      expect.stringMatching(/ {2}hi$/),
      '',
    ]);
    const { lines, truncated } = (await project.succeed(`logs ${FLAGS} --json --since 24h --limit 2`)).json();
    expect(lines).toMatchObject([{ component: 'worker', text: expect.stringMatching(/^served/) }, { text: 'hi' }]);
    expect(truncated).toBe(true);
  });

  it('shows migrations alone, and one task whenever it ran (S3-62)', async () => {
    const project = await start();
    await write(project, [[10, 'served /']]);
    setBehaviour(project.aws.scope, '$ migrate', { logs: ['Applying 0002_more... OK'] });
    const { task } = (await project.succeed(`migrate ${FLAGS} --json`)).json();
    const { stdout } = await project.succeed(`logs migrations ${FLAGS}`);
    expect(stdout).toMatch(/^.* Applying 0002_more\.\.\. OK\n$/);
    const one = (await project.succeed(`logs ${FLAGS} --json --task ${task}`)).json();
    expect(one.lines).toMatchObject([{ component: 'worker', task, text: 'Applying 0002_more... OK' }]);
    expect((await project.platform(`logs ${FLAGS} --task nobody`)).exitCode).toBe(2);
  });

  it('--stopped says why tasks died before it shows their last words (S3-68)', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ crash', {
      exit: { code: 137, afterMs: 100, reason: 'OutOfMemoryError: Container killed due to memory usage' },
      logs: ['loading everything'],
    });
    await project.platform(`run worker ${FLAGS} -- crash`);
    await project.succeed(`run worker ${FLAGS} -- fine`);
    await project.aws.settle();
    const { json, stderr } = await project.succeed(`logs worker ${FLAGS} --stopped --json`);
    expect(json().stopped).toMatchObject([{ component: 'worker', exitCode: 137 }]);
    expect(json().stopped[0].reason).toContain('OutOfMemoryError');
    expect(json().lines).toMatchObject([{ text: 'loading everything' }]);
    expect(stderr).toContain('exit code 137, Essential container in task exited; OutOfMemoryError');
  });

  it('--follow shows each line once, as it comes, until Ctrl-C: exit 0', async () => {
    const project = await start();
    await write(project, [[5, 'one']]);
    const { exitCode, stdout } = await project.platform(`logs worker ${FLAGS} --follow`, {
      during: (press) => void writeMoreAndPress(project, press),
    });
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((line) => line.slice(30))).toEqual(['one', 'two', 'three', '']);
  });

  it('says so when there is nothing', async () => {
    const project = await start();
    const quiet = await project.succeed(`logs ${FLAGS} --since 1s`);
    expect(quiet.stderr).toContain('nothing was written in the last 1 s');
    expect((await project.succeed(`logs ${FLAGS} --stopped`)).stderr).toContain('no task died within the last hour');
    expect(project.writes()).toEqual([]);
  });

  it.each([
    ['logs wroker', 2, 'name worker'],
    ['logs zzzz', 2, 'name one of worker, migrations'],
    ['logs --follow --json', 2, 'id: logs-endless-document'],
    ['logs --follow --stopped', 2, "cannot be used with option '--stopped'"],
    ['logs --limit 0', 2, 'whole number from 1'],
    ['logs --since yesterday', 2, '90s, 30m or 1h30m'],
  ])('%s is refused: exit %i', async (words, code, text) => {
    const { exitCode, stderr } = await (await start()).platform(`${words} ${FLAGS}`);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(text);
  });

  it('before the first deployment says what brings it up', async () => {
    const { platform } = await startPlatform({ yaml: migratingYaml() });
    const { exitCode, stderr } = await platform(`logs ${FLAGS}`);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('fix: platform deploy --env dev --sandbox brings it up');
  });
});

async function writeMoreAndPress(project: Deployable, press: () => void): Promise<void> {
  const looks = () => project.aws.calls.filter(({ operation }) => operation === 'FilterLogEvents').length;
  const looked = async (times: number) => {
    const enough = looks() + times;
    while (looks() < enough) await new Promise((done) => setImmediate(done));
  };
  await looked(2);
  await write(project, [[1, 'two']]);
  await looked(3);
  await write(project, [[0, 'three']]);
  await looked(4);
  press();
}
