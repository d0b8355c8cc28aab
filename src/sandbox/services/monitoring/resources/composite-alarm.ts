import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { deleteAlarms } from '../operations/delete-alarms.ts';
import { putCompositeAlarm } from '../operations/put-composite-alarm.ts';
import { alarms } from '../state.ts';
import { tagLike } from './resource-tags.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
export const compositeAlarm: ResourceProvider = {
  create: (properties, context) =>
    put(properties.AlarmName ?? context.generateName({ maxLength: 255 }), properties, context),
  update: ({ after, physicalId }, context) => put(physicalId, after, context),
  async delete(_properties, physicalId, { call }) {
    await deleteAlarms({ AlarmNames: [physicalId] }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = alarms.in(call).get(physicalId);
    if (row?.kind !== 'composite') return undefined;
    const { AlarmArn, AlarmName, AlarmRule, AlarmDescription, ActionsEnabled, AlarmActions, OKActions } = row;
    return { Arn: AlarmArn, AlarmName, AlarmRule, AlarmDescription, ActionsEnabled, AlarmActions, OKActions };
  },
};

async function put(physicalId: string, { Tags, ...settings }: Properties, context: ResourceContext) {
  const ActionsEnabled = settings.ActionsEnabled === undefined ? undefined : String(settings.ActionsEnabled) === 'true';
  const input = { ...settings, ActionsEnabled, AlarmName: physicalId } as PutCompositeAlarmInput;
  await putCompositeAlarm(input, context.call);
  const arn = alarms.in(context.call).get(physicalId)!.AlarmArn;
  tagLike({ Tags }, arn, context);
  return { status: 'done' as const, physicalId, attributes: { Arn: arn } };
}
