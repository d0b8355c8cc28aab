import type { Service, Task } from '@aws-sdk/client-ecs';
import { outputs } from '../../infra/outputs.ts';
import type { AppSettings } from '../../infra/settings.ts';
import type { Session } from '../context.ts';
import { digestsOf, isSimulated } from '../domain/task-images.ts';
import { PlatformError } from '../errors/platform-error.ts';

/** How long ECS and the load balancer may take to say what CloudFormation already believes. */
const PROOF_MS = 10 * 60_000;

export interface ProvenService {
  name: string;
  desired: number;
  running: number;
  /** Targets that the load balancer calls healthy; absent for a worker. */
  healthy?: number;
  /** `sha256:…` on every running task. */
  digest: string;
  /** No container ran: the sandbox had no engine. */
  simulated: boolean;
}

export interface ProveInput {
  settings: AppSettings;
  /** `<repository>@sha256:…` by service. */
  images: Readonly<Record<string, string>>;
  /** Outputs by stack id. */
  outputsOf: (stack: string) => Record<string, string>;
}

/**
 * Success is that the image asked for is what runs, on every task, healthy. CloudFormation's word is not taken for it:
 * a rollout that ECS has taken back looks complete too. Throws `release-not-proven`.
 */
export async function proveServices(
  session: Pick<Session, 'aws' | 'clock' | 'target' | 'signal'>,
  input: ProveInput,
): Promise<ProvenService[]> {
  return Promise.all(Object.keys(input.settings.services).map((name) => proveService(session, name, input)));
}

async function proveService(
  { aws, clock, target, signal }: Pick<Session, 'aws' | 'clock' | 'target' | 'signal'>,
  name: string,
  { images, outputsOf }: ProveInput,
): Promise<ProvenService> {
  const cluster = outputsOf('runtime')[outputs.runtime.clusterName]!;
  const own = outputsOf(`service-${name}`);
  const targetGroup = own[outputs.service.targetGroupArn];
  const wanted = images[name]?.split('@')[1] ?? '';
  const until = clock.now() + PROOF_MS;
  for (;;) {
    const [service, tasks, health] = await Promise.all([
      aws.ecs.service(cluster, own[outputs.service.serviceName]!),
      aws.ecs.tasks(cluster, { service: own[outputs.service.serviceName]!, desiredStatus: 'RUNNING' }),
      targetGroup ? aws.elb.targetHealth(targetGroup) : undefined,
    ]);
    const verdict = judge({
      service,
      tasks,
      wanted,
      healthy: health?.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length,
    });
    if ('proven' in verdict) return { name, ...verdict.proven };
    if (verdict.final || clock.now() > until) throw notProven(name, verdict.why);
    await clock.sleep(target.pollMs, signal);
  }
}

interface Evidence {
  service: Service | undefined;
  tasks: readonly Task[];
  wanted: string;
  healthy: number | undefined;
}

type Judgement = { proven: Omit<ProvenService, 'name'> } | { why: string; final: boolean };

function judge({ service, tasks, wanted, healthy }: Evidence): Judgement {
  if (!service) return { why: 'there is no such service in ECS', final: true };
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  if (primary?.rolloutState === 'FAILED')
    return { why: primary.rolloutStateReason ?? 'its rollout failed', final: true };
  const { desiredCount: desired = 0, runningCount: running = 0, deployments = [] } = service;
  if (deployments.length > 1 || primary?.rolloutState === 'IN_PROGRESS' || running !== desired) {
    return { why: `${running} of ${desired} tasks run, ${deployments.length} deployments are under way`, final: false };
  }
  const others = tasks.filter((task) => !digestsOf(task).includes(wanted));
  if (others.length > 0) {
    const runs = [...new Set(others.flatMap(digestsOf))].join(', ') || 'an image without a digest';
    return { why: `${others.length} of ${tasks.length} tasks run ${runs} and not ${wanted}`, final: true };
  }
  if (healthy !== undefined && healthy < desired)
    return { why: `${healthy} of ${desired} targets are healthy`, final: false };
  const simulated = tasks.some(isSimulated);
  return { proven: { desired, running, ...(healthy === undefined ? {} : { healthy }), digest: wanted, simulated } };
}

const notProven = (service: string, why: string) =>
  new PlatformError({
    id: 'release-not-proven',
    kind: 'failed',
    message: `CloudFormation is done, but ${service} is not what was asked for: ${why}`,
    remedy: 'platform status shows what runs; platform events what ECS says',
  });
