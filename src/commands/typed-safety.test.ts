import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { ownProcess } from '../process/process-identity.ts';
import { takeLock } from '../release/lock.ts';
import { ownAccessKeyId } from '../sandbox/kernel/access-keys.ts';
import { realBootstrap } from '../testing/damaged-bootstrap.ts';
import { BUCKET, type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';
import { stuckStacks } from '../testing/stuck-stacks.ts';

interface Case {
  name: string;
  /** Makes what the command would lose. */
  scene(): Promise<Deployable>;
  words: string;
  /** What has to be typed. */
  thing: string;
}

const ENV = '--env dev';

async function deployed(yaml: string, then?: string): Promise<Deployable> {
  const project = await startDeployable({ yaml });
  await project.succeed(`deploy ${ENV} --yes`);
  if (then !== undefined) project.configure(then);
  return project;
}

const AURORA =
  'databases: { main: { databaseName: app, acu: { min: 0.5, max: 4 }, protect: true, onDelete: snapshot } }';
const ownSubnets = (blocks: string) => smallYaml(blocks).replace(/^network: .*$/m, 'network: { nat: none }');

const zones = (azs: number) =>
  smallYaml('').replace(/^network: .*$/m, `network: { azs: ${azs}, nat: none, isolated: false }`);

const CASES: readonly Case[] = [
  {
    name: 'deploy that loses a bucket',
    scene: () => deployed(smallYaml(`${BUCKET}\n${QUEUE}`), smallYaml(QUEUE)),
    words: 'deploy',
    thing: 'dev/buckets.files',
  },
  {
    name: 'deploy that loses a queue',
    scene: () => deployed(smallYaml(`${BUCKET}\nqueues: { jobs: { dlq: false } }`), smallYaml(BUCKET)),
    words: 'deploy',
    thing: 'dev/queues.jobs',
  },
  {
    name: 'destroy of a bucket that holds something',
    scene: async () => {
      const project = await deployed(smallYaml(BUCKET));
      const Bucket = (await project.succeed(`outputs buckets.files.name ${ENV}`)).stdout.trim();
      await project.aws.client(S3Client).send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
      return project;
    },
    words: 'destroy',
    thing: 'dev/buckets.files',
  },
  {
    name: 'destroy of a protected database (F-85)',
    scene: () => deployed(ownSubnets(AURORA)),
    words: 'destroy',
    thing: 'dev/databases.main',
  },
  {
    name: 'db unprotect (S3-80)',
    scene: () => deployed(ownSubnets(AURORA)),
    words: 'db unprotect main --for 30m --reason trying',
    thing: 'dev/databases.main',
  },
  {
    name: 'lock release of a holder that lives',
    scene: async () => {
      const project = await deployed(smallYaml(QUEUE));
      const holder = { principal: 'anna', host: 'laptop', command: 'deploy', process: ownProcess() };
      await takeLock({ objects: stateObjects(project.aws), environment: 'dev', now: Date.now }, holder);
      return project;
    },
    words: 'lock release',
    thing: 'dev/lock',
  },
  {
    name: 'cleanup of a log group (F-141)',
    scene: async () => {
      const project = await deployed(smallYaml(QUEUE));
      const logs = project.aws.client(CloudWatchLogsClient);
      await logs.send(new CreateLogGroupCommand({ logGroupName: 'demo-dev-tasks-WorkerLog-A1' }));
      return project;
    },
    words: 'cleanup demo-dev-tasks-WorkerLog-A1',
    thing: 'dev/demo-dev-tasks-WorkerLog-A1',
  },
  {
    name: 'deploy that takes subnets away (F-12)',
    scene: () => deployed(zones(3), zones(2)),
    words: 'deploy',
    thing: 'dev/network.azs',
  },
  {
    name: 'recover that skips a resource (F-03)',
    scene: async () => {
      const project = await startDeployable({ yaml: smallYaml(QUEUE) });
      await stuckStacks(project).loseQueue('demo-dev-messaging');
      return project;
    },
    words: 'recover messaging --skip Q',
    thing: 'dev/messaging.Q',
  },
  {
    name: 'bootstrap repair that empties the bucket of assets (S3-77, F-23)',
    scene: async () => {
      const project = await startDeployable({ yaml: smallYaml(QUEUE), bootstrapped: true });
      const scene = realBootstrap(project.aws);
      await scene.create();
      await scene.put('a');
      return project;
    },
    words: 'bootstrap repair --rebuild',
    thing: 'dev/bootstrap.us-east-1',
  },
];

/** Names that a person might type in haste, and that are not the name. */
const nearMisses = (thing: string): string[] => [
  thing.replace('dev/', 'prod/'),
  thing.replace('dev/', ''),
  thing.toUpperCase(),
  thing.slice(0, -1),
  `${thing}s`,
  ` ${thing}`,
];

describe.each(CASES)('$name', ({ scene, words, thing }) => {
  it('sends nothing that changes anything without its name, and then does', async () => {
    const project = await scene();
    project.forget();
    const line = [...words.split(' '), '--env', 'dev'];
    const attempt = async (flags: readonly string[], options?: Parameters<Deployable['platform']>[1]) => {
      const { exitCode, stderr } = await project.platform([...line, ...flags], options);
      expect({ flags, writes: project.writes() }).toEqual({ flags, writes: [] });
      return { flags, exitCode, stderr };
    };

    for (const flags of [[], ['--yes'], ['--json', '--yes']])
      expect(await attempt(flags)).toMatchObject({ exitCode: 2 });
    expect((await attempt(['--yes'])).stderr).toContain(`--confirm ${thing}`);
    for (const near of nearMisses(thing)) {
      expect(await attempt(['--yes', '--confirm', near])).toMatchObject({ exitCode: 2 });
      if (near.trim() !== thing)
        expect(await attempt(['--yes'], { answer: (asked) => (asked.includes('Type ') ? near : true) })).toMatchObject({
          exitCode: 5,
        });
    }
    const elsewhere = { AWS_ACCESS_KEY_ID: ownAccessKeyId('999999999999') };
    const mistaken = await attempt(['--yes', '--confirm', thing], { env: elsewhere });
    expect(mistaken).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('999999999999') });
    expect(await attempt(['--yes', '--confirm', thing, '--dry-run'])).toMatchObject({ exitCode: 0 });

    await project.succeed([...line, '--yes', '--confirm', thing].join(' '));
    expect(project.writes()).not.toEqual([]);
  });
});
