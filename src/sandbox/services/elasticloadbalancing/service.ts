import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { loadBalancerTimers } from './load-balancer-timers.ts';
import { operations } from './operations.ts';
import { resources } from './resources.ts';
import { healthTimers } from './target-health.ts';
import { targetTimers } from './targets.ts';

export const elasticLoadBalancing: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  client: 'ElasticLoadBalancingV2Client',
  operations,
  timers: { ...loadBalancerTimers, ...healthTimers, ...targetTimers },
  resources,
};
