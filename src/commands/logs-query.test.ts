import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { logStreams } from '../sandbox/services/logs/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { migratingYaml } from '../testing/migrating-yaml.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { startPlatform } from '../testing/start-platform.ts';

const ON = '--env dev --sandbox';
const start = () => startDeployed({ yaml: migratingYaml() });

/** Lines of the first stream there is. */
async function write({ aws }: Deployable, ...lines: string[]): Promise<void> {
  const { group, name } = logStreams.in(aws.scope).values()[0]!;
  await aws.client(CloudWatchLogsClient).send(
    new PutLogEventsCommand({
      logGroupName: group,
      logStreamName: name,
      logEvents: lines.map((message) => ({ timestamp: Date.now(), message })),
    }),
  );
}

describe('logs query', () => {
  it('asks a saved query, and one that is typed, over all components (S3-110)', async () => {
    const project = await start();
    await write(project, '{"level":"error","order":"4711"}', 'ERROR \u001b]0;owned\u0007timeout', 'all well');
    const { stdout } = await project.succeed(`logs query errors ${ON}`);
    expect(stdout).toMatch(/^@timestamp +@logStream +@message\n/);
    expect(stdout).toContain('ERROR timeout');
    expect(stdout).not.toContain('all well');
    expect(stdout).toMatch(/2 rows: \d+ lines read, 2 matched\n$/);
    const typed = await project.succeed(
      `logs query 'filter level = "error" | stats count(*) as n by order' --of worker ${ON} --json`,
    );
    expect(typed.json()).toMatchObject({
      environment: 'dev',
      saved: null,
      rows: [{ n: '1', order: '4711' }],
      statistics: { matched: 1 },
    });
  });

  it('says what is wrong with a query, and which are saved: exit 2', async () => {
    const project = await start();
    const wrong = await project.platform(['logs', 'query', 'parse @message x', ...ON.split(' ')]);
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('does not simulate the command parse')]);
    const unknown = await project.platform(`logs query error ${ON}`);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('name errors')]);
    expect((await project.platform(`logs query errors --of webs ${ON}`)).exitCode).toBe(2);
  });

  it('stops the query when nobody waits for it any more', async () => {
    const project = await start();
    project.aws.world.pause();
    project.forget();
    const run = await project.platform(`logs query errors ${ON}`, {
      during: (interrupt) => {
        const timer = setInterval(() => {
          if (!project.asked().includes('logs:GetQueryResults')) return;
          clearInterval(timer);
          interrupt();
        }, 5);
      },
    });
    expect(run.exitCode).not.toBe(0);
    expect(project.asked()).toContain('logs:StopQuery');
  });
});

describe('logs trace', () => {
  it('shows every line that names an id, and what was done with platform (S3-112)', async () => {
    const project = await start();
    await write(project, 'order 4711 placed', 'order 4712 placed', '{"order":"4711","event":"paid"}');
    const { lines, id, truncated } = (await project.succeed(`logs trace 4711 ${ON} --json`)).json();
    expect([id, truncated]).toEqual(['4711', false]);
    expect(lines).toMatchObject([
      { component: 'worker', text: 'order 4711 placed', from: 'log' },
      { component: 'worker', text: '{"order":"4711","event":"paid"}', from: 'log' },
    ]);
    expect((await project.succeed(`logs trace nothing-of-it ${ON}`)).stderr).toContain(
      'nothing names nothing-of-it in the last 1 h',
    );
  });

  it('refuses what cannot be searched for, and says when nothing is deployed', async () => {
    const { platform } = await startPlatform({ yaml: migratingYaml() });
    expect((await platform(['logs', 'trace', 'a"b', ...ON.split(' ')])).exitCode).toBe(2);
    const run = await platform(`logs trace x ${ON}`);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining('platform deploy --env dev')]);
  });
});
