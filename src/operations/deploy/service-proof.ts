import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Session } from '../../context.ts';
import { ecrImageOf } from '../../domain/ecr-image.ts';
import { digestsListedIn } from '../../domain/image-facts.ts';
import { digestsOf, isSimulated } from '../../domain/task-images.ts';
import { pairOf, servingGroups } from '../traffic/read-traffic.ts';
import { waitFor } from '../wait-for.ts';

/** ECS says what it began at once, a look from another of its servers may still not know of it. */
const UNSEEN_MS = 60_000;

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

export interface Expected {
  name: string;
  cluster: string;
  /** As ECS calls it. */
  serviceName: string;
  targetGroupArn?: string;
  /** `<repository>@sha256:…` that every task has to run. */
  image: string;
  /** Id of the rollout that every task has to come from; absent: whichever is the newest. */
  deployment?: string;
}

/**
 * `final`: waiting does not help. `over`: the rollout is no longer the one that is under way. `replaced`: because
 * somebody has begun another.
 */
export type Verdict =
  | { proven: ProvenService }
  | { why: string; final: boolean; over?: boolean; replaced?: boolean; otherImage?: boolean };

type Powers = Pick<Session, 'aws' | 'clock' | 'target' | 'signal'>;

/**
 * Looks until a service is proven, or cannot be any more, or time runs out: then the verdict is the last look's. A
 * rollout that ECS has taken back looks complete too, so it is told by its id wherever we began it ourselves.
 */
export async function watchProof(
  { aws, clock, target, signal }: Powers,
  expected: Expected,
  { forMs, look = () => {} }: { forMs: number; look?: (service: Service) => void },
): Promise<Verdict> {
  const { cluster, serviceName, targetGroupArn } = expected;
  const from = clock.now();
  const digest = expected.image.split('@')[1] ?? '';
  let accepted = [digest];
  let begunAt: number | undefined;
  let last: Verdict = { why: 'nobody has looked yet', final: false };
  const settled = await waitFor({ clock, everyMs: target.pollMs, forMs, signal }, async () => {
    const [service, tasks, given] = await Promise.all([
      aws.ecs.service(cluster, serviceName),
      aws.ecs.tasks(cluster, { service: serviceName, desiredStatus: 'RUNNING' }),
      targetGroupArn ? aws.elb.targetHealth(targetGroupArn) : undefined,
    ]);
    if (service) look(service);
    const listed = service?.deployments?.find(({ id }) => id === expected.deployment);
    begunAt ??= listed && (listed.createdAt?.getTime() ?? from);
    const pair = pairOf(service?.loadBalancers);
    const serving =
      pair && (await Promise.all((await servingGroups(aws, pair)).map((arn) => aws.elb.targetHealth(arn))));
    const health = serving?.flat() ?? given;
    const isKnown = begunAt !== undefined || clock.now() - from > UNSEEN_MS;
    const evidence = { service, tasks, isKnown, begunAt, ...(health ? { health } : {}) };
    last = verdictOn(expected, { ...evidence, accepted });
    if ('otherImage' in last && accepted.length === 1) {
      accepted = [digest, ...(await listedIn(aws, expected.image))];
      last = verdictOn(expected, { ...evidence, accepted });
    }
    return 'proven' in last || last.final ? last : undefined;
  });
  return settled ?? last;
}

/** Digests of an index's manifests: a task may say that of its platform instead of the index's own. */
async function listedIn({ ecr }: Session['aws'], image: string): Promise<string[]> {
  const place = ecrImageOf(image);
  const stored = place && (await ecr.manifest(place.repository, place.reference));
  return stored ? digestsListedIn(stored.text) : [];
}

interface Evidence {
  service: Service | undefined;
  tasks: readonly Task[];
  health?: readonly TargetHealthDescription[];
  /** The digest that was asked for, and those that prove it as well. */
  accepted: readonly string[];
  /** The rollout was seen before, or would have been by now. */
  isKnown: boolean;
  /** When it was begun, as ECS said while it listed it; one that is over leaves the list. */
  begunAt: number | undefined;
}

/** Success is that the image asked for is what runs, on every task, healthy. */
function verdictOn(
  { name, deployment }: Expected,
  { service, tasks, health, isKnown, begunAt, accepted }: Evidence,
): Verdict {
  if (!service) return { why: 'there is no such service in ECS', final: true };
  const { desiredCount: desired = 0, runningCount: running = 0, deployments = [] } = service;
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const ours = deployment === undefined ? primary : deployments.find(({ id }) => id === deployment);
  if (!primary) return { why: 'ECS shows no rollout of it', final: false };
  if (ours?.rolloutState === 'FAILED')
    return { why: ours.rolloutStateReason ?? 'its rollout failed', final: true, over: true };
  if (ours !== primary) {
    const replaced = begunAt !== undefined && (primary.createdAt?.getTime() ?? 0) > begunAt;
    const why = replaced
      ? `rollout ${primary.id} has taken the place of ${deployment}`
      : isKnown
        ? 'ECS went back to the tasks before'
        : `ECS does not list its rollout ${deployment} yet`;
    return { why, final: isKnown, over: true, replaced };
  }
  if (deployments.length > 1 || ours.rolloutState === 'IN_PROGRESS' || running !== desired)
    return { why: `${running} of ${desired} tasks run, ${deployments.length} deployments are under way`, final: false };

  const digest = accepted[0]!;
  const others = tasks.filter((task) => !digestsOf(task).some((one) => accepted.includes(one)));
  if (others.length > 0) {
    const runs = [...new Set(others.flatMap((task) => digestsOf(task)))].join(', ') || 'an image without a digest';
    return {
      why: `${others.length} of ${tasks.length} tasks run ${runs} and not ${digest}`,
      final: true,
      otherImage: true,
    };
  }
  const older = deployment === undefined ? [] : tasks.filter(({ startedBy }) => startedBy !== deployment);
  if (older.length > 0) return { why: `${older.length} tasks are of an earlier rollout`, final: false };
  const healthy = health?.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
  if (healthy !== undefined && healthy < desired)
    return { why: `${healthy} of ${desired} targets are healthy`, final: false };
  const simulated = tasks.some(isSimulated);
  return { proven: { name, desired, running, ...(healthy === undefined ? {} : { healthy }), digest, simulated } };
}
