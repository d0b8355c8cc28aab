import { expect, it } from 'vitest';
import { loadText } from '../../testing/write-project.ts';
import { PROJECT_RULES } from './project-problems.ts';
import { RULES } from './registry.ts';

const PROD = 'environments: { prod: { kind: prod, account: "111111111111" } }';
const DB = 'databases: { main: { databaseName: shop, acu: { min: 1, max: 4 }, readers: 1 } }';
const web = (settings: string) => `services: { web: { image: { context: . }, ${settings} } }`;
const TRACED = 'observability: { tracing: true }';
const HTTPS = 'port: 80, health: { path: / }, http: { domain: a.example.com }';
const fn = (settings: string) => `functions: { f: { source: f.ts, ${settings} } }`;
const consumer = (trigger: string, queue = '', settings = '') =>
  `queues: { q: { ${queue} } }\nfunctions: { f: { source: f.ts, ${settings} trigger: { on: queue, queue: queue.q, ${trigger} } } }`;

/** Every problem of an environment, as `severity rule path`. */
const problems = (text: string, environment = 'sandbox') =>
  loadText(`project: shop\n${text}`)
    .environment(environment)
    .problems.map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);

const anywhere: [id: string, text: string, path: string][] = [
  [
    'secret-one-name',
    'secrets: { a: { path: "x/{env}", keys: { K: {} } }, b: { path: "x/{env}", keys: { K: {} } } }',
    'secrets.b.path',
  ],
  ['database-acu', 'databases: { main: { databaseName: shop } }', 'databases.main.acu'],
  [
    'database-instance',
    'databases: { main: { databaseName: shop, engine: postgres-instance } }',
    'databases.main.instance',
  ],
  ['acu-range', 'databases: { main: { databaseName: shop, acu: { min: 4, max: 4 } } }', 'databases.main.acu.max'],
  [
    'pause-minimum',
    'databases: { main: { databaseName: shop, acu: { min: 1, max: 4, autoPauseMinutes: 10 } } }',
    'databases.main.acu.autoPauseMinutes',
  ],
  [
    'pause-proxy',
    'databases: { main: { databaseName: shop, acu: { min: 0, max: 4 }, proxy: true } }',
    'databases.main.proxy',
  ],
  [
    'pause-version',
    'databases: { main: { databaseName: shop, version: "15.6", acu: { min: 0, max: 4 } } }',
    'databases.main.version',
  ],
  ['shared-engine', 'databases: { main: { databaseName: shop, engine: shared } }', 'databases.main.engine'],
  ['database-subnets', `network: { isolated: false }\n${DB}`, 'databases.main.subnets'],
  [
    'database-username',
    'databases: { main: { databaseName: shop, acu: { min: 1, max: 4 }, credentials: { username: admin } } }',
    'databases.main.credentials.username',
  ],
  [
    'rotation-shared',
    'shared: { mode: consume, prefix: /x }\ndatabases: { main: { databaseName: shop, engine: shared, rotationDays: 30 } }',
    'databases.main.rotationDays',
  ],
  [
    'rotation-network',
    'network: { nat: none }\ndatabases: { main: { databaseName: shop, acu: { min: 1, max: 4 }, rotationDays: 30 } }',
    'databases.main.rotationDays',
  ],
  ['fargate-size', web('cpu: 512, memory: 512'), 'services.web.memory'],
  ['service-port', web('health: { path: / }, http: { domain: a.example.com }'), 'services.web.port'],
  ['service-health', web('port: 80, http: { domain: a.example.com }'), 'services.web.health.path'],
  ['health-timing', web('health: { intervalSeconds: 5, timeoutSeconds: 5 }'), 'services.web.health.timeoutSeconds'],
  [
    'http-certificate',
    web('port: 80, health: { path: / }, http: { certificate: none }'),
    'services.web.http.certificate',
  ],
  ['https-domain', web('port: 80, health: { path: / }, http: {}'), 'services.web.http.domain'],
  [
    'shared-domain',
    `shared: { mode: consume, prefix: /x }\n${web('port: 80, health: { path: / }, http: { certificate: none, insecure: true }')}`,
    'services.web.http.domain',
  ],
  ['service-rollback-alarm', web('rollbackOn: [error-rate]'), 'services.web.rollbackOn'],
  ['service-rollout-requests', web('rollout: { type: blue-green }'), 'services.web.rollout'],
  [
    'service-rollout-time',
    web(`${HTTPS}, rollout: { type: linear, percent: 10, minutes: 15 }`),
    'services.web.rollout',
  ],
  [
    'service-rollout-step',
    web(`${HTTPS}, rollout: { type: linear, percent: 2, minutes: 1 }`),
    'services.web.rollout.percent',
  ],
  [
    'service-rollout-scaling',
    web(`${HTTPS}, rollout: { type: blue-green }, scaling: { requestsPerTarget: 100 }`),
    'services.web.scaling.requestsPerTarget',
  ],
  ['service-rollout-spot', web(`${HTTPS}, rollout: { type: blue-green }, spot: {}`), 'services.web.spot'],
  ['scaling-range', web('scaling: { min: 5, max: 4 }'), 'services.web.scaling.max'],
  ['scaling-requests', web('scaling: { requestsPerTarget: 10 }'), 'services.web.scaling.requestsPerTarget'],
  [
    'scaling-schedule',
    web('scaling: { schedule: [{ cron: cron(0 20 * * * *), min: 1, max: 2 }] }'),
    'services.web.scaling.schedule[0].cron',
  ],
  [
    'variable-twice',
    `secrets: { a: { keys: { X: } } }\n${web('env: { X: "1" }, secrets: { X: secret.a#X }')}`,
    'services.web.env.X',
  ],
  [
    'queue-visibility',
    consumer('batchSize: 1', 'visibilitySeconds: 30', 'timeoutSeconds: 60,'),
    'queues.q.visibilitySeconds',
  ],
  ['queue-batch-window', consumer('batchSize: 11'), 'functions.f.trigger.windowSeconds'],
  ['queue-fifo-batch', consumer('windowSeconds: 5', 'fifo: true'), 'functions.f.trigger'],
  [
    'queue-concurrency',
    consumer('maxConcurrency: 5', '', 'reservedConcurrency: 4,'),
    'functions.f.trigger.maxConcurrency',
  ],
  [
    'queue-dlq-retention',
    'queues: { q: { retentionDays: 14, dlq: { retentionDays: 4 } } }',
    'queues.q.dlq.retentionDays',
  ],
  ['function-runtime', fn('runtime: nodejs18'), 'functions.f.runtime'],
  ['function-builtin', 'functions: { f: { source: "builtin:outbox" } }', 'functions.f.source'],
  ['function-outbox', 'functions: { f: { source: "builtin:outbox-publisher" } }', 'functions.f.outbox'],
  ['function-schedule', fn('trigger: { on: schedule, rate: rate(1 minutes) }'), 'functions.f.trigger.rate'],
  [
    'function-rollout-alarm',
    fn('rollout: { type: canary, percent: 10, minutes: 5, rollbackOn: [db-cpu] }'),
    'functions.f.rollout.rollbackOn',
  ],
  ['api-kind', `${fn('')}\napis: { a: { kind: http, handler: fn.f, validation: both } }`, 'apis.a.validation'],
  [
    'api-kind',
    `${fn('')}\napis: { a: { kind: http, handler: fn.f, routes: { "POST /x": { body: {} } } } }`,
    'apis.a.routes',
  ],
  ['api-quota', `${fn('')}\napis: { a: { handler: fn.f, quota: { limit: 1, period: day } } }`, 'apis.a.quota'],
  [
    'api-transform',
    `${fn('')}\napis: { a: { handler: fn.f, routes: { "GET /x/{id}": { transform: { request: { order: path.other } } } } } }`,
    'apis.a.routes',
  ],
  ['api-scopes', `${fn('')}\napis: { a: { handler: fn.f, routes: { "GET /x": { scopes: [r] } } } }`, 'apis.a.routes'],
  [
    'api-route-paths',
    `${fn('')}\napis: { a: { handler: fn.f, routes: { "GET /x/{a}": {}, "GET /x/{b}/y": {} } } }`,
    'apis.a.routes',
  ],
  [
    'reference-unknown',
    `${fn('')}\napis: { a: { handler: fn.f, routes: { "GET /x": { handler: fn.g } } } }`,
    'apis.a.routes["GET /x"].handler',
  ],
  ['reference-unknown', web('uses: [db.main]'), 'services.web.uses[0]'],
  ['reference-unknown', 'apis: { a: { handler: service.web } }', 'apis.a.handler'],
  [
    'reference-unknown',
    `secrets: { a: { keys: { KEY: } } }\n${web('secrets: { X: secret.a#KYE }')}`,
    'services.web.secrets.X',
  ],
  ['secret-star', `secrets: { a: { keys: { KEY: } } }\n${web('secrets: { X: secret.a#* }')}`, 'services.web.secrets.X'],
  ['text-reference', web('env: { X: "${site.app.url}" }'), 'services.web.env.X'],
  ['text-reference', web('env: { X: "${ci.TOKEN}" }'), 'services.web.env.X'],
  ['text-reference', `${DB}\n${web('command: [sh, -c, "${db.main.host}"]')}`, 'services.web.command[2]'],
  ['path-outside', web('').replace('context: .', 'context: ../..'), 'services.web.image.context'],
  ['secret-in-file', web('env: { X: AKIAIOSFODNN7EXAMPLE }'), 'services.web.env.X'],
  ['secret-generate', 'secrets: { a: { source: generated, keys: { X: } } }', 'secrets.a.keys.X'],
  ['media-bucket', 'buckets: { m: {} }\nsites: { s: { kind: media, bucket: bucket.m } }', 'sites.s.bucket'],
  [
    'origin-verify-alone',
    `services: { web: { image: { context: . }, ${HTTPS} } }\nedge: { originVerify: true }`,
    'edge.originVerify',
  ],
  [
    'domain-twice',
    `services: { a: { image: { context: . }, ${HTTPS} }, b: { image: { context: . }, ${HTTPS} } }`,
    'services.b.http.domain',
  ],
  [
    'domain-certificate',
    `${fn('')}\napis: { a: { handler: fn.f, domain: a.example.com, certificate: none } }`,
    'apis.a.certificate',
  ],
  [
    'certificate-region',
    `defaults: { region: eu-west-1 }\nsites: { s: { kind: next, dir: ., domain: a.example.com, certificate: "arn:aws:acm:eu-west-1:111111111111:certificate/x" } }`,
    'sites.s.certificate',
  ],
  ['alarm-preset', 'observability: { presets: { db-cpuu: { threshold: 1 } } }', 'observability.presets.db-cpuu'],
  [
    'alarm-period',
    'observability: { presets: { db-cpu: { periodSeconds: 10 } } }',
    'observability.presets.db-cpu.periodSeconds',
  ],
  [
    'alarm-period',
    'observability: { presets: { db-cpu: { periodSeconds: 900, periods: 97 } } }',
    'observability.presets.db-cpu.periods',
  ],
  ['migrations-database', `${web('')}\nmigrations: { run: service.web, up: [x] }`, 'migrations'],
  ['migrations-runner', `${DB}\nmigrations: { up: [x] }`, 'migrations.run'],
  ['shared-export', 'shared: { mode: export, prefix: /x }', 'shared.mode'],
  ['network-cidr', 'network: { cidr: 10.0.0.0/8 }', 'network.cidr'],
  ['network-fit', 'network: { cidr: 10.0.0.0/23, subnetMask: 24 }', 'network.subnetMask'],
  ['network-azs', 'network: { azs: [us-east-1a, eu-west-1a] }', 'network.azs[1]'],
  ['network-gateways', 'network: { azs: 2, nat: { gateways: 3 } }', 'network.nat.gateways'],
  ['network-endpoints', `network: { nat: none, endpoints: [s3] }\n${web('')}`, 'network.endpoints'],
  [
    'network-existing',
    'network: { existing: { vpcId: vpc-0a1b2c3d, privateSubnets: [subnet-0a1b2c3d] } }',
    'network.existing.privateSubnets',
  ],
  [
    'network-public-subnets',
    `network: { existing: { vpcId: vpc-0a1b2c3d, privateSubnets: [subnet-0a1b2c3d, subnet-1a1b2c3d] } }\n${web(HTTPS)}`,
    'network.existing.publicSubnets',
  ],
  [
    'scheduled-task',
    web('scheduledTasks: { t: { rate: rate(1 minutes), command: [x] } }'),
    'services.web.scheduledTasks.t.rate',
  ],
  ['sidecar-name', web('sidecars: { app: { image: nginx } }'), 'services.web.sidecars.app'],
  ['sidecar-port', web('port: 80, sidecars: { s: { image: nginx, port: 80 } }'), 'services.web.sidecars.s.port'],
  [
    'sidecar-port',
    web('sidecars: { a: { image: nginx, port: 81 }, b: { image: nginx, port: 81 } }'),
    'services.web.sidecars.b.port',
  ],
  [
    'sidecar-memory',
    web('memory: 1024, sidecars: { a: { image: nginx, memory: 512 }, b: { image: nginx, memory: 512 } }'),
    'services.web.sidecars.b.memory',
  ],
  [
    'sidecar-reach',
    `network: { nat: none, endpoints: [s3, ecr.api, ecr.dkr, logs] }\n${web('sidecars: { s: { image: nginx } }')}`,
    'services.web.sidecars.s.image',
  ],
  [
    'tracing-memory',
    `${TRACED}\n${web('memory: 1024, sidecars: { s: { image: nginx, memory: 700 } }')}`,
    'services.web.memory',
  ],
  [
    'tracing-memory',
    `observability: { tracing: true, collector: { memory: 400 } }\n${web('cpu: 256, memory: 512')}`,
    'services.web.memory',
  ],
  ['tracing-port', `${TRACED}\n${web('port: 4318')}`, 'services.web.port'],
  [
    'tracing-port',
    `${TRACED}\n${web('sidecars: { s: { image: nginx, port: 2000 } }')}`,
    'services.web.sidecars.s.port',
  ],
  ['tracing-name', `${TRACED}\n${web('container: trace-collector')}`, 'services.web.container'],
  [
    'tracing-name',
    `${TRACED}\n${web('sidecars: { trace-collector: { image: nginx } }')}`,
    'services.web.sidecars.trace-collector',
  ],
  [
    'tracing-reach',
    `${TRACED}\nnetwork: { nat: none, endpoints: [s3, ecr.api, ecr.dkr, logs] }\n${web('')}`,
    'observability.collector.image',
  ],
  [
    'tracing-reach',
    `${TRACED}\nnetwork: { nat: none, endpoints: [s3, ecr.api, ecr.dkr, logs] }\n${web('')}`,
    'network.endpoints',
  ],
  [
    'reference-unknown',
    web('sidecars: { s: { image: nginx, secrets: { X: secret.app#X } } }'),
    'services.web.sidecars.s.secrets.X',
  ],
  [
    'secret-in-file',
    web('sidecars: { s: { image: nginx, env: { X: AKIAIOSFODNN7EXAMPLE } } }'),
    'services.web.sidecars.s.env.X',
  ],
  [
    'service-count',
    `services: { ${Array.from({ length: 98 }, (_, at) => `s${at}: { image: { context: . } }`).join(', ')} }`,
    'services',
  ],
  [
    'priority-twice',
    `services: { a: { image: { context: . }, port: 80, health: { path: / }, http: { domain: a.example.com, rulePriority: 7 } }, b: { image: { context: . }, port: 80, health: { path: / }, http: { domain: b.example.com, rulePriority: 7 } } }`,
    'services.b.http.rulePriority',
  ],
];

