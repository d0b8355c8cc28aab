import { core } from './aws-cdk.ts';
import type { Links } from './links.ts';
import { outputs } from './outputs.ts';
import type { AppSettings } from './settings.ts';

/** The load balancer as a service sees it: the environment's own, or the provider's. */
export interface Balancer {
  listenerArn(port: number): string;
  securityGroupId(): string;
  /** `app/<name>/<id>`. */
  fullName(): string;
  host(): string;
}

export function balancerOf(links: Links, { sharing }: AppSettings): Balancer {
  const { runtime } = outputs;
  if (sharing.mode !== 'consume') {
    return {
      listenerArn: (port) => links.from('runtime', runtime.listenerArn(port)),
      securityGroupId: () => links.from('runtime', runtime.loadBalancerSecurityGroup),
      fullName: () => links.from('runtime', runtime.loadBalancerFullName),
      host: () => links.from('runtime', runtime.loadBalancerHost),
    };
  }
  const { prefix } = sharing;
  return {
    // The provider shares its HTTPS listener and no other.
    listenerArn: () => links.shared(prefix, 'alb/https-listener-arn'),
    securityGroupId: () => links.shared(prefix, 'alb/security-group-id'),
    fullName: () => core.Fn.select(1, core.Fn.split('loadbalancer/', links.shared(prefix, 'alb/arn'))),
    host: () => links.shared(prefix, 'alb/dns-name'),
  };
}
