import { randomUUID } from 'node:crypto';
import type {
  AliasConfiguration,
  AliasRoutingConfiguration,
  CreateAliasCommandInput,
  DeleteAliasCommandInput,
  GetAliasCommandInput,
  ListAliasesCommandInput,
  UpdateAliasCommandInput,
} from '@aws-sdk/client-lambda';
import type { Call } from '../../../kernel/scope.ts';
import { findFunction, referenceOf, requireRevision } from '../names.ts';
import {
  conflict,
  functionMissing,
  invalidParameter,
  notFound,
  pageOf,
  requireValid,
  validation,
} from '../refusals.ts';
import {
  type AliasRow,
  aliases,
  eventInvokes,
  functionArn,
  functions,
  LATEST,
  policies,
  urls,
  versions,
} from '../state.ts';

export const aliasAnswer = (row: AliasRow, call: Call): AliasConfiguration => ({
  AliasArn: functionArn(call, row.function, row.name),
  Name: row.name,
  FunctionVersion: row.version,
  Description: row.description,
  RevisionId: row.revisionId,
  ...(Object.keys(row.weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: { ...row.weights } } }),
});

/** Everything that is refused before the function is looked for. */
function requireWeights({ AdditionalVersionWeights: weights = {} }: AliasRoutingConfiguration): void {
  const shown = Object.entries(weights).map(([version, weight]) => `${version}=${weight.toFixed(1)}`);
  const refused = `1 validation error detected: Value '{${shown.join(', ')}}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: `;
  if (Object.values(weights).some((weight) => weight > 1 || weight < 0))
    throw validation(
      `${refused}Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]`,
    );
  if (Object.keys(weights).some((version) => !/^\d+$/.test(version)))
    throw validation(
      `${refused}Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]`,
    );
  if (Object.keys(weights).length > 1)
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
}

function requireTargets(name: string, version: string, weights: Record<string, number>, call: Call): void {
  const others = Object.keys(weights);
  if (others.includes(version))
    throw invalidParameter(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  if (others.length > 0 && version === LATEST)
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  for (const each of [version, ...others])
    if (!versions.in(call).has(`${name}:${each}`)) throw functionMissing(functionArn(call, name, each));
}

export function createAlias(input: CreateAliasCommandInput, call: Call) {
  const { name } = referenceOf(input, call);
  requireValid(
    ['name', input.Name, { required: true, length: [1, 128], pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)' }],
    ['functionVersion', input.FunctionVersion, { required: true, length: [1, 1024], pattern: '(\\$LATEST|[0-9]+)' }],
  );
  requireWeights(input.RoutingConfig ?? {});
  const [alias, version] = [input.Name!, input.FunctionVersion!];
  const weights = { ...input.RoutingConfig?.AdditionalVersionWeights };
  requireTargets(name, version, weights, call);
  if (aliases.in(call).has(`${name}:${alias}`))
    throw conflict(`Alias already exists: ${functionArn(call, name, alias)}`);
  const row = aliases.in(call).put(`${name}:${alias}`, {
    function: name,
    name: alias,
    version,
    description: input.Description ?? '',
    weights,
    revisionId: randomUUID(),
  });
  return aliasAnswer(row, call);
}

export function getAlias(input: GetAliasCommandInput, call: Call) {
  const { name } = referenceOf(input, call);
  const row = aliases.in(call).get(`${name}:${input.Name}`);
  if (!row) throw notFound(`Cannot find alias arn: ${functionArn(call, name, input.Name)}`);
  return aliasAnswer(row, call);
}

export function updateAlias(input: UpdateAliasCommandInput, call: Call) {
  const { name } = referenceOf(input, call);
  requireWeights(input.RoutingConfig ?? {});
  const before = aliases.in(call).get(`${name}:${input.Name}`);
  if (!before) throw notFound(`Alias not found: ${functionArn(call, name, input.Name)}`);
  requireRevision(input.RevisionId, before.revisionId);
  const version = input.FunctionVersion ?? before.version;
  const weights = input.RoutingConfig ? { ...input.RoutingConfig.AdditionalVersionWeights } : { ...before.weights };
  requireTargets(name, version, weights, call);
  const row = aliases.in(call).update(`${name}:${input.Name}`, (draft) => {
    Object.assign(draft, { version, weights, revisionId: randomUUID() });
    if (input.Description !== undefined) draft.description = input.Description;
  });
  return aliasAnswer(row, call);
}

/** One that is not there counts as deleted (recording test_non_existent_alias_deletion). */
export function deleteAlias(input: DeleteAliasCommandInput, call: Call): Record<string, never> {
  const { name } = referenceOf(input, call);
  const key = `${name}:${input.Name}`;
  if (!functions.in(call).has(name)) throw functionMissing(functionArn(call, name));
  for (const table of [aliases, policies, eventInvokes, urls]) table.in(call).delete(key);
  return {};
}

export function listAliases(input: ListAliasesCommandInput, call: Call) {
  const reference = referenceOf(input, call);
  findFunction(reference, call);
  const rows = aliases
    .in(call)
    .values()
    .filter(
      (row) =>
        row.function === reference.name &&
        (input.FunctionVersion === undefined ||
          row.version === input.FunctionVersion ||
          input.FunctionVersion in row.weights),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, end } = pageOf(rows, input);
  return { Aliases: items.map((row) => aliasAnswer(row, call)), ...end };
}