it.each(anywhere)(
  '%s is an error in every environment (S2-26, S2-40, S3-69, S3-116, S3-118, S4-31, F-54, F-68, F-97, F-104)',
  (id, text, path) => {
    expect(problems(text)).toContain(`error ${id} ${path}`);
  },
);

it.each([
  ['cacheGb: 0.5', ['warning api-cache-query apis.a.cacheGb']],
  ['cacheQuery: [page]', ['warning api-cache-query apis.a.cacheQuery']],
  ['cacheGb: 0.5, cacheQuery: []', []],
])('asks by which query parameters the answers of a cache differ: %s', (settings, expected) => {
  const text = `${fn('timeoutSeconds: 9')}\napis: { a: { handler: fn.f, ${settings} } }`;
  expect(problems(text)).toEqual(expected);
});

const inProd: [severity: string, id: string, text: string, path: string][] = [
  [
    'error',
    'prod-pause',
    'databases: { main: { databaseName: shop, acu: { min: 0, max: 4 } } }',
    'databases.main.acu.min',
  ],
  [
    'error',
    'prod-protection',
    'databases: { main: { databaseName: shop, acu: { min: 1, max: 4 }, protect: false } }',
    'databases.main.protect',
  ],
  [
    'error',
    'prod-on-delete',
    'databases: { main: { databaseName: shop, acu: { min: 1, max: 4 }, onDelete: destroy } }',
    'databases.main.onDelete',
  ],
  ['error', 'prod-on-delete', 'buckets: { b: { onDelete: destroy } }', 'buckets.b.onDelete'],
  [
    'error',
    'prod-plain-http',
    web('port: 80, health: { path: / }, http: { certificate: none, insecure: true }'),
    'services.web.http.insecure',
  ],
  ['error', 'prod-public-bucket', 'buckets: { b: { access: public-read } }', 'buckets.b.access'],
  ['error', 'prod-cors', 'buckets: { b: { cors: ["*"] } }', 'buckets.b.cors'],
  ['error', 'prod-cors', `${fn('')}\napis: { a: { handler: fn.f, cors: { origins: ["*"] } } }`, 'apis.a.cors.origins'],
  [
    'error',
    'prod-cors',
    'buckets: { m: { access: cdn } }\nsites: { s: { kind: media, bucket: bucket.m, corsOrigins: ["*"] } }',
    'sites.s.corsOrigins',
  ],
  [
    'error',
    'prod-data-trace',
    `${fn('')}\napis: { a: { handler: fn.f, logging: { dataTrace: true } } }`,
    'apis.a.logging.dataTrace',
  ],
  ['error', 'queue-dlq', 'queues: { q: { dlq: false } }', 'queues.q.dlq'],
  [
    'warning',
    'prod-readers',
    'databases: { main: { databaseName: shop, acu: { min: 1, max: 4 } } }',
    'databases.main.readers',
  ],
  [
    'warning',
    'prod-backups',
    'databases: { main: { databaseName: shop, acu: { min: 1, max: 4 }, readers: 1, backupDays: 1 } }',
    'databases.main.backupDays',
  ],
  ['warning', 'prod-single-task', web(`${HTTPS}, scaling: { min: 1 }`), 'services.web.scaling.min'],
  ['warning', 'prod-sidecar-digest', web('sidecars: { s: { image: nginx } }'), 'services.web.sidecars.s.image'],
  ['warning', 'prod-rollout-alarms', web(`${HTTPS}, rollout: { type: blue-green }`), 'services.web.rollbackOn'],
  ['warning', 'prod-spot', web(`${HTTPS}, spot: {}`), 'services.web.spot.onDemand'],
  ['warning', 'prod-nat', 'network: { nat: instance }', 'network.nat'],
  ['warning', 'prod-alarms', 'observability: { alarms: false }', 'observability.alarms'],
  [
    'warning',
    'waf-behind-site',
    `${web(HTTPS)}\nsites: { s: { kind: spa, dir: ., build: x, apiPaths: { "/api/*": service.web } } }\nedge: { waf: true }`,
    'edge.originVerify',
  ],
  [
    'warning',
    'waf-behind-site',
    `${fn('')}\napis: { a: { handler: fn.f, waf: true } }\nsites: { s: { kind: spa, dir: ., build: x, apiPaths: { "/api/*": api.a } } }`,
    'apis.a.waf',
  ],
  ['warning', 'prod-open-api', `${fn('')}\napis: { a: { handler: fn.f } }`, 'apis.a.authorizer'],
  ['warning', 'alarms-unheard', '', 'observability.alarms'],
];

