import type { Scope } from '../../kernel/scope.ts';
import { notFound } from './refusals.ts';
import { type BusRow, buses, DEFAULT_BUS, type RuleRow, ruleKey, rules } from './state.ts';

/** Buses may be given by name or ARN; none means the default bus. */
export const busNameOf = (bus: string | undefined): string => (bus ?? DEFAULT_BUS).replace(/^arn:.*:event-bus\//, '');

/** The bus, or undefined. The default bus is always there: it is written down when it is first looked at. */
export function lookUpBus(bus: string | undefined, scope: Scope): BusRow | undefined {
  const name = busNameOf(bus);
  const row = buses.in(scope).get(name);
  if (row || name !== DEFAULT_BUS) return row;
  const now = scope.world.clock.stamp();
  return buses.in(scope).put(name, {
    name,
    arn: `arn:aws:events:${scope.region}:${scope.account}:event-bus/${name}`,
    created: now,
    modified: now,
    tags: [],
  });
}

export function findBus(bus: string | undefined, scope: Scope): BusRow {
  const row = lookUpBus(bus, scope);
  if (!row) throw notFound(`Event bus ${busNameOf(bus)} does not exist.`);
  return row;
}

export function findRule(name: string | undefined, bus: string | undefined, scope: Scope): RuleRow {
  const busRow = findBus(bus, scope);
  const row = rules.in(scope).get(ruleKey(busRow.name, name ?? ''));
  if (!row) throw notFound(`Rule ${name} does not exist on EventBus ${busRow.name}.`);
  return row;
}

export const rulesOn = (bus: string, scope: Scope): RuleRow[] =>
  rules
    .in(scope)
    .values()
    .filter((row) => row.bus === bus)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
