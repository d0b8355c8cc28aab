import { canonicalJson } from '../canonical-json.ts';
import type { Template } from '../resolve-template.ts';
import { conditionText, notImplied } from './conditions.ts';
import { exposuresOf, GUARDS } from './exposures.ts';
import { networkRulesOf, ruleCovers, trafficText } from './network-rules.ts';
import { patternOf, resourceIn, shown } from './pattern.ts';
import { type Channel, type Held, policiesOf } from './policies.ts';
import { elementText, type Grant, grantCovers, keyOf, reaches } from './statements.ts';

export const BROADENING_KINDS = [
  'rights',
  'trust',
  'policy',
  'deny-removed',
  'boundary',
  'ingress',
  'egress',
  'public-access',
] as const;

/** Something that more people, programs or addresses may do after a deployment than before it. */
export interface Broadening {
  kind: (typeof BROADENING_KINDS)[number];
  /** Logical id of what has it; undefined: it is none of the template's. */
  id: string | undefined;
  holder: string;
  /** Who; null where it is the holder, or everybody. */
  principal: string | null;
  actions: string[];
  resource: string | null;
  /** Conditions it still stands under. */
  conditions: string[];
  /** Conditions under which it stood before, and does no more. */
  lost: string[];
}

/**
 * What broadens from one resolved template to the next: every right that no right of before contains, and every
 * refusal that no refusal of after contains. Order, grouping and spelling of statements are no change. Without a
 * report, whatever is let through afterwards was let through before; what cannot be told is reported.
 */
export function broadeningsOf(before: Template, after: Template): Broadening[] {
  return [
    ...policyBroadenings(before, after),
    ...networkBroadenings(before, after),
    ...exposureBroadenings(before, after),
  ];
}

function policyBroadenings(before: Template, after: Template): Broadening[] {
  const [old, next] = [policiesOf(before), policiesOf(after)];
  const found = [...next].flatMap(([key, held]) => {
    const had = old.get(key)?.grants ?? [];
    if (held.unwritten && !old.has(key)) return [];
    return grouped(held, added(held.grants, had, 'Allow'), had);
  });
  const refusals = [...old].flatMap(([key, held]) => {
    if (isGone(held.holder, before, after)) return [];
    const lost = added(held.grants, next.get(key)?.grants ?? [], 'Deny');
    return grouped(held, lost, []).map((one): Broadening => ({ ...one, kind: 'deny-removed' }));
  });
  return [...found, ...refusals, ...boundariesLost(before, after)];
}

/** Of one effect, what is in `grants` and covered by nothing in `others`. */
function added(grants: readonly Grant[], others: readonly Grant[], effect: Grant['effect']): Grant[] {
  const known = new Set(others.map(keyOf));
  return grants.filter(
    (grant) =>
      grant.effect === effect && !known.has(keyOf(grant)) && !others.some((other) => grantCovers(other, grant)),
  );
}

const KINDS: Readonly<Record<Channel, Broadening['kind']>> = { rights: 'rights', trust: 'trust', policy: 'policy' };

/** Actions that differ in nothing else are told together. */
function grouped({ holder, channel }: Held, grants: readonly Grant[], had: readonly Grant[]): Broadening[] {
  const told = Map.groupBy(grants, (grant) =>
    canonicalJson([grant.principal, grant.resource, [...grant.conditions], lostOf(grant, had)]),
  );
  return [...told.values()].map(([first, ...more]) => ({
    kind: KINDS[channel],
    id: resourceIn(holder),
    holder: shown(holder),
    principal: first!.principal === '' ? null : shown(elementText(first!.principal)),
    actions: [...new Set([first!, ...more].map(({ action }) => shown(elementText(action))))].sort(),
    resource: ['', '*'].includes(first!.resource) && channel !== 'rights' ? null : shown(elementText(first!.resource)),
    conditions: [...first!.conditions.keys()].map((key) => conditionText(first!.conditions, key)),
    lost: lostOf(first!, had),
  }));
}

/** A right that was there under conditions, and is there with fewer. */
function lostOf(grant: Grant, had: readonly Grant[]): string[] {
  const same = had.filter((other) => reaches(other, grant));
  const nearest = same
    .map((other) => notImplied(other.conditions, grant.conditions).map((key) => conditionText(other.conditions, key)))
    .sort((a, b) => a.length - b.length)[0];
  return nearest ?? [];
}

/** What is deleted needs nobody to hold it back. */
function isGone(holder: string, before: Template, after: Template): boolean {
  const id = resourceIn(holder);
  return id !== undefined && before.Resources?.[id] !== undefined && after.Resources?.[id] === undefined;
}

function boundariesLost(before: Template, after: Template): Broadening[] {
  return kept(before, after).flatMap(([id, old, next]) => {
    const boundary = old.PermissionsBoundary;
    if (boundary === undefined || canonicalJson(boundary) === canonicalJson(next.PermissionsBoundary)) return [];
    return [bare('boundary', id, [`no longer bounded by ${shown(patternOf(boundary))}`])];
  });
}

function networkBroadenings(before: Template, after: Template): Broadening[] {
  const old = networkRulesOf(before);
  return networkRulesOf(after)
    .filter((rule) => !old.some((other) => ruleCovers(other, rule)))
    .map((rule) => ({
      kind: rule.direction === 'in' ? 'ingress' : 'egress',
      id: resourceIn(rule.group),
      holder: shown(rule.group),
      principal: shown(rule.peer),
      actions: [trafficText(rule)],
      resource: null,
      conditions: [],
      lost: [],
    }));
}

function exposureBroadenings(before: Template, after: Template): Broadening[] {
  const opened = Object.entries((after.Resources ?? {}) as Record<string, Template>).flatMap(([id, resource]) => {
    const old = before.Resources?.[id];
    const had = old?.Type === resource.Type ? (old.Properties ?? {}) : undefined;
    return exposuresOf(resource.Type, resource.Properties ?? {}, had).map((text) => bare('public-access', id, [text]));
  });
  const unguarded = Object.entries((before.Resources ?? {}) as Record<string, Template>).flatMap(([id, resource]) => {
    const guarded = GUARDS[resource.Type]?.(resource.Properties ?? {});
    if (guarded === undefined || after.Resources?.[id] !== undefined || isGone(guarded, before, after)) return [];
    const what = resourceIn(guarded);
    return [{ ...bare('public-access', what, ['no firewall stands before it']), holder: shown(guarded) }];
  });
  return [...opened, ...unguarded];
}

const kept = (before: Template, after: Template): [id: string, old: Template, next: Template][] =>
  Object.entries((after.Resources ?? {}) as Record<string, Template>).flatMap(([id, { Properties: next = {} }]) => {
    const old = before.Resources?.[id];
    return old ? [[id, old.Properties ?? {}, next] as [string, Template, Template]] : [];
  });

const bare = (kind: Broadening['kind'], id: string | undefined, actions: string[]): Broadening => ({
  kind,
  id,
  holder: id ?? '',
  principal: null,
  actions,
  resource: null,
  conditions: [],
  lost: [],
});
