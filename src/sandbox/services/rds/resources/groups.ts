import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { parameterGroupKey } from '../lookups.ts';
import { clusterParameterGroups, instanceParameterGroups } from '../operations/parameter-groups.ts';
import { createDBSubnetGroup, deleteDBSubnetGroup, modifyDBSubnetGroup } from '../operations/subnet-groups.ts';
import { parameterGroups, subnetGroups } from '../state.ts';
import { tagsOf } from './tags.ts';

export const dbSubnetGroup: ResourceProvider = {
  create(properties, { call, generateName, tags }) {
    const { DBSubnetGroup } = createDBSubnetGroup(
      {
        DBSubnetGroupName: properties.DBSubnetGroupName ?? generateName({ maxLength: 255, lowercase: true }),
        DBSubnetGroupDescription: properties.DBSubnetGroupDescription,
        SubnetIds: properties.SubnetIds,
        Tags: tagsOf(properties, tags),
      },
      call,
    );
    return { status: 'done', physicalId: DBSubnetGroup!.DBSubnetGroupName! };
  },
  update({ after, physicalId }, { call, tags }) {
    modifyDBSubnetGroup(
      {
        DBSubnetGroupName: physicalId,
        DBSubnetGroupDescription: after.DBSubnetGroupDescription,
        SubnetIds: after.SubnetIds,
      },
      call,
    );
    subnetGroups.in(call).update(physicalId, (draft) => {
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    if (subnetGroups.in(call).has(physicalId)) deleteDBSubnetGroup({ DBSubnetGroupName: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = subnetGroups.in(call).get(physicalId);
    return (
      row && {
        DBSubnetGroupName: row.name,
        DBSubnetGroupDescription: row.description,
        SubnetIds: row.subnets.map(({ id }) => id),
        Tags: row.tags.map((tag) => ({ ...tag })),
      }
    );
  },
};

function parameterGroup(kind: 'cluster' | 'instance'): ResourceProvider {
  const groups = kind === 'cluster' ? clusterParameterGroups : instanceParameterGroups;
  const nameProperty = kind === 'cluster' ? 'DBClusterParameterGroupName' : 'DBParameterGroupName';
  const named = (name: string) => ({ DBClusterParameterGroupName: name, DBParameterGroupName: name });

  /** In twenties, as ModifyDBParameterGroup takes them. */
  const set = (name: string, parameters: Properties, call: ResourceContext['call']) => {
    const wanted = Object.entries(parameters).map(([ParameterName, value]) => ({
      ParameterName,
      ParameterValue: String(value),
      ApplyMethod: 'pending-reboot' as const,
    }));
    for (let at = 0; at < wanted.length; at += 20)
      groups.modify({ ...named(name), Parameters: wanted.slice(at, at + 20) }, call);
  };

  return {
    create(properties, { call, generateName, tags }) {
      const name = (properties[nameProperty] ?? generateName({ maxLength: 255, lowercase: true })).toLowerCase();
      groups.create(
        {
          ...named(name),
          DBParameterGroupFamily: properties.Family,
          Description: properties.Description,
          Tags: tagsOf(properties, tags),
        },
        call,
      );
      set(name, properties.Parameters ?? {}, call);
      return { status: 'done', physicalId: name };
    },
    update({ after, physicalId }, { call, tags }) {
      groups.reset({ ...named(physicalId), ResetAllParameters: true }, call);
      set(physicalId, after.Parameters ?? {}, call);
      parameterGroups.in(call).update(parameterGroupKey(kind, physicalId), (draft) => {
        draft.tags = tagsOf(after, tags);
      });
      return { status: 'done', physicalId };
    },
    delete(_properties, physicalId, { call }) {
      if (parameterGroups.in(call).has(parameterGroupKey(kind, physicalId))) groups.delete(named(physicalId), call);
      return { status: 'done', physicalId };
    },
    read(physicalId, _properties, { call }) {
      const row = parameterGroups.in(call).get(parameterGroupKey(kind, physicalId));
      return (
        row && {
          [nameProperty]: row.name,
          Family: row.family,
          Description: row.description,
          Parameters: Object.fromEntries(Object.entries(row.values).map(([name, { value }]) => [name, value])),
          Tags: row.tags.map((tag) => ({ ...tag })),
        }
      );
    },
  };
}

export const dbClusterParameterGroup = parameterGroup('cluster');
export const dbParameterGroup = parameterGroup('instance');
