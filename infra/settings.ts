import type { ApiSettings } from './api-settings.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { Overrides } from './override-settings.ts';
import type { CollectorSettings, RollbackAlarm, ShiftSettings, SidecarSettings } from './service-extras.ts';
import type { OnDelete, SecretKey, Text, Use } from './setting-values.ts';
import type { EdgeSettings, SiteSettings } from './site-settings.ts';

/**
 * What `buildApp` is given: one environment, wholly resolved and plain JSON. Defaults are applied, protection, retention
 * and sizes are explicit; infra invents none. Both `src/release` and infra import this file, and it imports neither.
 */
export type EnvironmentKind = 'sandbox' | 'local' | 'dev' | 'staging' | 'prod';

export interface NetworkSettings {
  /** Names such as us-east-1a, in order; frozen in the environment's state, only ever appended to (F-12). */
  availabilityZones: readonly string[];
  source: CreatedNetwork | ExistingNetwork | SharedNetwork;
  /** `public` gives tasks public addresses: the only way out of a network without NAT and endpoints. */
  tasks: 'private' | 'public';
}
export interface CreatedNetwork {
  from: 'created';
  cidr: string;
  /** Prefix length of each subnet. */
  subnetMask: number;
  isolated: boolean;
  nat: { kind: 'none' } | { kind: 'instance' } | { kind: 'gateways'; count: number };
  /** Names such as `ecr.api`, `s3`, `secretsmanager`; s3 and dynamodb become gateway endpoints. */
  endpoints: readonly string[];
  flowLogs: false | { retentionDays: number; onDelete: OnDelete };
}
export interface ExistingNetwork {
  from: 'existing';
  vpcId: string;
  publicSubnetIds: readonly string[];
  privateSubnetIds: readonly string[];
  isolatedSubnetIds: readonly string[];
}
/** Subnets come from the provider's parameters, one of each kind per availability zone. */
export interface SharedNetwork {
  from: 'shared';
}

export interface DatabaseSettings {
  engine: 'aurora-postgres' | 'postgres-instance' | 'shared';
  /** As RDS names it: `16.4`, or a major version alone. */
  version: string;
  databaseName: string;
  /** Absent: CloudFormation names it, so that it can be replaced. */
  identifier?: string;
  port: number;
  /** Aurora capacity units; only with `aurora-postgres`. */
  capacity?: { min: number; max: number; pauseAfterSeconds?: number };
  /** Only with `postgres-instance`. */
  instance?: { class: string; storageGb: number; multiAz: boolean };
  readers: number;
  proxy: boolean;
  subnets: 'isolated' | 'private';
  credentials: {
    username: string;
    passwordLength: number;
    /** Name of the secret in Secrets Manager. */
    secretName: string;
    /** Name of a second secret with the key `url`; absent: none is made. */
    urlSecretName?: string;
    onDelete: OnDelete;
  };
  backupDays: number;
  protect: boolean;
  onDelete: OnDelete | 'snapshot';
  /** Seconds between samples: 1, 5, 10, 15, 30 or 60. */
  enhancedMonitoringSeconds: number | false;
  /** To CloudWatch Logs, into a group that RDS makes and names. */
  exportLogs: boolean;
}

/** `generated` is made by the stack; `referenced` is there before the deployment, made by the CLI or by others. */
export type SecretSettings =
  | {
      source: 'generated';
      secretName: string;
      key: string;
      length: number;
      alphabet: 'urlsafe' | 'django' | 'hex';
      onDelete: OnDelete;
    }
  | { source: 'referenced'; secretName: string };

export interface BucketSettings {
  access: 'private' | 'public-read';
  /** A bucket has one policy: where CloudFront reads it, `sites` writes it. */
  policyOwner: 'data' | 'sites';
  versioned: boolean;
  corsOrigins: readonly string[];
  expireOldVersionsDays?: number;
  infrequentAfterDays?: number;
  onDelete: OnDelete;
}

export interface QueueSettings {
  fifo: boolean;
  visibilitySeconds: number;
  retentionDays: number;
  dlq: false | { maxReceive: number; retentionDays: number; onDelete: OnDelete };
  onDelete: OnDelete;
}

export interface BusSettings {
  busName: string;
  archiveDays?: number;
}

export interface RepositorySettings {
  /** Services whose images lie in it. */
  services: readonly string[];
  /** Untagged images go after so many days; tagged ones, every release among them, never by themselves (F-43). */
  expireUntaggedDays: number;
  onDelete: OnDelete;
}

/** Something that runs in containers: a service, or the one-off task of migrations. */
export interface ComponentSettings {
  /** Repository name in ECR. */
  repository: string;
  container: string;
  architecture: 'amd64' | 'arm64';
  /** CPU units, 1024 to a core. */
  cpu: number;
  memoryMiB: number;
  command?: readonly string[];
  uses: readonly Use[];
  environment: Readonly<Record<string, Text>>;
  secrets: Readonly<Record<string, SecretKey>>;
  exec: boolean;
}

