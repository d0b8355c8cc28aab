import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { AwsFault } from '../../kernel/fault.ts';
import type { Call } from '../../kernel/scope.ts';
import { type ParameterRow, parameters } from './state.ts';

/** Parameters by name that fit all filters: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
export function selectParameters(call: Call, filters: readonly ParameterStringFilter[] = []): ParameterRow[] {
  return parameters
    .in(call)
    .values()
    .filter((row) => filters.every((filter) => fits(row, filter)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function fits(row: ParameterRow, { Key = '', Option, Values = [] }: ParameterStringFilter): boolean {
  const latest = row.versions.at(-1)!;
  if (Key === 'Path') {
    return Values.some((path) => {
      const below = path.endsWith('/') ? path : `${path}/`;
      return row.name.startsWith(below) && (Option === 'Recursive' || !row.name.slice(below.length).includes('/'));
    });
  }
  if (Key.startsWith('tag:')) {
    const tag = row.tags.find((each) => each.Key === Key.slice(4));
    return tag !== undefined && (Values.length === 0 || Values.includes(tag.Value));
  }
  const held = {
    Name: [row.name],
    Type: [latest.type],
    KeyId: [latest.keyId ?? ''],
    Tier: [latest.tier],
    DataType: [latest.dataType],
    Label: latest.labels,
  }[Key];
  if (!held)
    throw new AwsFault(
      'InvalidFilterKey',
      `The following filter key is not valid: ${Key}. Valid filter keys include: [Path, Name, Type, KeyId, Tier, Label, DataType].`,
    );
  const compare = {
    Equals: (a: string, b: string) => a === b,
    BeginsWith: (a: string, b: string) => a.startsWith(b),
    Contains: (a: string, b: string) => a.includes(b),
  }[Option ?? 'Equals'];
  if (!compare)
    throw new AwsFault(
      'InvalidFilterOption',
      `The following filter option is not valid: ${Option}. Valid options include: [BeginsWith, Equals].`,
    );
  return held.some((value) => Values.some((wanted) => compare(value, wanted)));
}
