import type { ResourceProvider } from '../../kernel/resource-provider.ts';
import { listener } from './resources/listener.ts';
import { listenerCertificate } from './resources/listener-certificate.ts';
import { listenerRule } from './resources/listener-rule.ts';
import { loadBalancer } from './resources/load-balancer.ts';
import { targetGroup } from './resources/target-group.ts';

export const resources: Readonly<Record<string, ResourceProvider>> = {
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': listenerCertificate,
  'AWS::ElasticLoadBalancingV2::ListenerRule': listenerRule,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
};
