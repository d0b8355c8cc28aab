import type { Scope } from '../../kernel/scope.ts';
import { conflict, functionMissing, invalidParameter, notFound, requireValid, stale } from './refusals.ts';
import {
  type AliasRow,
  aliases,
  type FunctionRow,
  functionArn,
  functions,
  LATEST,
  type VersionRow,
  versions,
} from './state.ts';

/** What a request names: a function and, where that was said, a version or an alias of it. */
export interface Reference {
  name: string;
  qualifier?: string;
  /** With the qualifier, when there is one. */
  arn: string;
}

const REGION = '((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?';
const name = (letters: string, latest: string) =>
  `(arn:(aws[a-zA-Z-]*)?:lambda:)?${REGION}(\\d{12}:)?(function:)?(${letters})(:(${latest}|[a-zA-Z0-9-_]+))?`;

/** As recorded: creation knows neither dots nor `$LATEST.PUBLISHED`. */
const CREATED = name('[a-zA-Z0-9-_]+', '\\$LATEST');
const NAMED = name('[a-zA-Z0-9-_\\.]+', '\\$LATEST(\\.PUBLISHED)?');
const QUALIFIER = '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+';

const MISMATCH = 'The derived qualifier from the function name does not match the specified qualifier.';

/** Reads a name, a partial ARN or a whole one, with a qualifier in it or beside it. */
export function referenceOf(
  { FunctionName, Qualifier }: { FunctionName?: string | undefined; Qualifier?: string | undefined },
  scope: Scope,
  { creating = false } = {},
): Reference {
  requireValid(
    ['functionName', FunctionName, { required: true, pattern: creating ? CREATED : NAMED }],
    ['qualifier', Qualifier, { length: [1, 128], pattern: QUALIFIER }],
  );
  const parts = FunctionName!.split(':');
  const isArn = parts[0] === 'arn';
  const region = isArn ? parts[3] : undefined;
  if (region && region !== scope.region)
    throw notFound(`Functions from '${region}' are not reachable in this region ('${scope.region}')`);
  const at = parts.lastIndexOf('function');
  const [named = '', derived] = at >= 0 ? parts.slice(at + 1) : parts.slice(/^\d{12}$/.test(parts[0]!) ? 1 : 0);
  if (derived !== undefined && Qualifier !== undefined && derived !== Qualifier) throw invalidParameter(MISMATCH);
  const qualifier = derived ?? Qualifier;
  return { name: named, ...(qualifier !== undefined && { qualifier }), arn: functionArn(scope, named, qualifier) };
}

/** The function itself; what else was said is not looked at. */
export function findFunction(reference: Reference, scope: Scope): FunctionRow {
  const row = functions.in(scope).get(reference.name);
  if (!row) throw functionMissing(reference.arn);
  return row;
}

/** The function of a request that takes no version and no alias. */
export function findUnqualified(
  FunctionName: string | undefined,
  scope: Scope,
  refusal = 'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
): FunctionRow {
  const reference = referenceOf({ FunctionName }, scope);
  if (reference.qualifier !== undefined) throw invalidParameter(refusal);
  return findFunction(reference, scope);
}

export const isVersion = (qualifier: string): boolean => qualifier === LATEST || /^\d+$/.test(qualifier);

export const aliasOf = ({ name, qualifier }: Reference, scope: Scope): AliasRow | undefined =>
  qualifier === undefined ? undefined : aliases.in(scope).get(`${name}:${qualifier}`);

/** What a reference stands for: `$LATEST` when nothing was said, for an alias its main version. */
export function findVersion(reference: Reference, scope: Scope): VersionRow {
  const { name, qualifier = LATEST } = reference;
  const version = isVersion(qualifier) ? qualifier : aliasOf(reference, scope)?.version;
  const row = version === undefined ? undefined : versions.in(scope).get(`${name}:${version}`);
  if (!row) throw functionMissing(reference.arn);
  return row;
}

/** Refuses a change while another is being made. */
export function requireSettled({ state, update }: VersionRow, arn: string): void {
  if (state === 'Pending') throw notNow(`The function is currently in the following state: ${state}`);
  if (update?.status === 'InProgress') throw notNow(`An update is in progress for resource: ${arn}`);
}

const notNow = (why: string) => conflict(`The operation cannot be performed at this time. ${why}`);

export function requireRevision(given: string | undefined, current: string): void {
  if (given !== undefined && given !== current) throw stale();
}
