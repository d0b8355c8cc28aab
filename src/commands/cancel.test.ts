import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { readAudit } from '../release/audit-trail.ts';
import { lookAtLock } from '../release/lock.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const STACK = 'demo-dev-messaging';
const CHANGED = smallYaml('queues: { jobs: { visibilitySeconds: 99 } }');

async function statusOf({ aws }: Deployable): Promise<string | undefined> {
  const { Stacks } = await aws
    .client(CloudFormationClient)
    .send(new DescribeStacksCommand({ StackName: STACK }))
    .catch(() => ({ Stacks: undefined }));
  return Stacks?.[0]?.StackStatus;
}

/** A deployment whose stack is in the middle of its change for as long as the test likes; asks for nothing but its end. */
async function underWay(project: Deployable): Promise<{ ended: ReturnType<Deployable['platform']> }> {
  await project.aws.world.setSpeed(1e-3);
  project.forget();
  const ended = project.platform('deploy --env dev --yes --json');
  const { calls } = project.aws;
  while (!calls.some(({ operation }) => operation === 'ExecuteChangeSet'))
    await new Promise((done) => setImmediate(done));
  return { ended };
}

/** The same, told in time: a cancellation comes to its end only when time passes again. */
async function cancelled(project: Deployable, words: string) {
  const run = project.platform(words);
  const { calls } = project.aws;
  const over = run.then(() => true);
  const asked = () => calls.some(({ operation }) => /^(DeleteStack|CancelUpdateStack)$/.test(operation));
  while (!asked() && !(await Promise.race([over, new Promise<false>((done) => setImmediate(done, false))])));
  await project.aws.world.setSpeed(1e6);
  return run;
}

describe('platform cancel', () => {
  it('has nothing to do where nothing is under way, and knows the stacks (exit 2 for another)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.succeed('deploy --env dev --yes');
    project.forget();
    const { json } = await project.succeed('cancel --env dev --json');
    expect(json()).toEqual({ environment: 'dev', stacks: [], told: null, dryRun: false });
    const unknown = await project.platform('cancel service-web --env dev');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('name one of: messaging');
    expect(project.writes()).toEqual([]);
  });

  it('takes an update back after a yes, tells who runs it, and both end in a known state (F-06)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.succeed('deploy --env dev --yes');
    project.configure(CHANGED);
    const { ended } = await underWay(project);

    const refused = await project.platform('cancel --env dev');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(`${STACK} (UPDATE_IN_PROGRESS): its update is taken back`);
    expect(refused.stderr).toMatch(/runs deploy, and is told to stop/);
    const dry = (await project.succeed('cancel --env dev --dry-run --json')).json();
    expect(dry).toMatchObject({ dryRun: true, stacks: [{ name: STACK, action: 'cancelled' }] });
    expect((await project.platform('cancel --env dev', { answer: () => false })).exitCode).toBe(5);
    expect(await statusOf(project)).toBe('UPDATE_IN_PROGRESS');

    const { exitCode, json, stderr } = await cancelled(project, 'cancel messaging --env dev --yes --json');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(json()).toMatchObject({
      stacks: [{ name: STACK, before: 'UPDATE_IN_PROGRESS', action: 'cancelled', after: 'UPDATE_ROLLBACK_COMPLETE' }],
      told: expect.stringContaining('arn:aws'),
    });
    const deployed = await ended;
    expect(deployed.exitCode).toBe(1);
    expect(deployed.json().error).toMatchObject({ id: 'deploy-cancelled-by' });
    const objects = stateObjects(project.aws);
    expect(await lookAtLock({ objects, environment: 'dev', now: Date.now })).toBeUndefined();
    expect(await readAudit(objects, 'dev')).toMatchObject([
      { event: 'cancelled', thing: 'messaging', stacks: [STACK], told: { command: 'deploy' } },
    ]);
    await project.succeed('deploy --env dev --yes');
  });

  it('has ECS take back a rollout that no stack waits for, and sees it through', async () => {
    const yaml = smallYaml('services: { worker: { image: { context: . } } }').replace(
      /^network: .*$/m,
      'network: { nat: none }',
    );
    const project = await startDeployable({ yaml });
    await project.succeed('deploy --env dev --sandbox --yes');
    await project.aws.world.setSpeed(1e-3);
    await project.succeed('redeploy worker --env dev --sandbox --yes --no-wait');
    project.forget();
    const run = project.platform('cancel --env dev --sandbox --yes --json');
    while (!project.asked().includes('ecs:StopServiceDeployment')) await new Promise((done) => setImmediate(done));
    await project.aws.world.setSpeed(1e6);
    const { exitCode, json, stderr } = await run;
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(json().stacks).toMatchObject([{ name: 'demo-dev-service-worker', action: 'rollout-stopped' }]);
    expect(project.asked()).not.toContain('cloudformation:CancelUpdateStack');
    expect((await project.succeed('status --env dev --sandbox --json')).json().services).toMatchObject([
      { name: 'worker', running: 1, rollout: 'COMPLETED' },
    ]);
  });

  it('deletes a stack whose first creation is under way, and it is gone', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    const { ended } = await underWay(project);
    const { json } = await cancelled(project, 'cancel --env dev --yes --json');
    expect(json()).toMatchObject({
      stacks: [{ name: STACK, before: 'CREATE_IN_PROGRESS', action: 'deleted', after: null }],
    });
    expect((await ended).exitCode).toBe(1);
    expect(await statusOf(project)).toBeUndefined();
    await project.succeed('deploy --env dev --yes');
  });
});
