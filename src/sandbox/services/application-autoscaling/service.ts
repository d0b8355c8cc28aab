import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { capacityTimers } from './ecs-capacity.ts';
import { operations } from './operations.ts';
import { scalableTarget } from './resources/scalable-target.ts';
import { scalingPolicy } from './resources/scaling-policy.ts';
import { scheduleTimers } from './scheduled-runs.ts';

export const applicationAutoScaling: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-application-auto-scaling'),
  client: 'ApplicationAutoScalingClient',
  operations,
  timers: { ...capacityTimers, ...scheduleTimers },
  resources: {
    'AWS::ApplicationAutoScaling::ScalableTarget': scalableTarget,
    'AWS::ApplicationAutoScaling::ScalingPolicy': scalingPolicy,
  },
};
