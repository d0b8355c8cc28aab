import { CreateEventBusCommand, DeleteEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, it } from 'vitest';
import { lockHolder } from '../release/lock.ts';
import { BUCKET, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const WORKER = 'services: { worker: { image: { context: . } } }';

it('names the first failure, lets the stack beside it finish, and goes on from there when it is mended (F-04)', async () => {
  // The network of others that it is told to use is not there.
  const project = await startDeployable({
    yaml: smallYaml(`${WORKER}\n${QUEUE}`),
    sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] },
  });
  const failed = await project.platform('deploy --env dev --sandbox --yes --json');
  expect(failed.exitCode).toBe(1);
  const { error } = failed.json();
  expect(error).toMatchObject({ id: 'stack-failed', kind: 'failed' });
  expect(error.message).toMatch(/^\S+ \(AWS::EC2::SecurityGroup\) of stack demo-dev-runtime failed: .*vpc-0a1b2c3d/);
  expect(failed.stdout.match(/^\{$/gm)).toHaveLength(1);

  const status = (await project.platform('status --env dev --sandbox --json')).json();
  const statuses = status.stacks.map((stack: { id: string; status: string }) => `${stack.id} ${stack.status}`);
  expect(statuses).toContain('messaging CREATE_COMPLETE');
  expect(statuses).toContain('runtime ROLLBACK_COMPLETE');
  expect(status.release).toBeNull();
  expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();

  project.configure(smallYaml(`${WORKER}\n${QUEUE}`).replace(/^network: .*$/m, 'network: { nat: none }'));
  const mended = (await project.succeed('deploy --env dev --sandbox --yes --json')).json();
  expect(mended.stacks).toContainEqual({ name: 'demo-dev-messaging', action: 'none', seconds: 0 });
  expect(mended.stacks).toContainEqual(expect.objectContaining({ name: 'demo-dev-runtime', action: 'recreate' }));
  expect(mended.services).toMatchObject([{ name: 'worker', desired: 1, running: 1, simulated: true }]);
  const again = (await project.succeed('deploy --env dev --sandbox --yes --json')).json();
  expect(again.release.id).toBe(mended.release.id);
  // What only a fake container ran is said to be so, as in JSON.
  const attached = await project.succeed('deploy --env dev --sandbox --attach');
  expect(attached.stdout).toMatch(/worker {2}1\/1 tasks .*\(simulated\)\nsimulated: no container ran/);
});

it('says what early validation found, and leaves no empty stack behind (F-10, F-15)', async () => {
  const project = await startDeployable({ yaml: smallYaml(`buses: { events: { name: taken-bus } }\n${BUCKET}`) });
  const events = project.aws.client(EventBridgeClient);
  // The plan has not seen it: somebody makes it while a person thinks.
  const answer = async () => {
    await events.send(new CreateEventBusCommand({ Name: 'taken-bus' }));
    return true;
  };
  const { exitCode, stderr } = await project.platform('deploy --env dev', { answer });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Resource of type 'AWS::Events::EventBus' with identifier 'taken-bus' already exists");
  const { stacks } = (await project.platform('status --env dev --json')).json();
  expect(stacks).toMatchObject([{ id: 'data', status: 'CREATE_COMPLETE' }]);

  await events.send(new DeleteEventBusCommand({ Name: 'taken-bus' }));
  expect((await project.succeed('deploy --env dev --yes --json')).json().stacks).toMatchObject([
    { name: 'demo-dev-data', action: 'none' },
    { name: 'demo-dev-messaging', action: 'create' },
  ]);
});
