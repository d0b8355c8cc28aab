import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { lockHolder } from '../release/lock.ts';
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

/** Presses Ctrl-C as soon as CloudFormation has been asked to do so. */
async function pressWhen({ aws }: Deployable, operation: string, press: () => void): Promise<void> {
  while (!aws.calls.some((call) => call.operation === operation)) await new Promise((done) => setImmediate(done));
  press();
}

/** Left at once, in this process the work goes on all the same: until its lock is released. */
async function ended({ aws }: Deployable): Promise<void> {
  const objects = stateObjects(aws);
  while (await lockHolder(objects, 'dev')) await new Promise((done) => setImmediate(done));
}

async function interrupted(project: Deployable, operation: string, times = 1) {
  let pressed: Promise<void> | undefined;
  project.forget();
  const run = await project.platform('deploy --env dev --yes', {
    during: (press) => {
      pressed = pressWhen(project, operation, () => Array.from({ length: times }, press));
    },
  });
  await pressed;
  return run;
}

describe('Ctrl-C', () => {
  it('during a first creation deletes the stack, sees it gone, and says so', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    const { exitCode, stderr } = await interrupted(project, 'ExecuteChangeSet');
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
    const { exitCode, stderr } = await interrupted(project, 'ExecuteChangeSet');
    expect(project.asked()).toContain('cloudformation:CancelUpdateStack');
    expect(stderr).toContain(`${STACK} is UPDATE_ROLLBACK_COMPLETE`);
    expect(exitCode).toBe(1);
    expect(await statusOf(project)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
    await project.succeed('deploy --env dev --yes');
  });

  it('before anything is executed leaves nothing behind', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    const { exitCode, stderr } = await interrupted(project, 'CreateChangeSet');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('id: deploy-cancelled');
    expect(await statusOf(project)).toBeUndefined();
    expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
  });

  it('twice leaves at once and says what goes on: exit 8', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    const { exitCode, stderr } = await interrupted(project, 'ExecuteChangeSet', 2);
    expect(exitCode).toBe(8);
    expect(stderr).toContain('What AWS had begun goes on');
    await ended(project);
  });

  it('while it only looks stops at once', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: SLOW });
    const { exitCode, stderr } = await interrupted(project, 'GetCallerIdentity');
    expect(exitCode).toBe(5);
    expect(stderr).toContain('Stopped at your request');
    expect(project.writes()).toEqual([]);
  });
});
