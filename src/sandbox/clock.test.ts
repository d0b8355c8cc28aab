import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeTasksCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../testing/start-sandbox.ts';
import { ecsScene } from './services/ecs/ecs-scene.ts';
import { setBehaviour } from './services/ecs/runtime/behaviours.ts';

/** So fast that any real time which counted would be hours of virtual time. */
const SPEED = 10_000_000;

it('stands still between commands and restarts, so that stopped tasks are there when a person looks (F-52)', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'clock-'));
  const scene = await ecsScene({ directory, speed: SPEED });
  const { world, scope } = scene;
  await scene.register();
  await world.transaction(() => setBehaviour(scope, '*', { exit: { code: 1, afterMs: 1_000 } }));
  await scene.createService({
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
  });
  await scene.settle();
  const afterFailure = world.clock.now();
  expect(world.busy).toBe(false);
  const stopped = await scene.tasks('STOPPED');
  expect(stopped.length).toBeGreaterThanOrEqual(3);

  await scene.service();
  expect(world.clock.now()).toBe(afterFailure);
  await scene.close();

  const later = await startSandbox({ directory, speed: SPEED, region: scope.region, account: scope.account });
  const ecs = later.client(ECSClient);
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: 'shop', desiredStatus: 'STOPPED' }));
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: taskArns }));
  expect(tasks.map(({ stoppedReason }) => stoppedReason)).toEqual(stopped.map(({ stoppedReason }) => stoppedReason));
  expect(later.world.clock.now()).toBe(afterFailure);

  await later.advance(3_600_000);
  expect((await ecs.send(new ListTasksCommand({ cluster: 'shop', desiredStatus: 'STOPPED' }))).taskArns).toEqual([]);
});

it('gives no answer before its own timestamps, so that one deployment never shows the events of the last', async () => {
  const { client, settle, world } = await startSandbox();
  const cloudformation = client(CloudFormationClient);
  onTestFinished(() => cloudformation.destroy());
  const templateOf = (retention: number) =>
    JSON.stringify({
      Resources: Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [
          `Log${index}`,
          { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: retention } },
        ]),
      ),
    });
  const events = async () => {
    const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'busy' }));
    return StackEvents;
  };
  await cloudformation.send(new CreateStackCommand({ StackName: 'busy', TemplateBody: templateOf(7) }));
  await settle();
  // More stamps than milliseconds: what a burst of events in one moment does.
  for (let count = 0; count < 150; count += 1) world.clock.stamp();
  const shown = await events();

  // As toolkit-lib does: what is older than the start of a deployment belongs to another.
  const startedAt = Date.now();
  expect(shown.filter(({ Timestamp }) => Timestamp!.getTime() > startedAt)).toEqual([]);
  await cloudformation.send(new UpdateStackCommand({ StackName: 'busy', TemplateBody: templateOf(14) }));
  await settle();
  const own = (await events()).filter(({ Timestamp }) => Timestamp!.getTime() >= startedAt);
  expect(own.at(-1)).toMatchObject({ LogicalResourceId: 'busy', ResourceStatus: 'UPDATE_IN_PROGRESS' });
  const known = new Set(shown.map(({ EventId }) => EventId));
  expect(own.filter(({ EventId }) => known.has(EventId))).toEqual([]);
});
