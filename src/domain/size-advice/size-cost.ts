import { HOURS_A_MONTH, PRICES, type PriceId } from '../prices.ts';

/** What one task of a size costs in a month, all of it running, on demand. */
export function taskMonth({ cpu, memory }: { cpu: number; memory: number }, architecture: 'amd64' | 'arm64'): number {
  const processor = architecture === 'arm64' ? 'arm' : 'x86';
  const hour =
    (cpu / 1024) * PRICES[`fargate-vcpu-${processor}`].usd + (memory / 1024) * PRICES[`fargate-gb-${processor}`].usd;
  return hour * HOURS_A_MONTH;
}

/** What so many milliseconds of so much memory cost. */
export const callsCost = (memoryMb: number, billedMs: number, architecture: 'arm64' | 'x86_64'): number =>
  (memoryMb / 1024) * (billedMs / 1000) * PRICES[architecture === 'arm64' ? 'lambda-arm' : 'lambda-x86'].usd;

export const capacityMonth = (acu: number): number => acu * PRICES['aurora-acu'].usd * HOURS_A_MONTH;

/** Undefined for a class whose price is not known. */
export function classMonth(size: string, multiAz: boolean): number | undefined {
  return size in PRICES ? PRICES[size as PriceId].usd * HOURS_A_MONTH * (multiAz ? 2 : 1) : undefined;
}
