import { Construct } from 'constructs';
import { core, ecs } from '../aws-cdk.ts';
import type { Links } from '../links.ts';
import { outputs } from '../outputs.ts';
import { subnetIds } from '../placement.ts';
import type { AppSettings, ServiceSettings } from '../settings.ts';
import type { Route } from './route.ts';
import { type ShiftedTraffic, strategyOf } from './shifted-traffic.ts';

export interface FargateServiceProps {
  links: Links;
  settings: AppSettings;
  name: string;
  service: ServiceSettings;
  taskDefinition: string;
  route?: Route;
  /** Names of alarms that take a rollout back. */
  alarms?: string[];
}

/** The ECS service: replaces its tasks only by healthy ones, and goes back by itself when they are not. */
export class FargateService extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { links, settings, name, service, taskDefinition, route } = props;
    const { container, port, deployment, exec } = service;

    const made = new ecs.CfnService(this, 'Service', {
      cluster: links.from('runtime', outputs.runtime.clusterName),
      taskDefinition,
      ...(service.spot ? { capacityProviderStrategy: withSpot(service.spot.onDemand) } : { launchType: 'FARGATE' }),
      // Only when the service is made: no later deployment takes back what scaling decided (F-60). Another way of
      // launching makes another service, and that begins with a count of its own.
      desiredCount: core.Token.asNumber(
        links.first(service.spot ? 'FirstTasksWithSpot' : 'FirstTasks', String(service.scaling.min)),
      ),
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true },
        minimumHealthyPercent: deployment.minHealthyPercent,
        maximumPercent: deployment.maxPercent,
        ...(service.shift && route?.shifted ? strategyOf(service.shift) : {}),
        ...(props.alarms ? { alarms: { alarmNames: props.alarms, enable: true, rollback: true } } : {}),
      },
      networkConfiguration: {
        awsvpcConfiguration: {
          assignPublicIp: settings.network.tasks === 'public' ? 'ENABLED' : 'DISABLED',
          subnets: subnetIds(links, settings, settings.network.tasks),
          securityGroups: [links.from('runtime', outputs.runtime.taskSecurityGroup(name))],
        },
      },
      ...(route && port !== undefined
        ? {
            loadBalancers: [
              {
                containerName: container,
                containerPort: port,
                targetGroupArn: route.targetGroupArn,
                ...(route.shifted ? { advancedConfiguration: bothGroups(route, route.shifted) } : {}),
              },
            ],
            healthCheckGracePeriodSeconds: deployment.graceSeconds,
          }
        : {}),
      enableExecuteCommand: exec,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
    });
    for (const rule of route?.rules ?? []) if (!route?.shifted || rule !== route.rule) made.addResourceDependency(rule);
    this.name = made.attrName;
  }
}

/** Between which groups ECS moves requests, by which rule, and in whose name. */
const bothGroups = ({ rule }: Route, { alternateArn, roleArn }: ShiftedTraffic) => ({
  alternateTargetGroupArn: alternateArn,
  productionListenerRule: rule.ref,
  roleArn,
});

/**
 * Spot for everything beyond the base: a provider of weight 0 takes the tasks of its base and no more.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
const withSpot = (onDemand: number) => [
  { capacityProvider: 'FARGATE_SPOT', weight: 1 },
  ...(onDemand > 0 ? [{ capacityProvider: 'FARGATE', base: onDemand, weight: 0 }] : []),
];
