import { columns } from '../domain/columns.ts';
import { type Price, priceOf } from '../domain/prices.ts';
import type { CostOutcome } from './cost.ts';

const dollars = (usd: number): string => `$${usd.toFixed(2)}`;

const rate = ({ usd, per }: Pick<Price, 'usd' | 'per'>): string => `$${usd} ${per === 'hour' ? 'an' : 'a'} ${per}`;

function namesOf(rows: CostOutcome['byUse']): string {
  const names = [...new Set(rows.map(({ name }) => name))];
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}

/** The parts first, the sums, then what is in neither. */
export function costText(outcome: CostOutcome): string {
  const { environment, monthly, components, byUse, unknown, assumptions, prices, pricesOf } = outcome;
  const rows = components.map(({ stack, name, count, idle, full, basis }) => [
    stack,
    count === 1 ? name : `${count} ${name}`,
    idle === full ? dollars(idle) : `${dollars(idle)} to ${dollars(full)}`,
    basis,
  ]);
  const uses = Map.groupBy(byUse, ({ price, what }) => `${rate(priceOf(price))}: ${what}`);
  return [
    `${environment} in a month, as far as it can be told:`,
    columns(rows),
    `${dollars(monthly.idle)} idle, ${dollars(monthly.full)} at its fullest`,
    ...(unknown.length > 0 ? ['Not in it, because no price can be cited:'] : []),
    ...unknown.map(({ stack, name, why }) => `  ${stack} ${name}: ${why}`),
    ...(uses.size > 0 ? ['Paid by use, and not in it:'] : []),
    ...[...uses].map(([what, of]) => `  ${what} (${namesOf(of)})`),
    'Assumed:',
    ...assumptions.map((one) => `  ${one}`),
    `Prices of ${pricesOf}:`,
    columns(prices.map(({ id, usd, per, asOf, readAt }) => ['', id, rate({ usd, per }), asOf, readAt])),
  ].join('\n');
}
