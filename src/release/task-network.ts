import { outputs } from '../../infra/outputs.ts';
import type { NetworkSettings } from '../../infra/settings.ts';

export type OutputsOf = (stack: string) => Readonly<Record<string, string>>;

/** Where the tasks of an environment stand. */
export interface TaskNetwork {
  subnets: string[];
  assignPublicIp: boolean;
}

/**
 * The subnets in which the services' tasks run, as the values of the environment's own stacks: the same choice that
 * infra/placement.ts makes in templates. `shared` is the provider's comma list. No subnets: it is not deployed yet.
 */
export function taskNetwork(network: NetworkSettings, outputsOf: OutputsOf, shared?: string): TaskNetwork {
  const { source, tasks, availabilityZones } = network;
  const assignPublicIp = tasks === 'public';
  switch (source.from) {
    case 'created': {
      const { publicSubnet, privateSubnet } = outputs.network;
      const told = outputsOf('network');
      const subnets = availabilityZones.flatMap(
        (_, zone) => told[(assignPublicIp ? publicSubnet : privateSubnet)(zone + 1)] ?? [],
      );
      return { subnets, assignPublicIp };
    }
    case 'existing':
      return { subnets: [...(assignPublicIp ? source.publicSubnetIds : source.privateSubnetIds)], assignPublicIp };
    case 'shared':
      return { subnets: (shared?.split(',') ?? []).slice(0, availabilityZones.length), assignPublicIp };
  }
}
