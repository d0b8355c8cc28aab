import type { Session } from '../context.ts';
import type { DatabaseStanding } from './database-status.ts';
import type { FoundDatabase } from './find-databases.ts';

/**
 * Bounds of an Aurora Serverless v2 cluster, and what it has right now. A paused cluster measures 0:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 */
export async function measuredCapacity(
  { aws, clock }: Pick<Session, 'aws' | 'clock'>,
  { id, live, region }: FoundDatabase,
): Promise<DatabaseStanding['capacity']> {
  const scaling = live.cluster?.ServerlessV2ScalingConfiguration;
  if (!scaling) return null;
  const measured = await aws
    .in(region)
    .metrics.newest(
      { namespace: 'AWS/RDS', name: 'ServerlessDatabaseCapacity', dimensions: { DBClusterIdentifier: id } },
      { now: clock.now() },
    );
  return {
    min: scaling.MinCapacity ?? 0,
    max: scaling.MaxCapacity ?? 0,
    current: measured?.value ?? null,
    pausesAfterSeconds: scaling.SecondsUntilAutoPause ?? null,
    paused: measured?.value === 0,
  };
}
