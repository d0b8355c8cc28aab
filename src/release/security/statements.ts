import { canonicalJson } from '../canonical-json.ts';
import { type Conditions, conditionsOf, notImplied } from './conditions.ts';
import { arnCovers, globCovers, patternOf } from './pattern.ts';

/** One action of one principal on one resource: what a statement says, taken apart so that order and grouping do not count. */
export interface Grant {
  effect: 'Allow' | 'Deny';
  /** Empty in policies of identities, whose principal is the holder. */
  principal: string;
  action: string;
  resource: string;
  conditions: Conditions;
}

/** Begins the text of `NotAction` and its like: everything but these. */
const ALL_BUT = '\uE005';

export function grantsOf(document: unknown): Grant[] {
  if (typeof document !== 'object' || document === null) return [];
  const { Statement: statements } = document as { Statement?: unknown };
  return listOf(statements).flatMap((statement) => {
    // A function of CloudFormation instead of a statement: the same expression is the same statement.
    const { Effect: effect } = Object(statement) as { Effect?: unknown };
    if (effect !== 'Allow' && effect !== 'Deny') return unreadable(statement);
    return grantsOfStatement(effect, statement as Readonly<Record<string, unknown>>);
  });
}

function grantsOfStatement(effect: Grant['effect'], statement: Readonly<Record<string, unknown>>): Grant[] {
  const conditions = conditionsOf(statement.Condition);
  const grants: Grant[] = [];
  for (const principal of principalsOf(statement))
    for (const action of elementOf(statement, 'Action'))
      for (const resource of elementOf(statement, 'Resource'))
        grants.push({ effect, principal, action, resource, conditions });
  return grants;
}

/** It may allow and may deny, so that neither its coming nor its going is missed. */
const unreadable = (statement: unknown): Grant[] =>
  (['Allow', 'Deny'] as const).map((effect) => ({
    effect,
    principal: '',
    action: '*',
    resource: '*',
    conditions: conditionsOf({ 'Fn::Transform': statement }),
  }));

/** Absent: there is no such element in this kind of policy. */
function elementOf(statement: Readonly<Record<string, unknown>>, name: string): string[] {
  const negated = statement[`Not${name}`];
  if (negated !== undefined) return [`${ALL_BUT}${listOf(negated).map(patternOf).sort().join(' ')}`];
  return statement[name] === undefined ? [''] : listOf(statement[name]).map(patternOf);
}

function principalsOf(statement: Readonly<Record<string, unknown>>): string[] {
  if (statement.NotPrincipal !== undefined) return [`${ALL_BUT}${canonicalJson(statement.NotPrincipal)}`];
  const { Principal: principal } = statement;
  if (principal === undefined) return [''];
  if (typeof principal === 'string') return [principal];
  if (
    typeof principal !== 'object' ||
    principal === null ||
    Object.keys(principal).some((key) => /^(Ref|Fn::)/.test(key))
  )
    return [patternOf(principal)];
  return Object.entries(principal).flatMap(([kind, names]) =>
    listOf(names).map((name) => {
      const text = patternOf(name);
      // For AWS both mean everybody: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
      return kind === 'AWS' && text === '*' ? '*' : `${kind} ${text}`;
    }),
  );
}

/** Names of actions are the same in capitals and small letters. */
export const keyOf = ({ effect, principal, action, resource, conditions }: Grant): string =>
  canonicalJson([effect, principal, action.toLowerCase(), resource, [...conditions]]);

/** Whether principal, action and resource of `narrow` are all in `wide`. */
export const reaches = (wide: Grant, narrow: Grant): boolean =>
  wide.effect === narrow.effect &&
  principalCovers(wide.principal, narrow.principal) &&
  covers(wide.action.toLowerCase(), narrow.action.toLowerCase(), globCovers) &&
  covers(wide.resource, narrow.resource, arnCovers);

/** Whether nothing is let through, or held back, by `narrow` that is not by `wide`. True is always right. */
export const grantCovers = (wide: Grant, narrow: Grant): boolean =>
  reaches(wide, narrow) && notImplied(wide.conditions, narrow.conditions).length === 0;

/** A name of a principal has no wildcards but the one that is everybody. */
const principalCovers = (wide: string, narrow: string): boolean =>
  wide === narrow || (wide === '*' && narrow.startsWith('AWS '));

const covers = (wide: string, narrow: string, by: (wide: string, narrow: string) => boolean): boolean =>
  wide === narrow || (!wide.startsWith(ALL_BUT) && (narrow.startsWith(ALL_BUT) ? wide === '*' : by(wide, narrow)));

export const elementText = (text: string): string => (text.startsWith(ALL_BUT) ? `all but ${text.slice(1)}` : text);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