it.each(inProd)(
  'an %s %s in prod only (S0-15, S0-36, S1-49, S1-60, S2-19, S3-48, S4-50, S4-52)',
  (severity, id, text, path) => {
    expect(problems(`${text}\n${PROD}`, 'prod')).toContain(`${severity} ${id} ${path}`);
    expect(problems(text)).not.toContainEqual(expect.stringContaining(` ${id} `));
  },
);

const warnings: [id: string, text: string, path: string][] = [
  [
    'database-unused-setting',
    'databases: { main: { databaseName: shop, acu: { min: 1, max: 4 }, instance: { class: db.t4g.micro } } }',
    'databases.main.instance',
  ],
  [
    'rotation-url',
    `databases: { main: { databaseName: shop, acu: { min: 1, max: 4 }, rotationDays: 30 } }\n${fn('uses: [db.main]')}`,
    'databases.main.rotationDays',
  ],
  [
    'queue-visibility-advice',
    consumer('batchSize: 1', 'visibilitySeconds: 100', 'timeoutSeconds: 60,'),
    'queues.q.visibilitySeconds',
  ],
  [
    'queue-consumers',
    'queues: { q: {} }\nfunctions: { a: { source: a.ts, trigger: { on: queue, queue: queue.q } }, b: { source: b.ts, trigger: { on: queue, queue: queue.q } } }',
    'functions.b.trigger.queue',
  ],
  ['function-api-timeout', `${fn('timeoutSeconds: 60')}\napis: { a: { handler: fn.f } }`, 'functions.f.timeoutSeconds'],
  ['function-network', `${DB}\nnetwork: { nat: none }\n${fn('uses: [db.main]')}`, 'functions.f.uses'],
  ['function-paused', fn('reservedConcurrency: 0'), 'functions.f.reservedConcurrency'],
  ['secret-name-in-env', web('env: { API_TOKEN: abc }'), 'services.web.env.API_TOKEN'],
  ['spot-base', web('scaling: { max: 2 }, spot: { onDemand: 2 }'), 'services.web.spot.onDemand'],
  ['secret-empty', 'secrets: { a: {} }', 'secrets.a'],
  ['bucket-versions', 'buckets: { b: { expireOldVersionsDays: 3 } }', 'buckets.b.expireOldVersionsDays'],
  ['dashboard-empty', 'observability: { dashboards: [business] }', 'observability.dashboards'],
  [
    'webhook-confirms',
    'observability: { webhooks: ["https://events.example.com/x", "https://hooks.slack.com/services/x"] }',
    'observability.webhooks[1]',
  ],
  ['network-endpoint-name', 'network: { endpoints: [ecr] }', 'network.endpoints[0]'],
  ['shared-database', `shared: { mode: consume, prefix: /x }\n${DB}`, 'databases.main.engine'],
  ['region-unknown', 'defaults: { region: us-east-9 }', 'defaults.region'],
];

