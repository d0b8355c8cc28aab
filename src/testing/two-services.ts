import {
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  type Service,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { type Deployable, smallYaml, startDeployable } from './deployable.ts';

/** A web service, and a worker that is given a secret. `more` takes further lines under the worker. */
export const twoServices = (more = ''): string =>
  smallYaml(
    [
      'secrets: { app: { keys: { API_KEY: {} } } }',
      'services:',
      '  web: { image: { context: . }, command: [serve], port: 8080, http: { certificate: none, insecure: true }, health: { path: / } }',
      '  worker:',
      '    image: { context: . }',
      '    command: [work]',
      '    secrets: { API_KEY: "secret.app#API_KEY" }',
      ...(more === '' ? [] : [`    ${more}`]),
    ].join('\n'),
  ).replace(/^network: .*$/m, 'network: { nat: none }');

/** Deployed in a rehearsal of `dev`, so that images and the secret are made up. toolkit-lib asks CloudTrail after failures. */
export async function startTwoServices(): Promise<Deployable> {
  const project = await startDeployable({
    yaml: twoServices(),
    sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] },
  });
  await project.succeed('deploy --env dev --sandbox --yes');
  project.forget();
  return project;
}

/** The services as ECS has them, by their name in platform.yaml. */
export async function ecsServices({ aws }: Deployable): Promise<Record<string, Service>> {
  const ecs = aws.client(ECSClient);
  const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
  const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster: clusterArns[0]! }));
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: clusterArns[0]!, services: serviceArns }),
  );
  return Object.fromEntries(services.map((one) => [/-service-([a-z0-9-]+)-Run/.exec(one.serviceName!)![1]!, one]));
}

/** As scaling does it: behind the back of every template. */
export async function scaleTo(project: Deployable, name: string, desiredCount: number): Promise<void> {
  const { clusterArn: cluster, serviceName: service } = (await ecsServices(project))[name]!;
  await project.aws.client(ECSClient).send(new UpdateServiceCommand({ cluster, service, desiredCount }));
  await project.aws.settle();
}
