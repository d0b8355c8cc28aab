import { AwsFault } from '../../../kernel/fault.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { createNetworkInterfaceFor } from '../../ec2/network-interfaces.ts';
import type { NetworkInterfaceRow } from '../../ec2/state.ts';
import type { TaskRow } from '../state.ts';
import { TASK_MS } from './durations.ts';
import { failToStart } from './end-task.ts';
import { change, next } from './step.ts';

/** PROVISIONING is over: the task has its network interface and is PENDING. */
export async function attachInterface(scope: Scope, key: string, row: TaskRow): Promise<void> {
  const subnetId = row.network.subnets[0]!;
  let eni: NetworkInterfaceRow;
  try {
    eni = createNetworkInterfaceFor(scope, {
      subnetId,
      groupIds: row.network.securityGroups,
      description: `arn:aws:ecs:${scope.region}:${scope.account}:attachment/${row.task.attachments![0]!.id}`,
      requesterId: 'amazon-ecs',
      requesterManaged: true,
      publicAddress: row.network.assignPublicIp,
    });
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    const what = `Unexpected EC2 error while attempting to Create Network Interface in subnet '${subnetId}': ${error.code}`;
    await failToStart(scope, key, { reason: what });
    return;
  }
  change(scope, key, (draft) => {
    draft.networkInterfaceId = eni.NetworkInterfaceId;
    draft.address = eni.PrivateIpAddress;
    draft.task.lastStatus = 'PENDING';
    draft.task.availabilityZone = eni.AvailabilityZone;
    const attachment = draft.task.attachments![0]!;
    attachment.status = 'ATTACHED';
    attachment.details = [
      { name: 'subnetId', value: subnetId },
      { name: 'networkInterfaceId', value: eni.NetworkInterfaceId },
      { name: 'macAddress', value: eni.MacAddress },
      ...(eni.PrivateDnsName ? [{ name: 'privateDnsName', value: eni.PrivateDnsName }] : []),
      { name: 'privateIPv4Address', value: eni.PrivateIpAddress },
    ];
    for (const container of draft.task.containers)
      container.networkInterfaces = [{ attachmentId: attachment.id!, privateIpv4Address: eni.PrivateIpAddress }];
  });
  next(scope, key, 'start', TASK_MS.pulling);
}
