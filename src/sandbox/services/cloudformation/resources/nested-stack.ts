import { AwsFault } from '../../../kernel/fault.ts';
import type { Progress, Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { beginStack } from '../operations/create-stack.ts';
import { beginDelete } from '../operations/delete-stack.ts';
import { beginUpdate } from '../operations/update-stack.ts';
import { type StackRow, stacks } from '../state.ts';

/** How often a parent looks at its child. */
const LOOK_MS = 2_000;

/** A stack inside a stack: made, changed and removed by the same engine, watched until it rests. */
export const nestedStack: ResourceProvider = {
  async create(properties, context) {
    const parent = stacks.in(context.call).get(context.stackId)!;
    const child = await beginStack(
      { StackName: context.generateName({ maxLength: 128 }), ...inputOf(properties, parent) },
      context.call,
      undefined,
      { parentId: parent.id, rootId: parent.rootId ?? parent.id },
    );
    return { status: 'pending', physicalId: child.id, afterMs: LOOK_MS };
  },

  async update({ after, physicalId }, context) {
    const child = stacks.in(context.call).get(physicalId)!;
    const parent = stacks.in(context.call).get(context.stackId)!;
    try {
      await beginUpdate({ StackName: physicalId, ...inputOf(after, parent) }, context.call, child);
    } catch (error) {
      if (error instanceof AwsFault && error.message === 'No updates are to be performed.') return done(child);
      throw error;
    }
    return { status: 'pending', physicalId, afterMs: LOOK_MS };
  },

  delete(_properties, physicalId, context) {
    const child = stacks.in(context.call).get(physicalId);
    if (!child || child.status === 'DELETE_COMPLETE') return { status: 'done', physicalId };
    if (child.status !== 'DELETE_IN_PROGRESS') beginDelete({ StackName: physicalId }, context.call, child);
    return { status: 'pending', physicalId, afterMs: LOOK_MS };
  },

  check(step, physicalId, _properties, context) {
    const child = stacks.in(context.call).get(physicalId)!;
    if (/_IN_PROGRESS$/.test(child.status)) return { status: 'pending', physicalId, afterMs: LOOK_MS };
    if (step === 'delete')
      return child.status === 'DELETE_COMPLETE' ? { status: 'done', physicalId } : failed(child, 'deleted');
    const good = step === 'create' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
    if (child.status === good) return done(child);
    return failed(child, step === 'create' ? 'created' : 'updated');
  },

  read(physicalId, _properties, context) {
    const child = stacks.in(context.call).get(physicalId);
    return child && child.status !== 'DELETE_COMPLETE' ? attributesOf(child) : undefined;
  },
};

function inputOf(properties: Properties, parent: StackRow) {
  return {
    TemplateURL: properties.TemplateURL as string,
    Parameters: Object.entries((properties.Parameters ?? {}) as Record<string, unknown>).map(
      ([ParameterKey, value]) => ({
        ParameterKey,
        ParameterValue: Array.isArray(value) ? value.join(',') : String(value),
      }),
    ),
    Tags: [...parent.deployment.tags, ...((properties.Tags ?? []) as { Key: string; Value: string }[])],
    NotificationARNs: properties.NotificationARNs as string[] | undefined,
    // What was acknowledged for the whole holds for its parts.
    Capabilities: parent.deployment.capabilities as never,
    DisableRollback: parent.disableRollback,
    ...(properties.TimeoutInMinutes ? { TimeoutInMinutes: Number(properties.TimeoutInMinutes) } : {}),
    ...(parent.roleArn ? { RoleARN: parent.roleArn } : {}),
  };
}

const attributesOf = ({ outputs }: StackRow): Properties =>
  Object.fromEntries(outputs.map(({ key, value }) => [`Outputs.${key}`, value]));

const done = (child: StackRow): Progress => ({ status: 'done', physicalId: child.id, attributes: attributesOf(child) });

const failed = ({ id, status, statusReason }: StackRow, verb: 'created' | 'deleted' | 'updated'): Progress => ({
  status: 'failed',
  physicalId: id,
  reason:
    verb === 'created'
      ? `Embedded stack ${id} was not successfully created: ${statusReason ?? `Currently in ${status}`}`
      : `Embedded stack ${id} was not successfully ${verb}. Currently in ${status}${statusReason ? ` with reason: ${statusReason}` : ''}`,
});
