import type { ApiSettings } from '../api-settings.ts';
import type { FunctionSettings } from '../function-settings.ts';
import type {
  AppSettings,
  ComponentSettings,
  DatabaseSettings,
  ObservabilitySettings,
  ServiceSettings,
} from '../settings.ts';

/** Settings for tests: the smallest application that is whole, to be changed where a test looks. */
export function sampleSettings(changes: Partial<AppSettings> = {}): AppSettings {
  return {
    project: 'shop',
    environment: 'dev',
    kind: 'dev',
    account: '222222222222',
    region: 'us-east-1',
    tags: { 'platform:project': 'shop', 'platform:environment': 'dev' },
    naming: { stack: '{project}-{env}-{block}' },
    bootstrap: { qualifier: 'hnb659fds' },
    protectStacks: false,
    network: {
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      source: {
        from: 'created',
        cidr: '10.0.0.0/16',
        subnetMask: 24,
        isolated: true,
        nat: { kind: 'gateways', count: 1 },
        endpoints: [],
        flowLogs: false,
      },
      tasks: 'private',
    },
    databases: {},
    secrets: {},
    buckets: {},
    queues: {},
    buses: {},
    repositories: { 'shop-dev-web': { services: ['web'], expireUntaggedDays: 30, onDelete: 'retain' } },
    services: { web: sampleService() },
    oneOffs: {},
    functions: {},
    apis: {},
    sites: {},
    edge: { waf: false, originVerify: false },
    observability: sampleObservability(),
    sharing: { mode: 'none' },
    ...changes,
  };
}

export const sampleObservability = (changes: Partial<ObservabilitySettings> = {}): ObservabilitySettings => ({
  containerInsights: false,
  logRetentionDays: 7,
  logsOnDelete: 'destroy',
  tracing: false,
  alarms: false,
  receivers: { emails: [], webhooks: [] },
  dashboards: [],
  customMetrics: [],
  maxConnections: {},
  ...changes,
});

export function sampleComponent(changes: Partial<ComponentSettings> = {}): ComponentSettings {
  return {
    repository: 'shop-dev-web',
    container: 'app',
    architecture: 'amd64',
    cpu: 512,
    memoryMiB: 1024,
    uses: [],
    environment: {},
    secrets: {},
    exec: false,
    ...changes,
  };
}

export function sampleService(changes: Partial<ServiceSettings> = {}): ServiceSettings {
  return {
    ...sampleComponent(),
    port: 8000,
    http: { listenerPort: 80, tls: false, redirectHttp: false },
    health: { path: '/health', matcher: '200', intervalSeconds: 30, timeoutSeconds: 5 },
    scaling: { min: 1, max: 4, cpu: 70, memory: 80, cooldownSeconds: 60, schedule: [] },
    deployment: { minHealthyPercent: 100, maxPercent: 200, graceSeconds: 120, drainSeconds: 30 },
    ...changes,
  };
}

export function sampleDatabase(changes: Partial<DatabaseSettings> = {}): DatabaseSettings {
  return {
    engine: 'aurora-postgres',
    version: '16.4',
    databaseName: 'shop',
    port: 5432,
    capacity: { min: 0.5, max: 4 },
    readers: 0,
    proxy: false,
    subnets: 'isolated',
    credentials: {
      username: 'dbadmin',
      passwordLength: 32,
      secretName: 'shop/dev/database-main',
      onDelete: 'destroy',
    },
    backupDays: 7,
    protect: false,
    onDelete: 'destroy',
    enhancedMonitoringSeconds: false,
    exportLogs: true,
    ...changes,
  };
}

export function sampleFunction(changes: Partial<FunctionSettings> = {}): FunctionSettings {
  return {
    source: 'src/index.ts',
    handler: 'index.handler',
    runtime: 'nodejs22.x',
    architecture: 'arm64',
    memoryMiB: 256,
    timeoutSeconds: 30,
    uses: [],
    environment: {},
    deadLetters: false,
    rollout: { type: 'all-at-once' },
    ...changes,
  };
}

export function sampleApi(changes: Partial<ApiSettings> = {}): ApiSettings {
  return {
    kind: 'rest',
    name: 'shop',
    stage: 'v1',
    handler: 'api',
    authorizer: { kind: 'none' },
    validate: { body: false, parameters: false },
    logging: { level: 'ERROR', dataTrace: false, access: true },
    apiKeys: false,
    ...changes,
  };
}
