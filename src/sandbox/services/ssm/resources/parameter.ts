import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { putParameter } from '../operations/put-parameter.ts';
import { parameters } from '../state.ts';

const input = (Name: string, properties: Properties) => ({
  Name,
  Type: properties.Type,
  Value: properties.Value,
  Description: properties.Description,
  AllowedPattern: properties.AllowedPattern,
  DataType: properties.DataType,
  Tier: properties.Tier,
});

/** This type's tags are a map, not a list. */
const tagList = (properties: Properties, tags: readonly { Key: string; Value: string }[]) => {
  const own = Object.entries((properties.Tags ?? {}) as Record<string, string>);
  // Parameter Store refuses tags of AWS's own when it is asked as anybody else would ask.
  return [...own.map(([Key, Value]) => ({ Key, Value: String(Value) })), ...tags];
};

export const parameter: ResourceProvider = {
  async create(properties, { call, tags, stackName, generateName }) {
    const name: string = properties.Name ?? `CFN-${generateName({ maxLength: 200 }).slice(stackName.length + 1)}`;
    await putParameter({ ...input(name, properties), Tags: tagList(properties, tags) }, call);
    return { status: 'done', physicalId: name };
  },

  async update({ after, physicalId }, { call, tags }) {
    await putParameter({ ...input(physicalId, after), Overwrite: true }, call);
    parameters.in(call).update(physicalId, (draft) => {
      draft.tags = tagList(after, tags);
    });
    return { status: 'done', physicalId };
  },

  delete(_properties, physicalId, { call }) {
    parameters.in(call).delete(physicalId);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = parameters.in(call).get(physicalId);
    const latest = row?.versions.at(-1);
    return (
      latest && {
        Name: physicalId,
        Type: latest.type,
        Value: latest.value,
        ...(latest.description === undefined ? {} : { Description: latest.description }),
        ...(latest.allowedPattern === undefined ? {} : { AllowedPattern: latest.allowedPattern }),
        DataType: latest.dataType,
        Tier: latest.tier,
      }
    );
  },
};
