import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { deleteAlarms } from '../operations/delete-alarms.ts';
import { putMetricAlarm } from '../operations/put-metric-alarm.ts';
import { alarms } from '../state.ts';
import { tagLike } from './resource-tags.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export const alarm: ResourceProvider = {
  async create(properties, context) {
    const physicalId = properties.AlarmName ?? context.generateName({ maxLength: 255 });
    return put(physicalId, properties, context);
  },
  update: ({ after, physicalId }, context) => put(physicalId, after, context),
  async delete(_properties, physicalId, { call }) {
    await deleteAlarms({ AlarmNames: [physicalId] }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = alarms.in(call).get(physicalId);
    if (row?.kind !== 'metric') return undefined;
    const { kind: _, AlarmArn, StateValue: __, StateReason: ___, StateReasonData: ____, ...live } = row;
    const { configuredAt: _____, updatedAt: ______, transitionedAt: _______, ...settings } = live;
    return { Arn: AlarmArn, ...settings };
  },
};

async function put(physicalId: string, properties: Properties, context: ResourceContext) {
  const { Tags: _, ...settings } = properties;
  await putMetricAlarm({ ...converted(settings), AlarmName: physicalId } as PutMetricAlarmInput, context.call);
  const arn = alarms.in(context.call).get(physicalId)!.AlarmArn;
  tagLike(properties, arn, context);
  return { status: 'done' as const, physicalId, attributes: { Arn: arn } };
}

const NUMBERS = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold'];

/** Numbers and booleans that a template wrote as text. */
function converted(properties: Properties): Properties {
  const result: Properties = { ...properties };
  for (const name of NUMBERS) if (result[name] !== undefined) result[name] = Number(result[name]);
  if (result.ActionsEnabled !== undefined) result.ActionsEnabled = String(result.ActionsEnabled) === 'true';
  if (result.Metrics) {
    result.Metrics = (result.Metrics as Properties[]).map(
      (query): Partial<MetricDataQuery> => ({
        ...query,
        ...(query.ReturnData === undefined ? {} : { ReturnData: String(query.ReturnData) === 'true' }),
        ...(query.MetricStat ? { MetricStat: { ...query.MetricStat, Period: Number(query.MetricStat.Period) } } : {}),
      }),
    );
  }
  return result;
}
