import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { lastPart } from '../names.ts';
import { deregisterTaskDefinition } from '../operations/deregister-task-definition.ts';
import { registerTaskDefinition } from '../operations/register-task-definition.ts';
import { taskDefinitions } from '../state.ts';
import { ecsTags, fromProperties } from './from-properties.ts';
import { setTags } from './set-tags.ts';
import { toProperties } from './to-properties.ts';

/** AWS::ECS::TaskDefinition: every change but tags is a new revision; deleting deregisters. `Ref` is the ARN. */
export const taskDefinitionProvider: ResourceProvider = {
  async create(properties, context) {
    const { taskDefinition } = await registerTaskDefinition(inputOf(properties, context), context.call);
    const physicalId = taskDefinition!.taskDefinitionArn!;
    return { status: 'done', physicalId, attributes: { TaskDefinitionArn: physicalId } };
  },

  async update({ after, physicalId }, { call, tags }) {
    await setTags(call, physicalId, ecsTags(after.Tags, tags));
    return { status: 'done', physicalId, attributes: { TaskDefinitionArn: physicalId } };
  },

  async delete(_properties, physicalId, { call }) {
    if (taskDefinitions.in(call).has(lastPart(physicalId)))
      await deregisterTaskDefinition({ taskDefinition: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = taskDefinitions.in(call).get(lastPart(physicalId));
    if (row?.definition.status !== 'ACTIVE') return undefined;
    const { revision: _revision, status: _status, registeredAt: _at, registeredBy: _by, ...shown } = row.definition;
    const { requiresAttributes: _attributes, compatibilities: _compatibilities, ...properties } = shown;
    return { ...toProperties(properties), Tags: row.tags.map(({ key, value }) => ({ Key: key, Value: value })) };
  },
};

function inputOf(
  { Tags, ...properties }: Properties,
  { tags, generateName }: ResourceContext,
): RegisterTaskDefinitionCommandInput {
  const input = fromProperties<RegisterTaskDefinitionCommandInput>(properties);
  const containers = input.containerDefinitions?.map((container) => ({
    ...container,
    ...(container.cpu === undefined ? {} : { cpu: Number(container.cpu) }),
    ...(container.memory === undefined ? {} : { memory: Number(container.memory) }),
  }));
  return {
    ...input,
    family: input.family ?? generateName({ maxLength: 255 }),
    containerDefinitions: containers,
    ...(input.cpu === undefined ? {} : { cpu: String(input.cpu) }),
    ...(input.memory === undefined ? {} : { memory: String(input.memory) }),
    tags: ecsTags(Tags, tags),
  };
}
