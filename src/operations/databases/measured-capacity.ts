import type { Session } from '../../context.ts';
import type { DatabaseStanding } from './database-status.ts';
import type { FoundDatabase } from './find-databases.ts';

/**
 * Bounds of an Aurora Serverless v2 cluster, and what it has right now. A paused cluster measures 0:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 */
export async function measuredCapacity(
  { aws, clock }: Pick<Session, 'aws' | 'clock'>,
  { id, live, proxy, region }: FoundDatabase,
): Promise<DatabaseStanding['capacity']> {
  const scaling = live.cluster?.ServerlessV2ScalingConfiguration;
  if (!scaling) return null;
  const { metrics } = aws.in(region);
  const measure = (name: string) =>
    metrics.newest({ namespace: 'AWS/RDS', name, dimensions: { DBClusterIdentifier: id } }, { now: clock.now() });
  const [capacity, connections] = await Promise.all([
    measure('ServerlessDatabaseCapacity'),
    measure('DatabaseConnections'),
  ]);
  const current = capacity?.value ?? null;
  return {
    min: scaling.MinCapacity ?? 0,
    max: scaling.MaxCapacity ?? 0,
    current,
    pausesAfterSeconds: scaling.SecondsUntilAutoPause ?? null,
    paused: current === 0,
    awake:
      scaling.MinCapacity === 0 && current !== null && current > 0
        ? keptAwake({ proxy, connections: connections?.value ?? 0 })
        : null,
  };
}

/** Why a database that may pause does not (F-77). */
function keptAwake({ proxy, connections }: { proxy: string | undefined; connections: number }): string | null {
  if (proxy) return `the proxy ${proxy} keeps connections to it, and a database with a proxy never pauses`;
  if (connections > 0)
    return `${Math.ceil(connections)} connections are open: a pool that keeps them, or a task that asks every minute, keeps it awake`;
  return null;
}
