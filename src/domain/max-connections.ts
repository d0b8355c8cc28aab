/**
 * What PostgreSQL's default `max_connections` comes to. Aurora Serverless v2 takes it from its greatest capacity, and
 * holds it at 2,000 where the least is half a unit or less; the table of the documentation (1 → 189, 4 → 823, 8 → 1,669,
 * 16 → 3,360, from 32 on 5,000) is a straight line.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
export function maxConnectionsOfCapacity({ min, max }: { min: number; max: number }): number {
  const byCapacity = Math.max(0, Math.floor(211.4 * max - 22));
  return Math.min(byCapacity, min <= 0.5 ? 2_000 : 5_000);
}

/**
 * LEAST(DBInstanceClassMemory / 9531392, 5000), where RDS keeps some of the memory for itself; undefined for classes whose
 * memory is not known here.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export function maxConnectionsOfClass(instanceClass: string): number | undefined {
  const [, family = '', size = ''] = /^db\.([a-z]+\d+[a-z]*)\.(\w+)$/.exec(instanceClass) ?? [];
  const gib = memoryGib(family[0] ?? '', size);
  return gib === undefined ? undefined : Math.min(Math.floor((gib * 1024 ** 3) / 9_531_392), 5_000);
}

/** Sizes of burstable classes; those of the others double from `large` on. */
const BURSTABLE: Readonly<Record<string, number>> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  '2xlarge': 32,
};

function memoryGib(family: string, size: string): number | undefined {
  if (family === 't') return BURSTABLE[size];
  const large = { m: 8, r: 16, c: 4, x: 32 }[family];
  const times =
    size === 'large' ? 1 : size === 'xlarge' ? 2 : 2 * Number(/^(\d+)xlarge$/.exec(size)?.[1] ?? Number.NaN);
  return large === undefined || Number.isNaN(times) ? undefined : large * times;
}
