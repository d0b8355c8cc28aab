import { randomUUID } from 'node:crypto';
import type { CreateFlowLogsRequest, CreateFlowLogsResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation, Scope } from '../../../kernel/scope.ts';
import { missing, missingParameter } from '../faults.ts';
import { flowLogDestination } from '../flow-log-destination.ts';
import { freshId } from '../ids.ts';
import { flowLogs, networkInterfaces, subnets, vpcs } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

const DEFAULT_FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';

export const createFlowLogs: Operation<CreateFlowLogsRequest, CreateFlowLogsResult> = (input, call) => {
  const { ResourceType, ResourceIds } = input;
  if (!ResourceIds?.length) throw missingParameter('ResourceId');
  if (!ResourceType) throw missingParameter('ResourceType');
  const destination = flowLogDestination(input);
  for (const id of ResourceIds) checkResource(call, ResourceType, id);
  const ClientToken = input.ClientToken ?? randomUUID();
  const bucket = destination.LogDestinationType === 's3' ? bucketOf(input.LogDestination!) : undefined;
  if (bucket !== undefined && !bucketExists(call, bucket)) {
    return {
      ClientToken,
      FlowLogIds: [],
      Unsuccessful: ResourceIds.map((ResourceId) => ({
        ResourceId,
        Error: { Code: '400', Message: `LogDestination: ${bucket} does not exist` },
      })),
    };
  }
  const tags = requestedTags(input.TagSpecifications, 'vpc-flow-log');
  const FlowLogIds = ResourceIds.map((ResourceId) => {
    const FlowLogId = freshId('fl');
    flowLogs.in(call).put(FlowLogId, {
      FlowLogId,
      ResourceId,
      CreationTime: call.world.clock.stamp(),
      DeliverLogsStatus: 'SUCCESS',
      FlowLogStatus: 'ACTIVE',
      TrafficType: input.TrafficType ?? 'ALL',
      LogFormat: input.LogFormat ?? DEFAULT_FORMAT,
      MaxAggregationInterval: input.MaxAggregationInterval ?? 600,
      ...destination,
      ...(input.LogGroupName ? { LogGroupName: input.LogGroupName } : {}),
      ...(input.LogDestination ? { LogDestination: input.LogDestination } : {}),
      ...(input.DeliverLogsPermissionArn ? { DeliverLogsPermissionArn: input.DeliverLogsPermissionArn } : {}),
      ...(destination.LogDestinationType === 's3'
        ? {
            DestinationOptions: {
              FileFormat: input.DestinationOptions?.FileFormat ?? 'plain-text',
              HiveCompatiblePartitions: input.DestinationOptions?.HiveCompatiblePartitions ?? false,
              PerHourPartition: input.DestinationOptions?.PerHourPartition ?? false,
            },
          }
        : {}),
    });
    putTags(call, FlowLogId, 'vpc-flow-log', tags);
    return FlowLogId;
  });
  return { ClientToken, FlowLogIds, Unsuccessful: [] };
};

function checkResource(scope: Scope, type: string, id: string): void {
  if (type === 'VPC' && !vpcs.in(scope).has(id)) throw missing.vpc(id);
  if (type === 'Subnet' && !subnets.in(scope).has(id)) throw missing.subnet(id);
  if (type === 'NetworkInterface' && !networkInterfaces.in(scope).has(id)) throw missing.networkInterface(id);
}

const bucketOf = (arn: string): string => {
  const bucket = /^arn:aws[\w-]*:s3:::([^/]+)/.exec(arn)?.[1];
  if (!bucket) throw new AwsFault('InvalidParameter', `LogDestination: ${arn} is not a valid ARN`);
  return bucket;
};

/** Names of buckets are unique over all accounts, so their table is one for the whole partition. */
const bucketExists = (call: Call, bucket: string): boolean => call.world.store.table('s3.buckets', 'aws').has(bucket);
