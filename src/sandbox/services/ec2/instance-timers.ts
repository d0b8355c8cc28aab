import type { TimerHandler } from '../../kernel/service-definition.ts';
import { disassociateElasticIp } from './elastic-ips.ts';
import { deleteNetworkInterfaceOf } from './network-interfaces.ts';
import { addresses, instances } from './state.ts';
import { dropTags } from './tagging.ts';

/** Typical of small Linux instances. */
export const INSTANCE_STARTS_MS = 15_000;
export const INSTANCE_STOPS_MS = 40_000;
/** "remains visible in the console for a short while": https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html */
const REMEMBERED_MS = 60 * 60_000;

export const instanceTimers: Readonly<Record<string, TimerHandler>> = {
  'ec2.instance-running': ({ id }: { id: string }, scope) => {
    if (instances.in(scope).get(id)?.State.Name !== 'pending') return;
    instances.in(scope).update(id, (draft) => {
      draft.State = { Code: 16, Name: 'running' };
    });
  },
  'ec2.instance-stopped': ({ id }: { id: string }, scope) => {
    if (instances.in(scope).get(id)?.State.Name !== 'stopping') return;
    instances.in(scope).update(id, (draft) => {
      draft.State = { Code: 80, Name: 'stopped' };
    });
  },
  'ec2.instance-terminated': ({ id }: { id: string }, scope) => {
    const instance = instances.in(scope).get(id);
    if (instance?.State.Name !== 'shutting-down') return;
    for (const { NetworkInterfaceId } of instance.NetworkInterfaces) {
      for (const address of addresses.in(scope).values()) {
        if (address.NetworkInterfaceId === NetworkInterfaceId) disassociateElasticIp(scope, address.AllocationId);
      }
      deleteNetworkInterfaceOf(scope, NetworkInterfaceId!);
    }
    instances.in(scope).update(id, (draft) => {
      draft.State = { Code: 48, Name: 'terminated' };
      draft.NetworkInterfaces = [];
      delete draft.PrivateIpAddress;
      delete draft.PublicIpAddress;
    });
    scope.world.schedule(scope, {
      afterMs: REMEMBERED_MS,
      kind: 'ec2.instance-forgotten',
      payload: { id },
      background: true,
    });
  },
  'ec2.instance-forgotten': ({ id }: { id: string }, scope) => {
    dropTags(scope, id);
    instances.in(scope).delete(id);
  },
};
