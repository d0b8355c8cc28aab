import type { DescribeInstancesRequest, DescribeInstancesResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { type Fields, select } from '../select.ts';
import { shownInstance } from '../shown-instance.ts';
import { type InstanceRow, instances } from '../state.ts';

const FIELDS: Fields<InstanceRow> = {
  'availability-zone': (row) => row.Placement?.AvailabilityZone,
  'image-id': (row) => row.ImageId,
  'instance-id': (row) => row.InstanceId,
  'instance-state-code': (row) => row.State.Code,
  'instance-state-name': (row) => row.State.Name,
  'instance-type': (row) => row.InstanceType,
  'private-ip-address': (row) => row.PrivateIpAddress,
  'reservation-id': (row) => row.ReservationId,
  'subnet-id': (row) => row.SubnetId,
  'vpc-id': (row) => row.VpcId,
};

export const describeInstances: Operation<DescribeInstancesRequest, DescribeInstancesResult> = (input, call) => {
  const malformed = input.InstanceIds?.find((id) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) throw new AwsFault('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`);
  const { items, NextToken } = select(call, input, {
    rows: () => instances.in(call).values(),
    id: (row) => row.InstanceId,
    ids: input.InstanceIds,
    missing: missing.instance,
    fields: FIELDS,
  });
  return {
    Reservations: items.map((row) => ({
      ReservationId: row.ReservationId,
      OwnerId: call.account,
      Groups: [],
      Instances: [shownInstance(call, row)],
    })),
    NextToken,
  };
};
