import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resourcesOf, stackNames, stacks } from '../../sandbox/services/cloudformation/state.ts';
import { services, tasks } from '../../sandbox/services/ecs/state.ts';
import { logGroups } from '../../sandbox/services/logs/state.ts';
import { runOnce } from '../bench/measure.ts';
import { type Deployable, startDeployable } from '../deployable.ts';
import { twoServices } from '../two-services.ts';
import { REPOSITORY } from './built-program.ts';

/** Far more than one environment may have are ours; the others stand in a cluster beside it. */
const SERVICES = 500;
const OWN = 195;
const STACKS = 2_000;

const named = (index: number) => `s${String(index).padStart(3, '0')}`;

/** The worker, many times over, and stacks of others: rows beside those that a deployment has made. */
function grow({ aws: { scope } }: Deployable): void {
  const all = stacks.in(scope).values();
  const stackOf = (block: string) => all.find(({ name }) => name === `demo-dev-${block}`)!;
  const [worker, tasksStack] = [stackOf('service-worker'), stackOf('tasks')];
  const ecs = services.in(scope);
  const own = ecs.values().find(({ serviceName }) => serviceName.includes('worker'))!;
  const task = tasks
    .in(scope)
    .values()
    .find(({ service }) => service?.name === own.serviceName)!;
  const group = tasksStack.outputs.find(({ key }) => key === 'LogGroupWorker')!;
  const log = logGroups.in(scope).get(group.value)!;
  const logResource = resourcesOf(scope, tasksStack.id)
    .values()
    .find(({ physicalId }) => physicalId === group.value)!;
  const addStack = (name: string, outputs = worker.outputs) => {
    const id = worker.id.replace(worker.name, name);
    stacks.in(scope).put(id, { ...worker, id, name, outputs });
    stackNames.in(scope).put(name, id);
  };
  const outputs = [...tasksStack.outputs];
  for (let index = 0; index < SERVICES; index += 1) {
    const serviceName = `${own.serviceName.slice(0, -4)}${named(index)}`;
    if (index >= OWN) {
      ecs.put(`others/${serviceName}`, { ...own, serviceName, cluster: 'others' });
      addStack(`others-service-${index}`);
      continue;
    }
    ecs.put(`${own.cluster}/${serviceName}`, { ...own, serviceName });
    const taskId = `${task.taskId.slice(0, -4)}${String(index).padStart(4, '0')}`;
    const taskArn = task.task.taskArn!.replace(task.taskId, taskId);
    tasks.in(scope).put(`${own.cluster}/${taskId}`, {
      ...task,
      taskId,
      task: { ...task.task, taskArn, group: `service:${serviceName}` },
      service: { ...task.service!, name: serviceName },
    });
    const name = `${group.value.slice(0, -4)}${named(index)}`;
    logGroups.in(scope).put(name, { ...log, name, arn: log.arn.replace(log.name, name) });
    const logicalId = `${named(index)}Log`;
    resourcesOf(scope, tasksStack.id).put(logicalId, { ...logResource, logicalId, physicalId: name });
    outputs.push({ key: `LogGroupS${named(index).slice(1)}`, value: name });
    addStack(
      `demo-dev-service-${named(index)}`,
      worker.outputs.map((one) => (one.key === 'ServiceName' ? { ...one, value: serviceName } : one)),
    );
  }
  stacks.in(scope).update(tasksStack.id, (draft) => {
    draft.outputs = outputs;
  });
  for (let index = 0; index < STACKS - SERVICES; index += 1) addStack(`others-${index}`);
}

/** The built program in a process of its own. */
async function measured(project: Deployable, words: readonly string[]) {
  project.forget();
  const { AWS_ENDPOINT_URL: _, ...around } = process.env;
  const env = {
    ...around,
    AWS_ENDPOINT_URL: project.aws.endpoint,
    AWS_ACCESS_KEY_ID: project.aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'x',
    PLATFORM_CONTAINER_ENGINE: 'none',
  };
  const program = [process.execPath, join(REPOSITORY, 'bin', 'platform.js'), '-C', project.directory];
  const { ms, peakMb = 0 } = await runOnce([...program, ...words, '--env', 'dev', '--json'], {
    cwd: project.directory,
    env,
  });
  return { text: `${Math.round(ms)} ms, ${Math.round(peakMb)} MB, ${project.asked().length} calls`, peakMb };
}

it('looks at 197 services in an account of 500 services and 2,000 stacks, page by page, in bounded memory', async () => {
  const project = await startDeployable({ yaml: twoServices() });
  await project.succeed('deploy --env dev --sandbox --yes');
  grow(project);
  const before = await measured(project, ['deploy', '--preflight', '--no-build']);
  // Told by `npm test`, to be compared: other programs on the machine count in it.
  process.stdout.write(`preflight: ${before.text}\n`);
  expect(project.asked().length).toBeLessThan(300);
  const many = Array.from(
    { length: OWN },
    (_, index) =>
      `  ${named(index)}: { image: { context: . }, command: [work], secrets: { API_KEY: "secret.app#API_KEY" } }`,
  );
  const yaml = twoServices().replace('services:\n', `services:\n${many.join('\n')}\n`);
  // More than one deployment could make, so that what is looked at grows and the account does not.
  project.configure(`${yaml}waivers: [{ rule: service-count, reason: "they stand in the sandbox already" }]\n`);
  const { text, peakMb } = await measured(project, ['doctor']);
  process.stdout.write(`doctor: ${text}\n`);
  expect(project.asked().length).toBeLessThan(1_000);
  expect(peakMb).toBeLessThan(300);
});
