import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { cents, PRICED_REGION } from '../../domain/prices.ts';
import { tooLittle } from '../../domain/size-advice/advice.ts';
import { instanceAdvice, serverlessAdvice } from '../../domain/size-advice/database-advice.ts';
import { capacityMonth, classMonth } from '../../domain/size-advice/size-cost.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { type FoundDatabase, findDatabases } from '../databases/find-databases.ts';
import type { SizeAdvice } from './advise-sizes.ts';

export async function databaseSizes(session: Session, state: EnvironmentState, days: number): Promise<SizeAdvice[]> {
  const found = await findDatabases(session, state);
  const own = Object.entries(session.environment.blocks.databases).filter(([, { engine }]) => engine !== 'shared');
  const advice = await fewAtATime(own, async ([name, { acu, instance }]) => {
    const live = found.find((one) => one.name === name);
    const path = `databases.${name}`;
    if (acu) return serverless(session, { path, bounds: acu, live, days });
    return instance ? ofInstance(session, { path, instance, live, days }) : undefined;
  });
  return advice.filter((one) => one !== undefined);
}

interface Looked {
  path: string;
  live: FoundDatabase | undefined;
  days: number;
}

const nothing = (path: string, now: SizeAdvice['now']): SizeAdvice => ({
  path,
  now,
  ...tooLittle('it is not deployed'),
  evidence: [],
  monthly: null,
});

async function serverless(
  { aws, clock, target }: Session,
  { path, bounds: { min, max }, live, days }: Looked & { bounds: { min: number; max: number } },
): Promise<SizeAdvice> {
  const now = { 'acu.min': min, 'acu.max': max };
  if (!live) return nothing(path, now);
  const dimensions = { DBClusterIdentifier: live.id };
  const capacity = await aws
    .in(live.region)
    .metrics.hourly(
      { namespace: 'AWS/RDS', name: 'ServerlessDatabaseCapacity', dimensions },
      { now: clock.now(), days },
    );
  const advice = serverlessAdvice({ min, max, capacity });
  const least = advice.suggested?.['acu.min'];
  // A higher bound costs only while it is used.
  const known = typeof least === 'number' && target.region === PRICED_REGION;
  return {
    path,
    now,
    ...advice,
    evidence: [`AWS/RDS ServerlessDatabaseCapacity of ${live.id}: ${capacity.length} hours`],
    monthly: known ? cents(capacityMonth(least) - capacityMonth(min)) : null,
  };
}

async function ofInstance(
  { aws, clock, target }: Session,
  { path, instance, live, days }: Looked & { instance: { class: string; multiAz: boolean } },
): Promise<SizeAdvice> {
  const now = { 'instance.class': instance.class };
  if (!live) return nothing(path, now);
  const dimensions = { DBInstanceIdentifier: live.id };
  const measure = (name: string) =>
    aws.in(live.region).metrics.hourly({ namespace: 'AWS/RDS', name, dimensions }, { now: clock.now(), days });
  const [processor, freeable] = await Promise.all([measure('CPUUtilization'), measure('FreeableMemory')]);
  const advice = instanceAdvice({ class: instance.class, processor, freeable });
  const suggested = advice.suggested?.['instance.class'];
  const cost = (size: unknown) => (typeof size === 'string' ? classMonth(size, instance.multiAz) : undefined);
  const [before, after] = [cost(instance.class), cost(suggested)];
  const known = before !== undefined && after !== undefined && target.region === PRICED_REGION;
  return {
    path,
    now,
    ...advice,
    evidence: [
      `AWS/RDS CPUUtilization of ${live.id}: ${processor.length} hours`,
      `AWS/RDS FreeableMemory of ${live.id}: ${freeable.length} hours`,
    ],
    monthly: known ? cents(after - before) : null,
  };
}
