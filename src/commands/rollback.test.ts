import { BatchDeleteImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DeregisterTaskDefinitionCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { lockHolder } from '../release/lock.ts';
import { readRelease, writeRelease } from '../release/release-record.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { pushImage } from '../testing/push-image.ts';
import { stateObjects } from '../testing/state-objects.ts';
import { ecsServices, scaleTo, startTwoServices, twoServices } from '../testing/two-services.ts';

/** A new image and another size of the worker, and a queue that came with it. */
async function secondRelease(project: Deployable) {
  const { digest } = await pushImage(project.aws, { repository: 'demo-dev-worker', tag: 'v2', text: 'second' });
  project.configure(`${twoServices('memory: 2048')}queues: { jobs: {} }\n`);
  const run = await project.succeed('deploy --env dev --sandbox --yes --json --image worker=v2');
  return { digest, id: run.json().release.id as string };
}

async function definitionOf(project: Deployable, name: string) {
  const { taskDefinition } = (await ecsServices(project))[name]!;
  return (await project.aws.client(ECSClient).send(new DescribeTaskDefinitionCommand({ taskDefinition })))
    .taskDefinition!;
}

const liveOf = async (project: Deployable, flags = '--sandbox') =>
  (await project.succeed(`releases --env dev ${flags} --json`)).json();

it('brings the release before back, by its stored templates, and takes nothing away from what holds state (F-60, F-61, S4-139, C15)', async () => {
  const project = await startTwoServices();
  const first = (await liveOf(project)).live as string;
  const before = await definitionOf(project, 'worker');
  const second = await secondRelease(project);
  expect((await definitionOf(project, 'worker')).containerDefinitions![0]!.image).toContain(second.digest);
  await scaleTo(project, 'worker', 3);
  // What the old service ran is no longer there to go back to: it is registered anew from the record.
  await project.aws
    .client(ECSClient)
    .send(new DeregisterTaskDefinitionCommand({ taskDefinition: before.taskDefinitionArn }));
  project.forget();

  const dry = await project.succeed('rollback --env dev --sandbox --dry-run');
  expect(dry.stdout).toMatch(new RegExp(`^Going back to release ${first} would change \\d of \\d stacks`));
  expect(dry.stderr).toContain('service-worker');
  expect(dry.stderr).toContain(`would ask "Roll all of it back to release ${first}`);
  const nobody = await project.platform('rollback --env dev --sandbox');
  expect(nobody.exitCode).toBe(2);
  expect((await project.platform('rollback --env dev --sandbox', { answer: () => false })).exitCode).toBe(5);
  expect(project.writes()).toEqual([]);

  const run = await project.succeed('rollback --env dev --sandbox --yes --json');
  const outcome = run.json();
  expect(outcome).toMatchObject({
    environment: 'dev',
    rollback: { to: first, from: second.id, service: null },
    release: { id: expect.stringMatching(/Z-/), commit: null },
    migratedSince: [],
    services: [
      { name: 'web', running: 1, healthy: 1 },
      { name: 'worker', desired: 3, running: 3 },
    ],
    simulated: true,
    dryRun: false,
    confirmations: [],
  });
  const after = await definitionOf(project, 'worker');
  expect(after.containerDefinitions![0]!.image).toBe(before.containerDefinitions![0]!.image);
  expect([after.cpu, before.cpu]).toEqual([before.cpu, '512']);
  expect(after.taskDefinitionArn).not.toBe(before.taskDefinitionArn);
  expect((await ecsServices(project)).worker).toMatchObject({ desiredCount: 3, runningCount: 3 });
  expect((await project.succeed('outputs queues.jobs.url --env dev --sandbox')).stdout).toContain('QueueJobs');
  expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();

  const { releases, live } = await liveOf(project);
  expect(live).toBe(outcome.release.id);
  expect(releases).toMatchObject([
    { id: live, live: true, rollback: { to: first, from: second.id, service: null } },
    { id: second.id, live: false },
    { id: first, live: false, rolledBackToBy: [live] },
  ]);

  // What runs now is the way back of the next change. ECS takes no deregistered revision back, its stack makes another.
  const { taskDefinitionArn } = after;
  await project.aws.client(ECSClient).send(new DeregisterTaskDefinitionCommand({ taskDefinition: taskDefinitionArn }));
  const warned = async (words: string) => (await project.succeed(`${words} --env dev --sandbox --dry-run`)).stderr;
  const warning =
    /worker runs on task definition \S+, which was deregistered: .* platform recover service-worker --env dev/;
  expect(await warned('redeploy worker')).toMatch(warning);
  expect(await warned(`rollback --to ${second.id}`)).toMatch(warning);
  expect(await warned('deploy --image worker=v2')).toMatch(warning);
  expect(await warned('redeploy web')).not.toMatch(warning);
  await project.succeed('recover service-worker --env dev --sandbox --yes');
  expect((await definitionOf(project, 'worker')).status).toBe('ACTIVE');
  expect(await warned('redeploy worker')).not.toMatch(warning);

  // The stack of a web service has a target group too, which has not drifted.
  const taskDefinition = (await definitionOf(project, 'web')).taskDefinitionArn;
  await project.aws.client(ECSClient).send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  await project.succeed('recover service-web --env dev --sandbox --yes');
  expect((await definitionOf(project, 'web')).status).toBe('ACTIVE');
});

it('brings one service back and leaves the others as they are; a deployment goes forward again', async () => {
  const project = await startTwoServices();
  const first = (await liveOf(project)).live as string;
  const web = await definitionOf(project, 'web');
  const second = await secondRelease(project);
  await pushImage(project.aws, { repository: 'demo-dev-web', tag: 'v3', text: 'third' });
  await project.succeed('deploy --env dev --sandbox --yes --image web=v3');
  const newest = (await liveOf(project)).live as string;
  expect((await definitionOf(project, 'web')).taskDefinitionArn).not.toBe(web.taskDefinitionArn);

  const run = await project.succeed('rollback web --env dev --sandbox --yes --json');
  expect(run.json()).toMatchObject({
    rollback: { to: second.id, from: newest, service: 'web' },
    services: [{ name: 'web', running: 1, healthy: 1 }],
  });
  expect((await definitionOf(project, 'web')).containerDefinitions![0]!.image).toBe(
    web.containerDefinitions![0]!.image,
  );
  expect((await definitionOf(project, 'worker')).containerDefinitions![0]!.image).toContain(second.digest);

  // For the worker the release before is the one before it changed, however many releases lie between.
  const worker = await project.succeed('rollback worker --env dev --sandbox --dry-run --json');
  expect(worker.json().rollback).toMatchObject({ to: first, service: 'worker' });
  const { id } = run.json().release;
  const shown = (await project.succeed(`releases show ${id} --env dev --sandbox --json`)).json();
  expect(shown.stacks.map((stack: { id: string }) => stack.id).sort()).toEqual(
    ['images', 'messaging', 'network', 'runtime', 'service-web', 'service-worker', 'tasks'].sort(),
  );
  expect(shown.images.worker).toContain(second.digest);
  const again = await project.succeed('deploy --env dev --sandbox --yes --json --image web=v3');
  expect(again.json().stacks).toContainEqual(
    expect.objectContaining({ name: 'demo-dev-service-web', action: 'update' }),
  );

  // What a service's rollback left alone has to be brought back in its order like that of any other release.
  const whole = await project.succeed(`rollback --to ${id} --env dev --sandbox --yes --json`);
  expect(whole.json().rollback).toMatchObject({ to: id, service: null });
  expect(
    whole
      .json()
      .services.map(({ name }: { name: string }) => name)
      .sort(),
  ).toEqual(['web', 'worker']);
});

it('says at once all that is missing of the way back, and changes nothing (F-43, F-44)', async () => {
  const project = await startTwoServices();
  const { images } = (await liveOf(project)).releases[0];
  await secondRelease(project);
  await pushImage(project.aws, { repository: 'demo-dev-web', tag: 'v2', text: 'another' });
  await project.succeed('deploy --env dev --sandbox --yes --image web=v2 --image worker=v2');
  const first = (await liveOf(project)).releases.at(-1).id;
  await project.aws
    .client(SecretsManagerClient)
    .send(new PutSecretValueCommand({ SecretId: 'demo/dev/app', SecretString: '{"OTHER":"canary-77ab"}' }));
  const imageDigest = images.web.split('@')[1];
  await project.aws
    .client(ECRClient)
    .send(new BatchDeleteImageCommand({ repositoryName: 'demo-dev-web', imageIds: [{ imageDigest }] }));
  project.forget();
  for (const flags of ['--yes', '--dry-run']) {
    const run = await project.platform(`rollback --to ${first} --env dev --sandbox --json ${flags}`);
    expect(run.exitCode).toBe(1);
    const { error } = run.json();
    expect(error).toMatchObject({ id: 'rollback-blocked', kind: 'failed' });
    expect(error.problems.map(({ rule }: { rule: string }) => rule).sort()).toEqual(['F-43', 'F-44']);
    expect(run.stderr).not.toContain('canary');
  }
  expect(project.writes()).toEqual([]);
});

it('goes back from a deployment that was not proven to the last that was (F-52)', async () => {
  const project = await startTwoServices();
  const first = (await liveOf(project)).live as string;
  const { digest } = await pushImage(project.aws, { repository: 'demo-dev-worker', tag: 'bad', text: 'bad' });
  setBehaviour(project.aws.scope, digest, { exit: { code: 1, afterMs: 1_000 } });
  const bad = await project.platform('deploy --env dev --sandbox --yes --image worker=bad');
  expect(bad.exitCode).toBe(1);
  expect((await liveOf(project)).unproven).toMatch(/Z-/);
  const run = await project.succeed('rollback --env dev --sandbox --yes --json');
  expect(run.json().rollback).toEqual({ to: first, from: first, service: null });
  expect(await liveOf(project)).toMatchObject({ live: run.json().release.id, unproven: null });
  expect(await definitionOf(project, 'worker')).toMatchObject({
    containerDefinitions: [{ image: expect.not.stringContaining(digest) }],
  });
});

const queue = (settings: string) => smallYaml(`queues: { jobs: { ${settings} } }`);

async function visibilityOf({ aws }: Deployable): Promise<string | undefined> {
  const sqs = aws.client(SQSClient);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const attributes = await Promise.all(
    QueueUrls.map((QueueUrl) => sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))),
  );
  return attributes.map(({ Attributes }) => Attributes!).find(({ RedrivePolicy }) => RedrivePolicy)?.VisibilityTimeout;
}

