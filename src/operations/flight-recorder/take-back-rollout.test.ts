import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { Aws } from '../../aws/aws.ts';
import { ecsScene } from '../../sandbox/services/ecs/ecs-scene.ts';
import { takeBackRollout } from './take-back-rollout.ts';

const PLACE = { cluster: 'shop', service: 'web' };

/** A service for which time all but stands still, so that a rollout that has begun is under way for the whole test. */
async function start() {
  const scene = await ecsScene({ speed: 1e-3 });
  await scene.register();
  await scene.createService();
  await scene.settle();
  const { endpoint, credentials } = scene;
  const connection = { account: '000000000000', region: 'us-east-1', endpoint, fenced: true, variables: {} };
  const aws = new Aws({ ...connection, credentials: async () => credentials });
  const begin = async () => {
    const answer = await scene.ecs.send(new UpdateServiceCommand({ ...PLACE, forceNewDeployment: true }));
    return answer.service!.deployments!.find(({ status }) => status === 'PRIMARY')!.id!;
  };
  const acts: string[] = [];
  const hopeless = new AbortController();
  const takenBack = (deployment: string, before: ReadonlySet<string> = new Set()) =>
    takeBackRollout(
      { aws, clock: { now: Date.now, sleep: async () => undefined }, target: { pollMs: 1 } as never },
      {
        name: 'web',
        cluster: 'shop',
        serviceName: 'web',
        deployment,
        before,
        rollout: { hopeless: hopeless.signal },
        recorder: { saw: ({ text }: { text: string }) => acts.push(text) } as never,
      },
    );
  const statuses = async () => (await aws.ecs.deployments('shop', 'web')).map(({ status }) => status);
  /** Time goes on when it has been asked to go back. */
  const goesBack = async () => {
    while (!scene.calls.some(({ operation }) => operation === 'StopServiceDeployment'))
      await new Promise((turn) => setImmediate(turn));
    await scene.world.setSpeed(1e6);
  };
  return { begin, takenBack, hopeless, acts, statuses, goesBack };
}

it('takes back the rollout that is ours', async () => {
  const { begin, takenBack, hopeless, acts, statuses, goesBack } = await start();
  const back = takenBack(await begin());
  hopeless.abort();
  await goesBack();
  expect(await back.end()).toEqual({ replaced: false });
  expect(acts).toEqual(['Waiting is hopeless: ECS is asked to take the rollout of web back']);
  expect((await statuses())[0]).toMatch(/^ROLLBACK_/);
});

it('leaves alone what somebody else has begun in its place', async () => {
  const { begin, takenBack, hopeless, acts, statuses } = await start();
  const back = takenBack(await begin());
  await begin();
  const before = await statuses();
  expect(before[0]).toBe('IN_PROGRESS');
  hopeless.abort();
  expect(await back.end()).toEqual({ replaced: true });
  expect(acts).toEqual(['Waiting is hopeless, and another rollout has taken the place of ours: web is left alone']);
  expect(await statuses()).toEqual(before);
});

it('says that ECS has gone back by itself where it has, and blames nobody for it', async () => {
  const { begin, takenBack, hopeless, acts } = await start();
  const earlier = await begin();
  const back = takenBack('ecs-svc/1', new Set([earlier]));
  hopeless.abort();
  expect(await back.end()).toEqual({ replaced: false });
  expect(acts).toEqual(['Waiting is hopeless, and ECS has gone back by itself: nothing of web is left to take back']);
});

it('asks for nothing as long as there is hope', async () => {
  const { begin, takenBack, acts, statuses } = await start();
  const back = takenBack(await begin());
  expect(await back.end()).toEqual({ replaced: false });
  expect(acts).toEqual([]);
  expect((await statuses())[0]).toBe('IN_PROGRESS');
});
