import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import type { Session } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { EnvironmentState } from '../release/environment-state.ts';
import { chosenServices, type DeployedService, deployedServices } from './deployed-services.ts';
import { type HeldLock, heeding } from './hold-lock.ts';
import { watchProof } from './service-proof.ts';

/** A service, and what decides how many tasks it runs. */
export interface ScaledService extends DeployedService {
  /** Undefined where nothing scales it. */
  scaling: ScalableTarget | undefined;
}

/** A service of `scale --json`, `pause --json` and `resume --json`. */
export interface CountedService {
  name: string;
  before: Counts;
  after: Counts;
  /** That many tasks run, of the right image, healthy. */
  settled: boolean;
  running: number;
}

export interface Counts {
  desired: number;
  /** Null where nothing scales the service. */
  min: number | null;
  max: number | null;
}

export async function scaledServices(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  state: EnvironmentState,
  names: readonly string[] | undefined,
): Promise<ScaledService[]> {
  const chosen = chosenServices(session, await deployedServices(session, state), names);
  return Promise.all(
    chosen.map(async (one) => ({
      ...one,
      scaling: await session.aws.applicationAutoScaling.target(one.cluster, one.serviceName),
    })),
  );
}

export const countsOf = ({ service, scaling }: ScaledService): Counts => ({
  desired: service.desiredCount ?? 0,
  min: scaling?.MinCapacity ?? null,
  max: scaling?.MaxCapacity ?? null,
});

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target'>;

/** Watches services side by side until as many tasks run as they are to have, healthy; answers with how many run. */
export async function watchCounts(
  session: Powers,
  title: string,
  { services, forMs, lock }: { services: readonly ScaledService[]; forMs: number; lock: Pick<HeldLock, 'heed'> },
): Promise<Map<string, number>> {
  const { aws, environment, reporter, signal } = session;
  const flags = environmentFlags(environment);
  const verdicts = await reporter
    .tree(title, (tree) =>
      heeding(session, lock, (waking) =>
        Promise.all(
          services.map(async ({ name, cluster, serviceName, targetGroupArn, service }) => {
            const definition = await aws.ecs.taskDefinition(service.taskDefinition!);
            const image = definition?.containerDefinitions?.[0]?.image ?? '';
            const place = { name, cluster, serviceName, ...(targetGroupArn ? { targetGroupArn } : {}), image };
            const verdict = await watchProof(waking, place, {
              forMs,
              look: ({ runningCount, desiredCount }) =>
                tree.row(name, { title: name, state: 'running', detail: `${runningCount}/${desiredCount} tasks run` }),
            });
            const isProven = 'proven' in verdict;
            const detail = isProven
              ? `${verdict.proven.running} ${verdict.proven.running === 1 ? 'task' : 'tasks'}`
              : verdict.why;
            tree.row(name, { title: name, state: isProven ? 'done' : 'failed', detail });
            return { name, verdict };
          }),
        ),
      ),
    )
    .catch((error: unknown) => Promise.reject(signal.aborted ? left(environment.name, flags) : error));
  const open = verdicts.flatMap(({ name, verdict }) => ('proven' in verdict ? [] : [{ name, ...verdict }]));
  const texts = open.map(({ name, why }) => `${name}: ${why}`);
  if (open.some(({ final }) => final)) throw notProven(texts, flags);
  if (open.length > 0) throw notOver(texts, flags);
  return new Map(verdicts.map(({ name, verdict }) => [name, 'proven' in verdict ? verdict.proven.running : 0]));
}

const notProven = (texts: readonly string[], flags: string) =>
  new PlatformError({
    id: 'counts-not-proven',
    kind: 'failed',
    message: `The counts are changed, and what runs is not what it should be: ${texts.join('; ')}`,
    remedy: `platform status ${flags} shows what runs; platform events ${flags} what happened`,
  });

const notOver = (texts: readonly string[], flags: string) =>
  new PlatformError({
    id: 'counts-not-over',
    kind: 'pending',
    message: `Time ran out, and ECS goes on: ${texts.join('; ')}`,
    remedy: `platform status ${flags} shows how far it is`,
  });

const left = (environment: string, flags: string) =>
  new PlatformError({
    id: 'counts-left',
    kind: 'pending',
    message: `Stopped watching; the counts in ${environment} are changed, and ECS goes on`,
    remedy: `platform status ${flags} shows how far it is`,
  });