it('a rollback is a release: typed twice it is done once, it is gone back from by name, and taken up where it was cut off', async () => {
  const project = await startDeployable({ yaml: queue('visibilitySeconds: 31') });
  const ids: string[] = [];
  for (const seconds of [31, 32, 33]) {
    project.configure(queue(`visibilitySeconds: ${seconds}`));
    ids.push((await project.succeed('deploy --env dev --yes --json')).json().release.id);
  }
  const back = async (words: string) => (await project.succeed(`rollback --env dev --yes --json ${words}`)).json();
  expect((await back('')).rollback).toMatchObject({ to: ids[1], from: ids[2] });
  expect(await visibilityOf(project)).toBe('32');
  // Typed twice it does not go forward again to what somebody wanted to get away from.
  project.forget();
  const twice = await project.succeed('rollback --env dev --yes --json');
  expect(twice.json()).toMatchObject({ release: null, rollback: { to: ids[1] }, stacks: [{ action: 'none' }] });
  expect(twice.stderr).toContain(`platform rollback --env dev --to ${ids[2]} goes forward again`);
  expect(project.writes()).toEqual([]);
  expect((await back(`--to ${ids[2]}`)).rollback.to).toBe(ids[2]);
  expect(await visibilityOf(project)).toBe('33');

  project.aws.faults.push({
    operation: 'CreateChangeSet',
    with: new AwsFault('AccessDenied', 'User is not authorized', { status: 403 }),
  });
  const cut = await project.platform(`rollback --to ${ids[0]!.slice(-4)} --env dev --yes`);
  expect(cut.exitCode).not.toBe(0);
  expect((await liveOf(project, '')).unproven).not.toBeNull();
  // A deployment would go forward again, so that is not what it is led to.
  const attached = await project.platform('deploy --attach --env dev');
  expect(attached).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('id: rollback-unfinished') });
  expect(attached.stderr).toContain('fix: platform rollback --env dev takes it up');
  expect((await back('')).rollback.to).toBe(ids[0]);
  expect(await visibilityOf(project)).toBe('31');

  project.forget();
  expect(await back(`--to ${ids[0]}`)).toMatchObject({ release: null, stacks: [{ action: 'none' }] });
  expect(project.writes()).toEqual([]);
});

