import { expect, it } from 'vitest';
import { tasks } from '../sandbox/services/ecs/state.ts';
import { type Deployable, smallYaml } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const yaml = (more = '') =>
  smallYaml(
    ['services:', `  worker: { image: { context: . }, command: [work], scaling: { min: 2, max: 4 }${more} }`].join(
      '\n',
    ),
  ).replace(/^network: .*$/m, 'network: { nat: none }');

const FLAGS = '--env dev --sandbox';
const start = () => startDeployed({ yaml: yaml() });

const running = ({ aws }: Deployable) =>
  tasks
    .in(aws.scope)
    .values()
    .filter(({ task }) => task.lastStatus === 'RUNNING')
    .map(({ task }) => task);

it('Spot comes to a running service and goes again, each time with as many tasks as it needs at least (F-60)', async () => {
  const project = await start();
  expect(running(project).map(({ launchType }) => launchType)).toEqual(['FARGATE', 'FARGATE']);

  project.configure(yaml(', spot: { onDemand: 1 }'));
  const plan = (await project.succeed(`diff ${FLAGS} --json`)).json();
  const changes = plan.stacks.flatMap(({ changes: all }: { changes: object[] }) => all);
  expect(changes).toContainEqual(expect.objectContaining({ type: 'AWS::ECS::Service', replacement: 'always' }));
  const deployed = (await project.succeed(`deploy ${FLAGS} --yes --json`)).json();
  expect(deployed.services).toMatchObject([{ name: 'worker', desired: 2, running: 2 }]);
  expect(
    running(project)
      .map(({ capacityProviderName }) => capacityProviderName)
      .sort(),
  ).toEqual(['FARGATE', 'FARGATE_SPOT']);
  project.forget();
  await project.succeed(`deploy ${FLAGS} --yes`);
  expect(project.writes()).toEqual([]);

  project.configure(yaml());
  await project.succeed(`deploy ${FLAGS} --yes`);
  expect(running(project).map(({ launchType }) => launchType)).toEqual(['FARGATE', 'FARGATE']);
});

it('a sidecar runs in every task; what proves the service is the container of the service', async () => {
  const project = await start();
  const before = (await project.succeed(`status ${FLAGS} --json`)).json().services[0].digest;
  project.configure(
    yaml(', sidecars: { agent: { image: "public.ecr.aws/aws-observability/aws-otel-collector:latest", memory: 128 } }'),
  );
  await project.succeed(`deploy ${FLAGS} --yes`);
  expect(running(project).map(({ containers = [] }) => containers.map(({ name }) => name))).toEqual([
    ['app', 'agent'],
    ['app', 'agent'],
  ]);
  const { services } = (await project.succeed(`status ${FLAGS} --json`)).json();
  expect(services[0]).toMatchObject({ digest: before, running: 2 });
});
