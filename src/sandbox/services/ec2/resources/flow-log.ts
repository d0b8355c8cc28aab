import { AwsFault } from '../../../kernel/fault.ts';
import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createFlowLogs } from '../operations/create-flow-logs.ts';
import { deleteFlowLogs } from '../operations/delete-flow-logs.ts';
import { flowLogs } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { deleteWithPatience } from './dependents.ts';
import { asNumber, tagsFor, withoutSystemTags } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html */
export const flowLog: ResourceProvider = {
  async create(properties, context) {
    const { FlowLogIds, Unsuccessful } = await createFlowLogs(
      {
        ResourceIds: [properties.ResourceId],
        ResourceType: properties.ResourceType,
        TrafficType: properties.TrafficType,
        LogDestinationType: properties.LogDestinationType,
        LogDestination: properties.LogDestination,
        LogGroupName: properties.LogGroupName,
        LogFormat: properties.LogFormat,
        DeliverLogsPermissionArn: properties.DeliverLogsPermissionArn,
        MaxAggregationInterval: asNumber(properties.MaxAggregationInterval),
        DestinationOptions: properties.DestinationOptions,
      },
      context.call,
    );
    const physicalId = FlowLogIds?.[0];
    if (physicalId === undefined) {
      throw new AwsFault('InvalidParameter', Unsuccessful?.[0]?.Error?.Message ?? 'The flow log was not created');
    }
    setTags(context.call, physicalId, 'vpc-flow-log', tagsFor(properties, context));
    return { status: 'done', physicalId, attributes: { Id: physicalId } };
  },
  update({ after, physicalId }, context) {
    setTags(context.call, physicalId, 'vpc-flow-log', tagsFor(after, context));
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () => deleteFlowLogs({ FlowLogIds: [physicalId] }, context.call)),
  read(physicalId, _properties, context) {
    const row = flowLogs.in(context.call).get(physicalId);
    if (!row) return undefined;
    const { FlowLogId: _, CreationTime: __, DeliverLogsStatus: ___, FlowLogStatus: ____, ...live } = row;
    return { Id: physicalId, ...live, Tags: withoutSystemTags(tagsOf(context.call, physicalId), context) };
  },
};