export interface ServiceSettings extends ComponentSettings {
  /** Absent: a worker that nobody calls. */
  port?: number;
  http?: HttpSettings;
  health?: HealthSettings;
  scaling: ScalingSettings;
  /** Absent: all tasks run on demand. So many of them do where it is there, and Fargate Spot takes the rest. */
  spot?: { onDemand: number };
  /** Further containers of every task, by name. */
  sidecars?: Readonly<Record<string, SidecarSettings>>;
  /** What takes a rollout back while it goes on. */
  rollbackAlarms?: readonly RollbackAlarm[];
  /** Absent: the new tasks take the place of those before one after the other. */
  shift?: ShiftSettings;
  /** Commands that run by the clock in tasks of their own, by name; in UTC. */
  scheduledTasks?: Readonly<Record<string, { expression: string; command: readonly string[] }>>;
  deployment: { minHealthyPercent: number; maxPercent: number; graceSeconds: number; drainSeconds: number };
}

export interface HttpSettings {
  /** Requests for this host; absent: every request that reaches `listenerPort`. */
  domain?: string;
  /** 443 or 80; a further service without a domain has a port of its own. */
  listenerPort: number;
  tls:
    | false
    | {
        /** Absent: the CLI requested it and keeps its ARN in the environment's state. */
        certificateArn?: string;
        /** The first certificate of the listener stands in `runtime`; the others come with their services. */
        listenerDefault: boolean;
      };
  /** Answers plain HTTP for the same host with a redirect; false answers 404. */
  redirectHttp: boolean;
  /** Absent: chosen by the CLI and kept in the environment's state. */
  rulePriority?: number;
}

export interface HealthSettings {
  path?: string;
  /** Status codes that count as healthy: `200`, `200-299`. */
  matcher: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  /** Run by the container's shell; absent: no container health check. */
  command?: string;
}

export interface ScalingSettings {
  min: number;
  max: number;
  /** Percent. */
  cpu?: number;
  memory?: number;
  requestsPerTarget?: number;
  cooldownSeconds: number;
  /** In UTC, as Application Auto Scaling reads them. */
  schedule: readonly { cron: string; min: number; max: number }[];
}

/** One preset of alarms, wherever it fits. */
export interface AlarmRule {
  /** Absent: depends on the size of what is watched. */
  threshold?: number;
  /** Alarms under the threshold instead of above it. */
  below: boolean;
  periods: number;
  periodSeconds: number;
}

export interface ObservabilitySettings {
  containerInsights: boolean;
  logRetentionDays: number;
  logsOnDelete: OnDelete;
  /** Whether load balancer and buckets write down who asked for what, for as many days. Absent: they never did. */
  accessLogs?: boolean;
  /** Requests are traced by X-Ray. */
  tracing: boolean;
  /** What takes the traces of services there; absent where nothing is traced. */
  collector?: CollectorSettings;
  /** By preset; one that is off is not among them. */
  alarms: false | Readonly<Record<string, AlarmRule>>;
  receivers: { emails: readonly string[]; webhooks: readonly string[] };
  dashboards: readonly ('operations' | 'business' | 'cost')[];
  /** What the application says of itself, for the business dashboard. */
  customMetrics: readonly { namespace: string; name: string; title: string }[];
  /** Most connections that a database takes, by database. */
  maxConnections: Readonly<Record<string, number>>;
}

export interface AppSettings {
  project: string;
  environment: string;
  kind: EnvironmentKind;
  account: string;
  region: string;
  /** Put on every stack; CloudFormation hands them to the resources. */
  tags: Readonly<Record<string, string>>;
  /** `stack` holds {project}, {env} and {block}. */
  naming: { stack: string };
  bootstrap: {
    qualifier: string;
    /** Name or ARN of the policy that bounds every role of ours. */
    permissionsBoundary?: string;
  };
  /** Termination protection of the stacks whose loss cannot be undone: `data` and `network`. */
  protectStacks: boolean;
  network: NetworkSettings;
  databases: Readonly<Record<string, DatabaseSettings>>;
  secrets: Readonly<Record<string, SecretSettings>>;
  buckets: Readonly<Record<string, BucketSettings>>;
  queues: Readonly<Record<string, QueueSettings>>;
  buses: Readonly<Record<string, BusSettings>>;
  /** By repository name. */
  repositories: Readonly<Record<string, RepositorySettings>>;
  services: Readonly<Record<string, ServiceSettings>>;
  /** Containers that only ever run once per call, beside the one-off task that every service has. */
  oneOffs: Readonly<Record<string, ComponentSettings>>;
  functions: Readonly<Record<string, FunctionSettings>>;
  apis: Readonly<Record<string, ApiSettings>>;
  sites: Readonly<Record<string, SiteSettings>>;
  edge: EdgeSettings;
  observability: ObservabilitySettings;
  /** `consume` takes network, load balancer and database from the provider's SSM parameters under `prefix`. */
  sharing: { mode: 'none' } | { mode: 'export' | 'consume'; prefix: string };
  overrides?: Overrides;
}
