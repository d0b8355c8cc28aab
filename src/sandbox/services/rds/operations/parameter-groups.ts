import type { Parameter } from '@aws-sdk/client-rds';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { ENGINES, majorOf, versionsOf } from '../engines.ts';
import { listing } from '../listing.ts';
import { parameterGroupKey, parameterGroupMissing } from '../lookups.ts';
import { arnOf } from '../naming.ts';
import { invalidValue } from '../refusals.ts';
import { clusters, instances, type ParameterGroupRow, parameterGroups } from '../state.ts';
import { type GivenTag, mergeTags } from '../tags.ts';

type Kind = ParameterGroupRow['kind'];

interface GroupInput {
  DBClusterParameterGroupName?: string | undefined;
  DBParameterGroupName?: string | undefined;
  DBParameterGroupFamily?: string | undefined;
  Description?: string | undefined;
  Tags?: GivenTag[] | undefined;
  Parameters?: Parameter[] | undefined;
  ResetAllParameters?: boolean | undefined;
  Source?: string | undefined;
  Marker?: string | undefined;
  MaxRecords?: number | undefined;
}

export const FAMILIES = ENGINES.flatMap((engine) => [
  ...new Set(versionsOf(engine).map((version) => `${engine}${majorOf(version)}`)),
]);

/** The same operations for clusters and for instances. */
function groupOperations(kind: Kind) {
  const field = kind === 'cluster' ? 'DBClusterParameterGroupName' : 'DBParameterGroupName';
  const answerField = kind === 'cluster' ? 'DBClusterParameterGroup' : 'DBParameterGroup';
  const arnField = kind === 'cluster' ? 'DBClusterParameterGroupArn' : 'DBParameterGroupArn';

  const answer = (row: ParameterGroupRow) => ({
    [field]: row.name,
    DBParameterGroupFamily: row.family,
    Description: row.description,
    [arnField]: row.arn,
  });

  const found = (input: GroupInput, call: Call): ParameterGroupRow => {
    const name = input[field] ?? '';
    const row = parameterGroups.in(call).get(parameterGroupKey(kind, name)) ?? defaultGroup(kind, name, call);
    if (!row) throw parameterGroupMissing(kind, input[field]);
    return row;
  };

  const own = (input: GroupInput, call: Call): ParameterGroupRow => {
    const row = found(input, call);
    if (row.name.startsWith('default.')) throw invalidValue(`Cannot modify a default parameter group: ${row.name}`);
    return row;
  };

  const change = (input: GroupInput, call: Call, alter: (draft: ParameterGroupRow) => void) => {
    const { name } = own(input, call);
    parameterGroups.in(call).update(parameterGroupKey(kind, name), alter);
    return { [field]: name };
  };

  return {
    create(input: GroupInput, call: Call) {
      const name = (input[field] ?? '').toLowerCase();
      if (!/^[a-z](-?[a-z0-9.])*$/.test(name) || name.length > 255)
        throw invalidValue(`The parameter ${field} is not a valid identifier: ${input[field]}`);
      if (!FAMILIES.includes(input.DBParameterGroupFamily ?? ''))
        throw invalidValue(
          `ParameterGroupFamily ${input.DBParameterGroupFamily} is not a valid parameter group family`,
        );
      if (!input.Description) throw invalidValue('The parameter Description must be provided and must not be blank.');
      if (parameterGroups.in(call).has(parameterGroupKey(kind, name)))
        throw new AwsFault('DBParameterGroupAlreadyExists', `Parameter group ${name} already exists`);
      const row = parameterGroups.in(call).put(parameterGroupKey(kind, name), {
        name,
        kind,
        arn: arnOf(call, kind === 'cluster' ? 'cluster-pg' : 'pg', name),
        family: input.DBParameterGroupFamily!,
        description: input.Description,
        values: {},
        tags: mergeTags([], input.Tags),
      });
      return { [answerField]: answer(row) };
    },

    describe(input: GroupInput, call: Call) {
      const rows =
        input[field] === undefined
          ? parameterGroups
              .in(call)
              .values()
              .filter((row) => row.kind === kind)
          : [found(input, call)];
      const { items, end } = listing(rows, input);
      return { [`${answerField}s`]: items.map(answer), ...end };
    },

    /** Only what was set (`Source: user`); the hundreds of defaults of an engine are not simulated. */
    describeParameters(input: GroupInput, call: Call) {
      const { values } = found(input, call);
      const rows = input.Source === undefined || input.Source === 'user' ? Object.entries(values) : [];
      const { items, end } = listing(rows, input);
      return {
        Parameters: items.map(([ParameterName, { value, method }]) => ({
          ParameterName,
          ParameterValue: value,
          Source: 'user',
          ApplyMethod: method,
          IsModifiable: true,
        })),
        ...end,
      };
    },

    modify(input: GroupInput, call: Call) {
      const given = input.Parameters ?? [];
      if (given.length > 20) throw invalidValue('A maximum of 20 parameters can be modified in a single request.');
      for (const { ParameterName, ParameterValue } of given)
        if (!ParameterName || ParameterValue === undefined)
          throw invalidValue('The parameters ParameterName and ParameterValue must be provided.');
      return change(input, call, (draft) => {
        for (const { ParameterName, ParameterValue, ApplyMethod } of given)
          draft.values[ParameterName!] = { value: ParameterValue!, method: ApplyMethod ?? 'pending-reboot' };
      });
    },

    reset(input: GroupInput, call: Call) {
      return change(input, call, (draft) => {
        if (input.ResetAllParameters) draft.values = {};
        for (const { ParameterName } of input.Parameters ?? []) delete draft.values[ParameterName!];
      });
    },

    delete(input: GroupInput, call: Call): Record<string, never> {
      const { name } = own(input, call);
      const table = kind === 'cluster' ? clusters.in(call) : instances.in(call);
      if (table.values().some(({ parameterGroup }) => parameterGroup === name))
        throw new AwsFault(
          'InvalidDBParameterGroupState',
          'One or more database instances are still members of this parameter group, so the group cannot be deleted',
        );
      parameterGroups.in(call).delete(parameterGroupKey(kind, name));
      return {};
    },
  };
}

/** `default.<family>` exists without having been made. */
function defaultGroup(kind: Kind, name: string, call: Call): ParameterGroupRow | undefined {
  const family = name.replace(/^default\./, '');
  if (!name.startsWith('default.') || !FAMILIES.includes(family)) return undefined;
  return {
    name,
    kind,
    arn: arnOf(call, kind === 'cluster' ? 'cluster-pg' : 'pg', name),
    family,
    description: `Default ${kind === 'cluster' ? 'cluster ' : ''}parameter group for ${family}`,
    values: {},
    tags: [],
  };
}

export const clusterParameterGroups = groupOperations('cluster');
export const instanceParameterGroups = groupOperations('instance');
