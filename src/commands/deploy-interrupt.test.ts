import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { lockHolder } from '../release/lock.ts';
import { serviceDeployments } from '../sandbox/services/ecs/state.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const STACK = 'demo-dev-messaging';
const SLOW = { speed: 30 };

async function statusOf({ aws }: Deployable): Promise<string | undefined> {
  const { Stacks } = await aws
    .client(CloudFormationClient)
    .send(new DescribeStacksCommand({ StackName: STACK }))
    .catch(() => ({ Stacks: undefined }));
  return Stacks?.[0]?.StackStatus;
}

const nextTurn = () => new Promise<false>((done) => setImmediate(done, false));

type Moment = () => boolean;

/** As soon as AWS has been asked for this. */
const asked =
  ({ aws }: Deployable, operation: string): Moment =>
  () =>
    aws.calls.some((call) => call.operation === operation);

/** As soon as the rollout of the worker is under way. */
const rollingOut =
  ({ aws }: Deployable): Moment =>
  () =>
    serviceDeployments
      .in(aws.scope)
      .values()
      .some(({ deployment }) => deployment.status === 'IN_PROGRESS');

async function pressAt(moment: Moment, press: () => void): Promise<void> {
  while (!moment()) await new Promise((done) => setImmediate(done));
  press();
}

/** Left at once, in this process the work goes on all the same: until its lock is released. */
async function ended({ aws }: Deployable): Promise<void> {
  const objects = stateObjects(aws);
  while (await lockHolder(objects, 'dev')) await new Promise((done) => setImmediate(done));
}

async function interrupted(project: Deployable, moment: Moment, { times = 1, flags = '' } = {}) {
  const { world, calls } = project.aws;
  let pressed: Promise<void> | undefined;
  project.forget();
  const run = project.platform(`deploy --env dev --yes ${flags}`, {
    during: (press) => {
      pressed = pressAt(moment, () => {
        // Nothing ends by itself while the cancelling is on its way, however slow this machine is.
        void world.setSpeed(1e-6);
        for (let time = 0; time < times; time += 1) press();
      });
    },
  });
  const over = run.then(() => true);
  const cancelled = () => calls.some(({ operation }) => /^(DeleteStack|CancelUpdateStack)$/.test(operation));
  while (!cancelled() && !(await Promise.race([over, nextTurn()])));
  await world.setSpeed(1e6);
  await pressed;
  return run;
}

describe('Ctrl-C', () => {
  it('during a first creation deletes the stack, sees it gone, and says so', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    const { exitCode, stderr } = await interrupted(project, asked(project, 'ExecuteChangeSet'));
    expect(stderr).toContain('Stopping; Ctrl-C again leaves at once');
    expect(stderr).toContain('id: deploy-cancelled');
    expect(stderr).toContain(`${STACK} is gone again`);
    expect(exitCode).toBe(1);
    expect(await statusOf(project)).toBeUndefined();
    expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
    await project.succeed('deploy --env dev --yes');
  });

  it('during an update cancels it, sees it taken back, and says so', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    await project.succeed('deploy --env dev --yes');
    project.configure(smallYaml('queues: { jobs: { visibilitySeconds: 99 } }'));
    const { exitCode, stderr } = await interrupted(project, asked(project, 'ExecuteChangeSet'));
    expect(project.asked()).toContain('cloudformation:CancelUpdateStack');
    expect(stderr).toContain(`${STACK} is UPDATE_ROLLBACK_COMPLETE`);
    expect(exitCode).toBe(1);
    expect(await statusOf(project)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
    await project.succeed('deploy --env dev --yes');
  });

  it('during the rollout of a service has ECS take it back first', async () => {
    const yaml = (cpu: number) =>
      smallYaml(`services: { worker: { image: { context: . }, cpu: ${cpu}, memory: 2048 } }`).replace(
        /^network: .*$/m,
        'network: { nat: none }',
      );
    const project = await startDeployable({ yaml: yaml(256) });
    await project.succeed('deploy --env dev --sandbox --yes');
    project.configure(yaml(512));
    await project.aws.world.setSpeed(100);
    const { exitCode, stderr } = await interrupted(project, rollingOut(project), { flags: '--sandbox' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('demo-dev-service-worker is UPDATE_ROLLBACK_COMPLETE');
    const cancelled = project.asked().filter((call) => /:(StopServiceDeployment|CancelUpdateStack)$/.test(call));
    expect(cancelled).toEqual(['ecs:StopServiceDeployment', 'cloudformation:CancelUpdateStack']);
    await project.succeed('deploy --env dev --sandbox --yes');
  });

  it('before anything is executed leaves nothing behind', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    const { exitCode, stderr } = await interrupted(project, asked(project, 'CreateChangeSet'));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('id: deploy-cancelled');
    expect(await statusOf(project)).toBeUndefined();
    expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
  });

  it('twice leaves at once and says what goes on: exit 8', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    const { exitCode, stderr } = await interrupted(project, asked(project, 'ExecuteChangeSet'), { times: 2 });
    expect(exitCode).toBe(8);
    expect(stderr).toContain('What AWS had begun goes on: platform deploy --attach --env dev follows it');
    await ended(project);
  });

  it('while it only looks stops at once', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    const { exitCode, stderr } = await interrupted(project, asked(project, 'GetCallerIdentity'));
    expect(exitCode).toBe(5);
    expect(stderr).toContain('Stopped at your request');
    expect(project.writes()).toEqual([]);
  });
});
