import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../release/lock.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const YAML = `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 0, max: 2 } } }
queues: { jobs: {} }
services: { worker: { image: { context: . }, command: [serve], uses: [db.main, queue.jobs] } }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const DEV = '--env dev --sandbox';

describe('platform deploy with names of stacks', () => {
  it('S0-12: foundations come first, with what they stand on; a whole deployment goes on from there', async () => {
    const project = await startDeployable({ yaml: YAML });
    const stacks = async () => {
      const { Stacks = [] } = await project.aws
        .client(CloudFormationClient, { account: '111111111111' })
        .send(new DescribeStacksCommand({}));
      return Stacks.map(({ StackName }) => StackName!).filter((name) => name.startsWith('demo'));
    };
    project.forget();
    const dry = (await project.succeed(`deploy data ${DEV} --dry-run --json`)).json();
    expect(dry).toMatchObject({
      dryRun: true,
      release: null,
      broadens: [
        { stack: 'network', name: 'public subnet 1' },
        { stack: 'network', name: 'public subnet 2' },
      ],
      stacks: [
        { name: 'demo-dev-network', action: 'create' },
        { name: 'demo-dev-data', action: 'create' },
      ],
    });
    expect(project.writes()).toEqual([]);

    const asked = await project.platform(`deploy data ${DEV}`);
    expect([asked.exitCode, asked.stderr]).toEqual([2, expect.stringContaining('add --yes')]);
    expect(await stacks()).toEqual([]);

    const first = (await project.succeed(`deploy data ${DEV} --yes --json`)).json();
    expect(first.stacks.map(({ name, action }: { name: string; action: string }) => [name, action])).toEqual([
      ['demo-dev-network', 'create'],
      ['demo-dev-data', 'create'],
    ]);
    expect(first.outputs['databases.main.host']).toBeTruthy();
    expect((await stacks()).sort()).toEqual(['demo-dev-data', 'demo-dev-network']);
    // No release: nothing was rolled out that could be proven.
    expect((await project.succeed(`releases ${DEV} --json`)).json().releases).toEqual([]);

    // By the name in CloudFormation as well; twice is once.
    project.forget();
    const again = await project.succeed(`deploy demo-dev-data ${DEV}`);
    expect(again.stdout).toContain('as configured, nothing changed');
    expect(project.writes()).toEqual([]);

    const whole = (await project.succeed(`deploy ${DEV} --yes --json`)).json();
    const actions = Object.fromEntries(
      whole.stacks.map(({ name, action }: { name: string; action: string }) => [name, action]),
    );
    expect(actions).toMatchObject({
      'demo-dev-network': 'none',
      'demo-dev-data': 'none',
      'demo-dev-service-worker': 'create',
    });
  });

  it('S0-12: it only adds: what the running release uses goes with the next whole deployment', async () => {
    const project = await startDeployable({ yaml: YAML });
    await project.succeed(`deploy ${DEV} --yes`);
    const { release } = (await project.succeed(`status ${DEV} --json`)).json();
    project.configure(
      YAML.replace('queues: { jobs: {} }', 'queues: { other: {} }').replace('queue.jobs', 'queue.other'),
    );
    await project.succeed(`deploy messaging ${DEV} --yes`);
    const outputs = (await project.succeed(`outputs ${DEV} --json`)).json();
    expect(outputs['queues.other.url']).toBeTruthy();
    const { aws } = project;
    const { Stacks } = await aws
      .client(CloudFormationClient, { account: '111111111111' })
      .send(new DescribeStacksCommand({ StackName: 'demo-dev-messaging' }));
    expect(Stacks![0]!.Outputs!.some(({ OutputKey }) => /jobs/i.test(OutputKey!))).toBe(true);
    expect((await project.succeed(`status ${DEV} --json`)).json().release).toEqual(release);
    await project.succeed(`deploy ${DEV} --yes --confirm dev/queues.jobs --confirm dev/queues.jobs.dlq`);
    expect((await project.succeed(`diff ${DEV}`)).stdout).toContain('nothing would change');
  });

  it('S0-12: hears of a wrong name before anything is bundled', async () => {
    const project = await startDeployable({
      yaml: YAML.replace('queues:', 'functions: { api: { source: src/api.ts } }\nqueues:'),
      files: { 'src/api.ts': 'export const = ;\n' },
    });
    expect(await project.platform(`deploy nothing ${DEV} --yes`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('There is no stack nothing'),
    });
    expect(await project.platform(`deploy network ${DEV} --yes`)).not.toMatchObject({ exitCode: 0 });
  });

  it('S0-12: what was cut off is taken up by its name; --attach says that nothing proves it', async () => {
    const project = await startDeployable({ yaml: YAML });
    const expired = new AwsFault('ExpiredTokenException', 'The security token included in the request is expired');
    project.aws.faults.push({ service: 'cloudformation', operation: 'ExecuteChangeSet', times: 9, with: expired });
    const cut = await project.platform(`deploy network ${DEV} --yes`);
    expect([cut.exitCode, cut.stderr]).toEqual([
      4,
      expect.stringContaining(`platform deploy network ${DEV} takes it up`),
    ]);
    project.aws.faults.length = 0;

    // As a process leaves it that was killed.
    const place = { objects: stateObjects(project.aws), environment: 'dev', now: () => Date.now() - 3_600_000 };
    await takeLock(place, { principal: 'ada', host: 'laptop', command: 'deploy network' });
    const { exitCode, json } = await project.platform(`deploy --attach ${DEV} --json`);
    expect([exitCode, json().error]).toEqual([
      1,
      expect.objectContaining({
        id: 'deploy-stacks-unproven',
        message: expect.stringContaining('platform deploy network, which ada began on laptop'),
        remedy: expect.stringContaining(`platform deploy network ${DEV} goes on`),
      }),
    ]);
    await project.succeed(`deploy network ${DEV} --yes`);
  });

  it.each([
    ['deploy nothing', 'there is no stack nothing|name one of network, data, messaging, runtime'],
    ['deploy service-worker', 'service-worker is part of a release'],
    ['deploy tasks', 'tasks is part of a release'],
    ['deploy network --attach', "'--attach' cannot be used with names of stacks"],
    ['deploy network --image worker=1', 'cannot be used with names of stacks'],
  ])('S0-12: platform %s: exit 2, nothing changed', async (words, said) => {
    const project = await startDeployable({ yaml: YAML });
    project.forget();
    const run = await project.platform(`${words} ${DEV} --yes`);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringMatching(new RegExp(said, 'i'))]);
    expect(project.writes()).toEqual([]);
  });
});
