import type { Instance } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope.ts';
import { revived } from './rows.ts';
import { type InstanceRow, networkInterfaces } from './state.ts';
import { tagsOf } from './tagging.ts';

/** An instance as DescribeInstances shows it: addresses and groups come from its interfaces as they are now. */
export function shownInstance(scope: Scope, row: InstanceRow): Instance {
  const { ReservationId: _, DisableApiTermination: __, UserData: ___, ...kept } = row;
  const enis = row.NetworkInterfaces.flatMap(
    ({ NetworkInterfaceId }) => networkInterfaces.in(scope).get(NetworkInterfaceId!) ?? [],
  );
  const publicIp = enis[0]?.Association?.PublicIp;
  return {
    ...revived<Instance>(kept),
    NetworkInterfaces: enis.map((eni) => revived<object>({ ...eni, Status: 'in-use' })),
    SecurityGroups: enis[0]?.Groups ? [...enis[0].Groups] : [],
    SourceDestCheck: enis[0]?.SourceDestCheck,
    ...(publicIp ? { PublicIpAddress: publicIp, PublicDnsName: enis[0]?.Association?.PublicDnsName ?? '' } : {}),
    Tags: tagsOf(scope, row.InstanceId),
  };
}