it.each(warnings)('%s is a warning', (id, text, path) => {
  expect(problems(text)).toContain(`warning ${id} ${path}`);
});

it('wants to know the account of a production environment, less so in a rehearsal (S1-24)', () => {
  const project = loadText('project: shop\nenvironments: { prod: { kind: prod } }');
  const of = (rehearsal: boolean) =>
    project.environment('prod', { rehearsal }).problems.find(({ rule }) => rule === 'prod-account');
  expect(of(false)).toMatchObject({ severity: 'error', path: 'environments.prod.account', line: 2 });
  expect(of(true)).toMatchObject({ severity: 'warning' });
});

it('takes an endpoint and an emulator for local environments only, and one kind for sandbox', () => {
  const text =
    'environments: { dev: { kind: dev, endpoint: "http://localhost:4566" }, local: { kind: local, emulator: moto }, sandbox: { kind: dev } }';
  expect(problems(text, 'dev')).toEqual(['error emulator-kind environments.dev.endpoint']);
  expect(problems(text, 'local')).toEqual([]);
  expect(problems(text, 'sandbox')).toEqual(['error sandbox-kind environments.sandbox.kind']);
});

it('allows a dev queue without dead letters, with a warning (S4-106)', () => {
  expect(problems('queues: { q: { dlq: false } }\nenvironments: { dev: { kind: dev } }', 'dev')).toEqual([
    'warning queue-dlq queues.q.dlq',
  ]);
});

it('points at the override that breaks a rule', () => {
  const project = loadText(
    `project: shop\n${web('cpu: 512, memory: 1024')}\nenvironments:\n  dev: { kind: dev, services: { web: { memory: 1000 } } }\n`,
  );
  expect(project.environment('dev').problems).toEqual([
    expect.objectContaining({
      rule: 'fargate-size',
      line: 4,
      column: 48,
      environment: 'dev',
      remedy: expect.stringContaining('cpu 512 with memory 1024'),
    }),
  ]);
  expect(project.environment('sandbox').problems).toEqual([]);
});

it('has a test for every rule about an environment', () => {
  const tested = new Set([
    ...anywhere.map(([id]) => id),
    ...inProd.map(([, id]) => id),
    ...warnings.map(([id]) => id),
    // In tests of their own.
    'access-mfa',
    'prod-account',
    'emulator-kind',
    'sandbox-kind',
    'api-cache-query',
  ]);
  expect(RULES.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
});

it('gives every rule an id of its own', () => {
  const ids = [...RULES.map(({ id }) => id), ...Object.keys(PROJECT_RULES)];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
});
