import type { Dimension } from '@aws-sdk/client-cloudwatch';
import type { Scope } from '../../kernel/scope.ts';
import { services, tasks } from '../ecs/state.ts';
import { loadBalancersOf } from '../elasticloadbalancing/in-use.ts';
import { targetGroups, targets } from '../elasticloadbalancing/state.ts';
import { clusters, instances } from '../rds/state.ts';
import { messagesOf, queues } from '../sqs/state.ts';
import { metricSwitches } from './state.ts';

/** A metric that a service of the sandbox reports by itself, and what it is right now. */
export interface Observed {
  namespace: string;
  name: string;
  dimensions: Dimension[];
  unit: string;
  value: number;
}

const SECOND_MS = 1000;

/**
 * What the services of an account and region would report this minute. Only what their data planes know: traffic is not
 * simulated, so nothing is said of requests, and simulated containers and databases use no CPU, no memory and hold no
 * connections.
 */
export function observedMetrics(scope: Scope, namespace?: string): Observed[] {
  return Object.entries(SOURCES)
    .filter(([name]) => namespace === undefined || name === namespace)
    .flatMap(([name, look]) => look(scope).map((metric) => ({ namespace: name, ...metric })));
}

const SOURCES: Readonly<Record<string, (scope: Scope) => Omit<Observed, 'namespace'>[]>> = {
  'AWS/ECS': ofServices,
  'AWS/ApplicationELB': ofTargetGroups,
  'AWS/RDS': ofDatabases,
  'AWS/SQS': ofQueues,
  'AWS/Billing': ofCharges,
};

const dimensionsOf = (values: Record<string, string>): Dimension[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

function ofServices(scope: Scope): Omit<Observed, 'namespace'>[] {
  const running = new Set(
    tasks
      .in(scope)
      .values()
      .filter(({ task }) => task.lastStatus === 'RUNNING')
      .flatMap(({ cluster, service }) => (service ? [`${cluster}/${service.name}`] : [])),
  );
  return services
    .in(scope)
    .values()
    .filter(({ status, cluster, serviceName }) => status === 'ACTIVE' && running.has(`${cluster}/${serviceName}`))
    .flatMap(({ cluster, serviceName }) => {
      const dimensions = dimensionsOf({ ClusterName: cluster, ServiceName: serviceName });
      return ['CPUUtilization', 'MemoryUtilization'].map((name) => ({ name, dimensions, unit: 'Percent', value: 0 }));
    });
}

/** `app/<name>/<id>` and `targetgroup/<name>/<id>`, as dimensions have them. */
const balancerName = (arn: string): string => arn.split(':loadbalancer/')[1] ?? arn;
const groupName = (arn: string): string => arn.split(':').at(-1)!;

function ofTargetGroups(scope: Scope): Omit<Observed, 'namespace'>[] {
  return targetGroups
    .in(scope)
    .values()
    .flatMap(({ TargetGroupArn }) => {
      const members = targets
        .in(scope)
        .values()
        .filter(({ targetGroupArn }) => targetGroupArn === TargetGroupArn);
      const healthy = members.filter(({ state }) => state === 'healthy').length;
      const unhealthy = members.filter(({ state }) => state === 'unhealthy').length;
      // A group without targets reports nothing.
      if (members.length === 0) return [];
      return loadBalancersOf(scope, TargetGroupArn).flatMap((balancer) => {
        const dimensions = dimensionsOf({
          TargetGroup: groupName(TargetGroupArn),
          LoadBalancer: balancerName(balancer),
        });
        return [
          { name: 'HealthyHostCount', dimensions, unit: 'Count', value: healthy },
          { name: 'UnHealthyHostCount', dimensions, unit: 'Count', value: unhealthy },
        ];
      });
    });
}

function ofDatabases(scope: Scope): Omit<Observed, 'namespace'>[] {
  const idle = (dimensions: Dimension[]) => [
    { name: 'CPUUtilization', dimensions, unit: 'Percent', value: 0 },
    { name: 'DatabaseConnections', dimensions, unit: 'Count', value: 0 },
  ];
  const up = <T extends { status: string }>(rows: T[]) => rows.filter(({ status }) => status === 'available');
  const members = up(instances.in(scope).values());
  const staffed = new Set(members.map(({ clusterId }) => clusterId));
  return [
    ...up(clusters.in(scope).values())
      .filter(({ id }) => staffed.has(id))
      .flatMap(({ id }) => idle(dimensionsOf({ DBClusterIdentifier: id }))),
    ...members.flatMap(({ id }) => idle(dimensionsOf({ DBInstanceIdentifier: id }))),
  ];
}

function ofQueues(scope: Scope): Omit<Observed, 'namespace'>[] {
  const now = scope.world.clock.now();
  const stamp = Date.now();
  return queues
    .in(scope)
    .values()
    .flatMap(({ name }) => {
      const dimensions = dimensionsOf({ QueueName: name });
      const kept = messagesOf(scope, name)
        .values()
        .filter(({ expires }) => expires > now);
      const visible = kept.filter((message) => message.visible <= now).length;
      const oldest = Math.max(0, ...kept.map(({ sent }) => (stamp - sent) / SECOND_MS));
      return [
        { name: 'ApproximateNumberOfMessagesVisible', dimensions, unit: 'Count', value: visible },
        { name: 'ApproximateAgeOfOldestMessage', dimensions, unit: 'Seconds', value: Math.floor(oldest) },
      ];
    });
}

/** Nothing here costs anything. Of all regions this one knows, once billing alerts are switched on. */
function ofCharges(scope: Scope): Omit<Observed, 'namespace'>[] {
  if (scope.region !== 'us-east-1' || metricSwitches.in(scope).get('billing')?.on === false) return [];
  return [{ name: 'EstimatedCharges', dimensions: dimensionsOf({ Currency: 'USD' }), unit: 'None', value: 0 }];
}
