import type { AppSettings } from '../settings.ts';
import {
  sampleApi,
  sampleComponent,
  sampleDatabase,
  sampleFunction,
  sampleObservability,
  sampleService,
  sampleSettings,
} from './sample-settings.ts';

/** An application that has one of everything: two web services, a worker, migrations of their own, data and messages. */
export function wholeSettings(changes: Partial<AppSettings> = {}): AppSettings {
  return sampleSettings({
    network: {
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      source: {
        from: 'created',
        cidr: '10.0.0.0/16',
        subnetMask: 24,
        isolated: true,
        nat: { kind: 'gateways', count: 2 },
        endpoints: ['s3', 'secretsmanager'],
        flowLogs: { retentionDays: 30, onDelete: 'retain' },
      },
      tasks: 'private',
    },
    databases: {
      main: sampleDatabase({
        readers: 1,
        proxy: true,
        enhancedMonitoringSeconds: 60,
        credentials: {
          username: 'dbadmin',
          passwordLength: 32,
          secretName: 'shop/dev/databases/main/credentials',
          urlSecretName: 'shop/dev/databases/main/url',
          onDelete: 'destroy',
        },
      }),
      reports: sampleDatabase({
        engine: 'postgres-instance',
        capacity: undefined,
        instance: { class: 'db.t4g.micro', storageGb: 20, multiAz: true },
        subnets: 'private',
        onDelete: 'snapshot',
        protect: true,
      }),
    },
    secrets: {
      jwt: {
        source: 'generated',
        secretName: 'shop/dev/jwt',
        key: 'JWT_SECRET',
        length: 64,
        alphabet: 'urlsafe',
        onDelete: 'destroy',
      },
      app: { source: 'referenced', secretName: 'shop/dev/app' },
    },
    buckets: {
      media: {
        access: 'private',
        policyOwner: 'sites',
        versioned: true,
        corsOrigins: ['https://app.example.com'],
        expireOldVersionsDays: 30,
        infrequentAfterDays: 90,
        onDelete: 'retain',
      },
    },
    queues: {
      jobs: {
        fifo: false,
        visibilitySeconds: 300,
        retentionDays: 4,
        dlq: { maxReceive: 3, retentionDays: 14, onDelete: 'retain' },
        onDelete: 'destroy',
      },
    },
    buses: { domain: { busName: 'shop-events', archiveDays: 30 } },
    repositories: {
      'shop-dev-web': { services: ['web', 'admin'], expireUntaggedDays: 30, onDelete: 'retain' },
      'shop-dev-jobs': { services: ['jobs', 'migrations'], expireUntaggedDays: 30, onDelete: 'destroy' },
    },
    services: {
      web: sampleService({
        http: { domain: 'api.example.com', listenerPort: 443, tls: { listenerDefault: true }, redirectHttp: true },
        uses: [
          { kind: 'database', name: 'main' },
          { kind: 'bucket', name: 'media' },
          { kind: 'bus', name: 'domain' },
          { kind: 'queue', name: 'jobs' },
          { kind: 'secret', name: 'jwt' },
        ],
        environment: { LOG_LEVEL: ['info'], HOSTS: ['localhost,', { of: 'alb-host' }] },
        secrets: { API_KEY: { from: 'secret', secret: 'app', key: 'API_KEY' } },
        scaling: {
          min: 2,
          max: 10,
          cpu: 70,
          memory: 80,
          requestsPerTarget: 1000,
          cooldownSeconds: 60,
          schedule: [{ cron: 'cron(0 20 ? * MON-FRI *)', min: 0, max: 0 }],
        },
        exec: true,
      }),
      admin: sampleService({
        http: {
          domain: 'admin.example.com',
          listenerPort: 443,
          tls: { certificateArn: 'arn:aws:acm:us-east-1:222222222222:certificate/1', listenerDefault: false },
          redirectHttp: false,
          rulePriority: 20,
        },
        architecture: 'arm64',
      }),
      jobs: sampleService({
        repository: 'shop-dev-jobs',
        port: undefined,
        http: undefined,
        health: undefined,
        command: ['node', 'worker.js'],
        uses: [
          { kind: 'database', name: 'main' },
          { kind: 'database', name: 'reports' },
          { kind: 'queue', name: 'jobs' },
        ],
      }),
    },
    oneOffs: {
      migrations: sampleComponent({ repository: 'shop-dev-jobs', uses: [{ kind: 'database', name: 'main' }] }),
    },
    functions: {
      api: sampleFunction({
        memoryMiB: 512,
        timeoutSeconds: 29,
        reservedConcurrency: 50,
        uses: [{ kind: 'database', name: 'main' }],
        environment: { LOG_LEVEL: ['info'] },
        rollout: {
          type: 'canary',
          percent: 10,
          minutes: 5,
          alarms: [
            { preset: 'error-rate', measure: 'error-rate', threshold: 5, periods: 1, periodSeconds: 60 },
            { preset: 'latency-p99', measure: 'duration-p99', threshold: 2000, periods: 2, periodSeconds: 60 },
          ],
        },
      }),
      clock: sampleFunction({
        reservedConcurrency: 1,
        uses: [
          { kind: 'queue', name: 'jobs' },
          { kind: 'bucket', name: 'media' },
          { kind: 'secret', name: 'jwt' },
        ],
        trigger: { on: 'schedule', expression: 'rate(1 minute)' },
        deadLetters: { retentionDays: 14, onDelete: 'retain' },
      }),
      worker: sampleFunction({
        timeoutSeconds: 45,
        uses: [
          { kind: 'database', name: 'main' },
          { kind: 'database', name: 'reports' },
        ],
        trigger: {
          on: 'queue',
          queue: 'jobs',
          batchSize: 10,
          windowSeconds: 5,
          partialFailures: true,
          maxConcurrency: 4,
        },
      }),
      'public-authorizer': sampleFunction({
        timeoutSeconds: 10,
        uses: [{ kind: 'secret', name: 'jwt' }],
        environment: { JWT_ALGORITHMS: ['HS256'] },
      }),
      audit: sampleFunction({
        architecture: 'x86_64',
        trigger: { on: 'bus', bus: 'domain', detailTypes: ['OrderPlaced', 'OrderPaid'], retries: 3 },
        deadLetters: { retentionDays: 14, onDelete: 'retain' },
      }),
    },
    apis: {
      public: sampleApi({
        name: 'Shop API',
        description: 'Orders and customers',
        authorizer: { kind: 'function', name: 'public-authorizer', cacheSeconds: 300 },
        cors: {
          origins: ['https://app.example.com'],
          methods: ['GET', 'POST', 'PUT', 'DELETE'],
          headers: ['Content-Type', 'Authorization'],
        },
        validate: { body: true, parameters: true },
        throttle: { burst: 1000, rate: 500 },
        logging: { level: 'INFO', dataTrace: true, access: true },
        domain: { name: 'orders.example.com' },
        cacheGb: 0.5,
        minCompressionBytes: 1024,
        apiKeys: true,
      }),
      partners: sampleApi({
        kind: 'http',
        name: 'partners',
        authorizer: { kind: 'cognito', mfa: 'OPTIONAL', groups: ['admin'], onDelete: 'retain' },
        cors: { origins: ['*'], methods: ['GET'], headers: ['Authorization'] },
        throttle: { burst: 10, rate: 5 },
      }),
    },
    sites: {
      app: {
        kind: 'spa',
        domain: 'app.example.com',
        priceClass: '100',
        apiPaths: { '/api/*': { service: 'web' } },
        onDelete: 'destroy',
      },
      gallery: { kind: 'media', priceClass: '200', bucket: 'media', corsOrigins: ['https://app.example.com'] },
    },
    edge: { waf: { ratePer5Min: 2000 }, originVerify: { generation: 1 } },
    observability: sampleObservability({
      alarms: {
        'error-rate': { threshold: 5, below: false, periods: 2, periodSeconds: 300 },
        'healthy-hosts': { threshold: 1, below: true, periods: 2, periodSeconds: 60 },
        'db-connections': { below: false, periods: 2, periodSeconds: 60 },
        'dlq-not-empty': { threshold: 0, below: false, periods: 2, periodSeconds: 60 },
      },
      receivers: { emails: ['ops@example.com'], webhooks: ['https://events.example.com/hook'] },
      dashboards: ['operations', 'business', 'cost'],
      customMetrics: [{ namespace: 'Shop', name: 'Orders', title: 'Orders' }],
      maxConnections: { main: 823, reports: 112 },
    }),
    ...changes,
  });
}
