import { Construct } from 'constructs';
import { scaling } from '../aws-cdk.ts';
import type { Balancer } from '../balancer.ts';
import type { ScalingSettings } from '../settings.ts';
import type { Route } from './route.ts';

export interface ScalingProps {
  /** `<cluster>/<service>`. */
  resource: string;
  rules: ScalingSettings;
  route?: Route;
  balancer: Balancer;
}

/** How many tasks a service runs: between two bounds, led by what they have to do, or by the clock. */
export class Scaling extends Construct {
  constructor(scope: Construct, id: string, { resource, rules, route, balancer }: ScalingProps) {
    super(scope, id);
    const { min, max, schedule, cooldownSeconds } = rules;
    const target = new scaling.CfnScalableTarget(this, 'Target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${resource}`,
      minCapacity: min,
      maxCapacity: max,
      ...(schedule.length > 0
        ? {
            scheduledActions: schedule.map(({ cron, ...bounds }, index) => ({
              scheduledActionName: `schedule-${index + 1}`,
              schedule: cron,
              scalableTargetAction: { minCapacity: bounds.min, maxCapacity: bounds.max },
            })),
          }
        : {}),
    });

    const track = (name: string, targetValue: number, metric: Record<string, string>) =>
      new scaling.CfnScalingPolicy(this, name, {
        // The name is part of what CloudFormation identifies the policy by; unique within the service.
        policyName: name,
        policyType: 'TargetTrackingScaling',
        scalingTargetId: target.ref,
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification: metric as { predefinedMetricType: string },
          scaleInCooldown: cooldownSeconds,
          scaleOutCooldown: cooldownSeconds,
        },
      });
    if (rules.cpu !== undefined) {
      track('Cpu', rules.cpu, { predefinedMetricType: 'ECSServiceAverageCPUUtilization' });
    }
    if (rules.memory !== undefined) {
      track('Memory', rules.memory, { predefinedMetricType: 'ECSServiceAverageMemoryUtilization' });
    }
    if (rules.requestsPerTarget !== undefined && route) {
      track('Requests', rules.requestsPerTarget, {
        predefinedMetricType: 'ALBRequestCountPerTarget',
        resourceLabel: `${balancer.fullName()}/${route.targetGroupName}`,
      });
    }
  }
}
