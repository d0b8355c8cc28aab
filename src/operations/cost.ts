import type { EffectiveEnvironment } from '../config/project.ts';
import type { Context } from '../context.ts';
import { cents, HOURS_A_MONTH, PRICED_REGION, PRICES, type Price, type PriceId } from '../domain/prices.ts';
import { offlineSettings } from '../release/offline-settings.ts';
import type { ResourceCost } from '../release/resource-cost.ts';
import { costsOf } from '../release/template-cost.ts';

/** The contract of `cost --json`. */
export interface CostOutcome {
  environment: string;
  region: string;
  currency: 'USD';
  /** Prices of other regions are others, mostly higher; nothing is converted. */
  pricesOf: string;
  hoursPerMonth: number;
  /** The sums of what is known; `unknown` is not in them, nor what is paid by use. */
  monthly: { idle: number; full: number };
  components: CostRow[];
  byUse: UseRow[];
  unknown: { stack: string; name: string; why: string }[];
  assumptions: string[];
  /** Those that were taken, with where they stand. */
  prices: (Price & { id: string })[];
}

export interface CostRow {
  stack: string;
  /** As a person calls it; several alike are one row. */
  name: string;
  count: number;
  idle: number;
  full: number;
  basis: string;
  prices: PriceId[];
}

interface UseRow {
  stack: string;
  name: string;
  what: string;
  price: PriceId;
}

/** What an environment would cost in a month, as far as prices can be cited. Asks AWS nothing, promises nothing. */
export async function cost(
  { reporter, templates }: Pick<Context, 'reporter' | 'templates'>,
  { environment, directory }: { environment: EffectiveEnvironment; directory: string },
): Promise<CostOutcome> {
  const { stacks } = await reporter.step(`Synthesizing ${environment.name}`, () =>
    templates.synthesize(offlineSettings(environment), directory),
  );
  const components: CostRow[] = [];
  const byUse: UseRow[] = [];
  const unknown: CostOutcome['unknown'] = [];
  for (const { id: stack, template } of stacks)
    for (const { name, type, found } of costsOf(template)) {
      if (found.fixed) addRow(components, { stack, name, type }, found.fixed);
      for (const { what, price } of found.uses ?? []) byUse.push({ stack, name, what, price });
      if (found.unknown !== undefined) unknown.push({ stack, name, why: found.unknown });
    }
  for (const row of components) [row.idle, row.full] = [cents(row.idle), cents(row.full)];
  const used = [...new Set([...components.flatMap(({ prices }) => prices), ...byUse.map(({ price }) => price)])].sort();
  const sum = (field: 'idle' | 'full') => cents(components.reduce((all, row) => all + row[field], 0));
  return {
    environment: environment.name,
    region: environment.region,
    currency: 'USD',
    pricesOf: PRICED_REGION,
    hoursPerMonth: HOURS_A_MONTH,
    monthly: { idle: sum('idle'), full: sum('full') },
    components,
    byUse,
    unknown,
    assumptions: assumptionsOf(environment),
    prices: used.map((id) => ({ id, ...PRICES[id] })),
  };
}

/** Dozens of alarms are one line. */
const COUNTED: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'alarms',
  'AWS::CloudWatch::Dashboard': 'dashboards',
  'AWS::SecretsManager::Secret': 'secrets',
  'AWS::EC2::EIP': 'public addresses of NAT',
};

function addRow(
  rows: CostRow[],
  { stack, name, type }: { stack: string; name: string; type: string },
  { idle, full, basis, prices }: NonNullable<ResourceCost['fixed']>,
): void {
  const together = COUNTED[type];
  const there = rows.find((row) => row.stack === stack && row.name === together);
  if (there) {
    there.count += 1;
    there.idle += idle;
    there.full += full;
    return;
  }
  rows.push({ stack, name: together ?? name, count: 1, idle, full, basis, prices: [...prices] });
}

const assumptionsOf = ({ region }: EffectiveEnvironment): string[] => [
  `a month of ${HOURS_A_MONTH} hours, on demand, without free tiers, credits, savings plans and taxes`,
  'idle: every service at its fewest tasks and every database at its least capacity all month; full: at its most',
  'what is paid by use (requests, GB, storage of Aurora, backups, data between zones and to the internet) is in neither sum',
  ...(region === PRICED_REGION ? [] : [`prices of ${PRICED_REGION}: those of ${region} are others, and mostly higher`]),
];