it('replacing what holds state wants its name typed in a rollback as in a deployment', async () => {
  const project = await startDeployable({ yaml: queue('visibilitySeconds: 31') });
  await project.succeed('deploy --env dev --yes');
  project.configure(queue('fifo: true'));
  await project.succeed('deploy --env dev --yes --confirm dev/queues.jobs --confirm dev/queues.jobs.dlq');
  project.forget();
  const names = ['dev/queues.jobs', 'dev/queues.jobs.dlq'];
  for (const flags of ['', '--yes', '--yes --confirm prod/queues.jobs', '--yes --confirm dev/queues.job']) {
    const run = await project.platform(`rollback --env dev ${flags}`);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('--confirm dev/queues.jobs');
  }
  const dry = (await project.succeed('rollback --env dev --dry-run --json')).json();
  expect(dry.confirmations.sort()).toEqual(names);
  expect(project.writes()).toEqual([]);
  await project.succeed(`rollback --env dev --yes ${names.map((name) => `--confirm ${name}`).join(' ')}`);
  expect(await visibilityOf(project)).toBe('31');
});

it('says that migrations since are not taken back, and names a release that does not exist by those that do', async () => {
  const project = await startDeployable({ yaml: queue('visibilitySeconds: 31') });
  const nothing = await project.platform('rollback --env dev --yes');
  expect(nothing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('id: rollback-nothing-released') });
  const first = (await project.succeed('deploy --env dev --yes --json')).json().release.id;
  const alone = await project.platform('rollback --env dev --yes');
  expect(alone).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('id: rollback-nothing-before') });

  project.configure(queue('visibilitySeconds: 32'));
  const second = (await project.succeed('deploy --env dev --yes --json')).json().release.id;
  const objects = stateObjects(project.aws);
  const record = (await readRelease(objects, 'dev', second))!;
  await writeRelease(objects, { ...record, migration: { exitCode: 0 } });
  project.forget();
  for (const [words, id, text] of [
    ['--to 20200101T000000Z-abcd', 'release-missing', first],
    ['web', 'rollback-service-unknown', 'it had none at all'],
    ['a b', 'argument-excess', '--help'],
  ] as const) {
    const run = await project.platform(`rollback ${words} --env dev --yes`);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`id: ${id}`);
    expect(run.stderr).toContain(text);
  }
  expect(project.writes()).toEqual([]);
  const run = await project.succeed('rollback --env dev --yes --json');
  expect(run.json().migratedSince).toEqual([second]);
  expect(run.stderr).toContain(`The database was migrated since, by release ${second}: that stays`);
});
