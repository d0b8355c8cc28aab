import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { breakable, FAILING, stuckStacks } from '../testing/stuck-stacks.ts';

const STACK = 'demo-dev-messaging';

async function project() {
  const deployable = await startDeployable({ yaml: smallYaml(QUEUE) });
  return { ...deployable, scene: stuckStacks(deployable) };
}

/** UPDATE_ROLLBACK_FAILED, by a resource that cannot be changed for as long as `reason` says why. */
async function stuck(it: Awaited<ReturnType<typeof project>>, reason: () => string | undefined): Promise<void> {
  const thing = breakable(it, reason);
  await it.scene.create(STACK, thing.template('1'));
  await thing.rest();
  await it.aws
    .client(CloudFormationClient)
    .send(new UpdateStackCommand({ StackName: STACK, TemplateBody: JSON.stringify(thing.template('2')) }));
  await thing.rest();
  expect(await it.scene.status(STACK)).toBe('UPDATE_ROLLBACK_FAILED');
  it.forget();
}

const continues = ({ asked }: Deployable): number =>
  asked().filter((call) => call.endsWith(':ContinueUpdateRollback')).length;

describe('a rollback that got stuck', () => {
  it('goes on by itself once the reason has passed, and is proven (F-03, F-18, S3-81)', async () => {
    const it = await project();
    let busy = true;
    await stuck(it, () => (busy ? 'Rate exceeded' : undefined));
    busy = false;
    const done = await it.succeed('recover messaging --yes --json');
    expect(done.json()).toMatchObject({
      before: 'UPDATE_ROLLBACK_FAILED',
      after: 'UPDATE_ROLLBACK_COMPLETE',
      blocked: [{ id: 'Thing', failure: 'F-18', way: 'wait' }],
      steps: [{ do: 'wait', class: 'AUTO' }, { do: 'continue-rollback' }, { do: 'prove' }],
      drift: [{ id: 'Thing', status: 'NOT_CHECKED' }],
    });
    expect(continues(it)).toBe(1);
  });

  it('is tried once more by itself where waiting is enough, and no third time (F-18, F-96, S3-82)', async () => {
    const it = await project();
    let refusals = 3;
    await stuck(it, () => (refusals-- > 0 ? 'QueueDeletedRecently: wait 60 seconds' : undefined));
    expect(await it.succeed('recover messaging --yes')).toBeTruthy();
    expect(continues(it)).toBe(2);

    const other = await project();
    await stuck(other, () => 'Rate exceeded');
    const { exitCode, stderr } = await other.platform('recover messaging --yes');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('id: recover-failed');
    expect(continues(other)).toBe(2);
  });

  it('is tried once where a person has to mend it first, and says what and how to go on (F-03)', async () => {
    const it = await project();
    let broken = true;
    await stuck(it, () => (broken ? 'out of room' : undefined));
    const run = await it.platform('recover messaging --yes --json');
    expect(run.exitCode).toBe(1);
    expect(run.json().error).toMatchObject({
      id: 'recover-failed',
      message: expect.stringContaining('out of room'),
      remedy: expect.stringContaining('--skip Thing'),
      problems: [{ path: 'messaging.Thing' }],
    });
    expect(continues(it)).toBe(1);
    broken = false;
    await it.succeed('rollback continue messaging --yes');
    expect(await it.scene.status(STACK)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('is not acted on when somebody else has acted while the question was open', async () => {
    const it = await project();
    await it.succeed('deploy --env dev --yes');
    await it.scene.update(STACK, FAILING, { DisableRollback: true });
    const asking = it.platform('recover messaging', {
      answer: async () => {
        const other = await it.platform('recover messaging --yes');
        expect(other).toMatchObject({ exitCode: 0 });
        return true;
      },
    });
    expect(await asking).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('id: environment-overtaken') });
  });
});

describe('a stack under way', () => {
  it('is waited for, and then there is nothing to do (F-06)', async () => {
    const it = await project();
    await it.succeed('deploy --env dev --yes');
    await it.aws.world.setSpeed(1e-6);
    await it.aws
      .client(CloudFormationClient)
      .send(
        new UpdateStackCommand({ StackName: STACK, UsePreviousTemplate: true, Tags: [{ Key: 'by', Value: 'hand' }] }),
      );
    it.forget();
    const running = it.platform('recover messaging');
    while (it.asked().filter((call) => call.endsWith(':DescribeStacks')).length < 5)
      await new Promise((done) => setImmediate(done));
    await it.aws.world.setSpeed(1e6);
    const { exitCode, stderr, stdout } = await running;
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`Waiting for ${STACK}, which is UPDATE_IN_PROGRESS`);
    expect(stdout).toContain('is UPDATE_COMPLETE: there is nothing to do');
  });

  it('is left to itself by Ctrl-C, and a dry run does not wait', async () => {
    const it = await project();
    await it.succeed('deploy --env dev --yes');
    await it.aws.world.setSpeed(1e-6);
    await it.aws
      .client(CloudFormationClient)
      .send(
        new UpdateStackCommand({ StackName: STACK, UsePreviousTemplate: true, Tags: [{ Key: 'by', Value: 'hand' }] }),
      );
    const dry = await it.succeed('recover messaging --dry-run --json');
    expect(dry.json().steps).toMatchObject([{ do: 'wait-for-stack', class: 'AUTO' }]);
    it.forget();
    let interrupt = () => {};
    const running = it.platform('recover messaging', {
      during: (press) => {
        interrupt = press;
      },
    });
    while (it.asked().filter((call) => call.endsWith(':DescribeStacks')).length < 5)
      await new Promise((done) => setImmediate(done));
    interrupt();
    expect((await running).exitCode).not.toBe(0);
    expect(it.writes()).toEqual([]);
    await it.aws.world.setSpeed(1e6);
    await it.aws.settle();
  });
});

it('a protected stack is unprotected by its typed name, and only to be deleted (F-08)', async () => {
  const it = await project();
  await it.scene.create(STACK, FAILING);
  const client = it.aws.client(CloudFormationClient);
  await client.send(new UpdateTerminationProtectionCommand({ StackName: STACK, EnableTerminationProtection: true }));
  it.forget();
  expect(await it.platform('recover messaging --yes')).toMatchObject({ exitCode: 2 });
  expect(it.writes()).toEqual([]);
  await it.succeed('recover messaging --yes --confirm dev/stacks.messaging');
  await expect(client.send(new DescribeStacksCommand({ StackName: STACK }))).rejects.toThrow('does not exist');
});
