import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { Aws } from '../aws/aws.ts';
import { systemClock } from '../cli/system-clock.ts';
import { loadProject } from '../config/load.ts';
import type { Diagnosis } from '../diagnosis/cause.ts';
import { diagnoseService } from '../diagnosis/diagnose-service.ts';
import type { SickService } from '../diagnosis/sick-service.ts';
import type { Deployable } from './deployable.ts';
import { ecsServices } from './two-services.ts';

/** Gives a service of a rehearsal of `dev` fresh tasks, and waits until nothing is under way. Answers with the rollout's id. */
export async function rollOut({ aws, ...project }: Deployable, name: string): Promise<string> {
  const { clusterArn: cluster, serviceName: service } = (await ecsServices({ aws, ...project }))[name]!;
  const ecs = aws.client(ECSClient);
  const answer = await ecs.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  await aws.settle();
  return answer.service!.deployments!.find(({ status }) => status === 'PRIMARY')!.id!;
}

/** What a command would read with: the project's environment, and the gateways on its sandbox. */
export function diagnosisPowers({ directory, aws: { endpoint, credentials } }: Deployable) {
  const environment = loadProject({ cwd: directory }).environment('dev', { rehearsal: true });
  const aws = new Aws({
    account: '111111111111',
    region: environment.region,
    endpoint,
    fenced: true,
    credentials: async () => credentials,
    variables: {},
  });
  return { aws, environment, clock: systemClock, signal: new AbortController().signal };
}

/** The diagnosis of a service as it is now. */
export async function diagnosed(
  project: Deployable,
  name: string,
  target: Partial<SickService> = {},
): Promise<Diagnosis> {
  const service = (await ecsServices(project))[name];
  const [balancer] = service?.loadBalancers ?? [];
  return diagnoseService(diagnosisPowers(project), {
    name,
    cluster: service?.clusterArn ?? '',
    serviceName: service?.serviceName ?? '',
    ...(balancer?.targetGroupArn ? { targetGroupArn: balancer.targetGroupArn } : {}),
    ...target,
  });
}

/** Calls that a diagnosis may take, those to find the service and its tasks included. */
const CALLS = 15;

/** A rollout of it, and what is said of that one. Throws when AWS was asked too often for it. */
export async function brokenRollout(project: Deployable, name: string): Promise<Diagnosis> {
  const deployment = await rollOut(project, name);
  project.forget();
  const found = await diagnosed(project, name, { deployment });
  // Three of them look for the service's name.
  const asked = project.asked().length - 3;
  if (asked > CALLS) throw new Error(`a diagnosis took ${asked} calls: ${project.asked().join(', ')}`);
  return found;
}
