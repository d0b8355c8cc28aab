import { core } from './aws-cdk.ts';
import type { Links } from './links.ts';
import { outputs } from './outputs.ts';
import type { AppSettings } from './settings.ts';
import type { SubnetKind } from './subnet-cidr.ts';

/** The network as another stack sees it: its own outputs, an existing one's ids, or the provider's parameters. */
export function vpcId(links: Links, { network, sharing }: AppSettings): string {
  switch (network.source.from) {
    case 'created':
      return links.from('network', outputs.network.vpcId);
    case 'existing':
      return network.source.vpcId;
    case 'shared':
      return links.shared(prefixOf(sharing), 'network/vpc-id');
  }
}

/** One subnet per availability zone, in their order. */
export function subnetIds(links: Links, { network, sharing }: AppSettings, kind: SubnetKind): string[] {
  const { source, availabilityZones } = network;
  switch (source.from) {
    case 'created':
      return availabilityZones.map((_, zone) => links.from('network', OUTPUT[kind](zone + 1)));
    case 'existing':
      return [
        ...{ public: source.publicSubnetIds, private: source.privateSubnetIds, isolated: source.isolatedSubnetIds }[
          kind
        ],
      ];
    case 'shared': {
      // The provider writes one comma list; a list parameter cannot be counted at synthesis, so each zone picks its own.
      const list = links.shared(prefixOf(sharing), `network/${kind}-subnet-ids`);
      return availabilityZones.map((_, zone) => core.Fn.select(zone, core.Fn.split(',', list)));
    }
  }
}

const OUTPUT: Record<SubnetKind, (zone: number) => string> = {
  public: outputs.network.publicSubnet,
  private: outputs.network.privateSubnet,
  isolated: outputs.network.isolatedSubnet,
};

export function prefixOf(sharing: AppSettings['sharing']): string {
  if (sharing.mode !== 'consume') throw new Error('a shared network needs sharing.mode consume');
  return sharing.prefix;
}
