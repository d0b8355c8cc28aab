import { core } from '../aws-cdk.ts';
import { balancerOf } from '../balancer.ts';
import type { FunctionSettings } from '../function-settings.ts';
import type { Links } from '../links.ts';
import { siteFunction } from '../next-output.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings, DatabaseSettings } from '../settings.ts';
import { scheduledRuns } from './failed-runs.ts';

/** A metric of CloudWatch and how it is read. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  /** `Average`, `Sum`, `Maximum`, `Minimum` or a percentile such as `p99`. */
  statistic: string;
  /** Measured in two places, of which either may have the requests. */
  also?: Readonly<Record<string, string>>;
}

/** One thing that runs, with what can be measured of it. */
export interface Watched {
  kind: 'service' | 'scheduled-task' | 'api' | 'function' | 'database' | 'queue' | 'dead-letters';
  /** As platform.yaml calls it. */
  name: string;
  /** Of dead letters: whose; a queue and a function may have the same name. */
  of?: 'queue' | 'function';
  metrics: Readonly<Record<string, Metric>>;
  /** Of an API: the log that has a line of each request. */
  accessLog?: () => string;
}

/** Everything of the environment that CloudWatch measures, in the order in which a request meets it. */
export function watchedOf(links: Links, settings: AppSettings): Watched[] {
  return [
    ...services(links, settings),
    ...scheduled(links, settings),
    ...apis(links, settings),
    ...functions(links, settings),
    ...databases(links, settings),
    ...queues(links, settings),
  ];
}

function services(links: Links, settings: AppSettings): Watched[] {
  const balancer = balancerOf(links, settings);
  return Object.entries(settings.services).map(([name, service]) => {
    const stack = `service-${name}` as const;
    const ecs = {
      ClusterName: links.from('runtime', outputs.runtime.clusterName),
      ServiceName: links.from(stack, outputs.service.serviceName),
    };
    const running = {
      cpu: metric('AWS/ECS', 'CPUUtilization', ecs, 'Average'),
      memory: metric('AWS/ECS', 'MemoryUtilization', ecs, 'Average'),
    };
    if (!service.http || service.port === undefined) return { kind: 'service', name, metrics: running };
    const arn = links.from(stack, outputs.service.targetGroupArn);
    const behind = (group: string) => ({
      // `targetgroup/<name>/<id>`, the end of its ARN.
      TargetGroup: core.Fn.select(5, core.Fn.split(':', group)),
      LoadBalancer: balancer.fullName(),
    });
    const http = behind(arn);
    const alternate = service.shift && behind(links.from(stack, outputs.service.alternateTargetGroupArn));
    const of = (metricName: string, statistic: string) => ({
      ...metric('AWS/ApplicationELB', metricName, http, statistic),
      ...(alternate ? { also: alternate } : {}),
    });
    return {
      kind: 'service',
      name,
      metrics: {
        requests: of('RequestCount', 'Sum'),
        errors: of('HTTPCode_Target_5XX_Count', 'Sum'),
        refusals: of('HTTPCode_Target_4XX_Count', 'Sum'),
        latency: of('TargetResponseTime', 'p99'),
        median: of('TargetResponseTime', 'p50'),
        healthy: of('HealthyHostCount', 'Minimum'),
        ...running,
      },
    };
  });
}

/** By its rule: what EventBridge starts, and what it could not. How a run ends no metric counts. */
const scheduled = (links: Links, settings: AppSettings): Watched[] =>
  scheduledRuns(settings).map(({ service, task }) => {
    const rule = { RuleName: links.from(`service-${service}`, outputs.service.scheduledRule(task)) };
    return {
      kind: 'scheduled-task',
      name: `${service}-${task}`,
      metrics: {
        starts: metric('AWS/Events', 'Invocations', rule, 'Sum'),
        unstarted: metric('AWS/Events', 'FailedInvocations', rule, 'Sum'),
      },
    };
  });

/** REST and HTTP APIs go by other dimensions, and call their errors otherwise. */
function apis(links: Links, settings: AppSettings): Watched[] {
  return Object.entries(settings.apis).map(([name, api]) => {
    const isRest = api.kind === 'rest';
    const dimensions = {
      ...(isRest ? { ApiName: api.name } : { ApiId: links.from('functions', outputs.functions.apiId(name)) }),
      Stage: api.stage,
    };
    const of = (metricName: string, statistic: string) => metric('AWS/ApiGateway', metricName, dimensions, statistic);
    return {
      kind: 'api',
      name,
      metrics: {
        requests: of('Count', 'Sum'),
        errors: of(isRest ? '5XXError' : '5xx', 'Sum'),
        refusals: of(isRest ? '4XXError' : '4xx', 'Sum'),
        latency: of('Latency', 'p99'),
        median: of('Latency', 'p50'),
        integration: of('IntegrationLatency', 'p99'),
      },
      ...(api.logging.access ? { accessLog: () => links.from('functions', outputs.functions.apiAccessLog(name)) } : {}),
    };
  });
}

/** The server of every Next.js application: what it does for its visitors passes through it. */
export const nextServers = ({ sites }: Pick<AppSettings, 'sites'>): string[] =>
  Object.entries(sites).flatMap(([site, { kind }]) => (kind === 'next' ? [siteFunction(site, 'default')] : []));

const servers = (settings: AppSettings): Record<string, Pick<FunctionSettings, 'trigger' | 'deadLetters'>> =>
  Object.fromEntries(nextServers(settings).map((name) => [name, { deadLetters: false }]));

function functions(links: Links, settings: AppSettings): Watched[] {
  const told = outputs.functions;
  return Object.entries({ ...settings.functions, ...servers(settings) }).flatMap(([name, fn]): Watched[] => {
    const dimensions = { FunctionName: links.from('functions', told.functionName(name)) };
    const of = (metricName: string, statistic: string) => metric('AWS/Lambda', metricName, dimensions, statistic);
    const { trigger, deadLetters } = fn;
    const rule = () => links.from('functions', told.functionRule(name));
    const undelivered: Readonly<Record<string, string>> | undefined =
      // Scheduler counts for all schedules of a group together.
      trigger?.on === 'schedule' && trigger.timezone !== undefined
        ? undefined
        : trigger?.on === 'schedule' || trigger?.on === 'rotation'
          ? { RuleName: rule() }
          : trigger?.on === 'bus'
            ? // `<bus>|<rule>`, as CloudFormation names rules on a bus of one's own.
              {
                EventBusName: core.Fn.select(0, core.Fn.split('|', rule())),
                RuleName: core.Fn.select(1, core.Fn.split('|', rule())),
              }
            : undefined;
    return [
      {
        kind: 'function',
        name,
        metrics: {
          invocations: of('Invocations', 'Sum'),
          failures: of('Errors', 'Sum'),
          throttles: of('Throttles', 'Sum'),
          duration: of('Duration', 'Maximum'),
          concurrent: of('ConcurrentExecutions', 'Maximum'),
          ...(undelivered ? { undelivered: metric('AWS/Events', 'FailedInvocations', undelivered, 'Sum') } : {}),
        },
      },
      ...(deadLetters
        ? [
            {
              kind: 'dead-letters' as const,
              name,
              of: 'function' as const,
              metrics: ofQueueAt(links.from('functions', told.functionDeadLettersUrl(name))),
            },
          ]
        : []),
    ];
  });
}

/** A database of a provider is watched by its provider. */
function databases(links: Links, settings: AppSettings): Watched[] {
  return Object.entries(settings.databases)
    .filter(([, { engine }]) => engine !== 'shared')
    .map(([name, database]) => {
      const dimensions = {
        [identifierOf(database)]: links.from('data', outputs.data.databaseIdentifier(name)),
      };
      const of = (metricName: string, statistic: string) => metric('AWS/RDS', metricName, dimensions, statistic);
      return {
        kind: 'database',
        name,
        metrics: {
          cpu: of('CPUUtilization', 'Average'),
          connections: of('DatabaseConnections', 'Maximum'),
          ...(database.capacity
            ? { capacity: of('ServerlessDatabaseCapacity', 'Average') }
            : { storage: of('FreeStorageSpace', 'Minimum') }),
          reads: of('ReadLatency', 'Average'),
          writes: of('WriteLatency', 'Average'),
        },
      };
    });
}

const identifierOf = ({ engine }: DatabaseSettings): string =>
  engine === 'postgres-instance' ? 'DBInstanceIdentifier' : 'DBClusterIdentifier';

function queues(links: Links, { queues: all }: AppSettings): Watched[] {
  const { messaging } = outputs;
  return Object.entries(all).flatMap(([name, { dlq }]): Watched[] => [
    { kind: 'queue', name, metrics: ofQueue(links.from('messaging', messaging.queueArn(name))) },
    ...(dlq
      ? [
          {
            kind: 'dead-letters' as const,
            name,
            of: 'queue' as const,
            metrics: ofQueue(links.from('messaging', messaging.deadLetterQueueArn(name))),
          },
        ]
      : []),
  ]);
}

const ofQueue = (arn: string) => queueMetrics(core.Fn.select(5, core.Fn.split(':', arn)));
/** `https://<host>/<account>/<name>`. */
const ofQueueAt = (url: string) => queueMetrics(core.Fn.select(4, core.Fn.split('/', url)));

function queueMetrics(name: string): Record<string, Metric> {
  const dimensions = { QueueName: name };
  const of = (metricName: string, statistic: string) => metric('AWS/SQS', metricName, dimensions, statistic);
  return {
    depth: of('ApproximateNumberOfMessagesVisible', 'Maximum'),
    age: of('ApproximateAgeOfOldestMessage', 'Maximum'),
    sent: of('NumberOfMessagesSent', 'Sum'),
  };
}

const metric = (
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
  statistic: string,
): Metric => ({ namespace, name, dimensions, statistic });
