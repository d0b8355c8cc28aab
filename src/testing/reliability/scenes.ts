import { realBootstrap } from '../damaged-bootstrap.ts';
import { loseLogRole } from '../lose-log-role.ts';
import { migrationsAloneYaml } from '../migrating-yaml.ts';
import { stuckStacks } from '../stuck-stacks.ts';
import type { Scene } from './scene.ts';

/** A network of others', so that a project is one or two small stacks. */
const EXISTING =
  '{ existing: { vpcId: vpc-0a1b2c3d, publicSubnets: [subnet-0a1b2c31, subnet-0a1b2c32], privateSubnets: [subnet-0a1b2c33, subnet-0a1b2c34] } }';
const OWN = '{ nat: none, isolated: false }';

const project = (blocks: string, network = EXISTING): string => `project: demo
network: ${network}
${blocks}
environments:
  dev: { kind: dev, account: "111111111111" }
`;

const web = (more: string): string => `secrets:
  app: { keys: { API_KEY: {}, SIGNING_KEY: { generate: {} } } }
services:
  web:
    image: { context: . }
    port: 8080
    http: { certificate: none, insecure: true }
    health: { path: / }
    secrets: { "*": "secret.app#*" }
    ${more}
`;

const functionOf = (memory: number): string =>
  `functions: { api: { source: src/api.ts, memory: ${memory}, rollout: { type: canary, percent: 10, minutes: 5 } } }\n`;

const ENV_FILE = { '.env.dev': 'API_KEY=first\n' };
const DEV = ['--env', 'dev', '--sandbox', '--yes'];
const DEPLOY = ['deploy', ...DEV];
const DESTROY = ['destroy', ...DEV];
const QUEUE = 'queues: { jobs: {} }\n';

/** Every command that the tests of crashes and faults interrupt, in the smallest project in which it does all it can do. */
export const SCENES: readonly Scene[] = [
  {
    name: 'a first deployment',
    yaml: project(QUEUE),
    before: [],
    words: DEPLOY,
  },
  {
    name: 'a deployment that changes one stack, adds one and takes something away',
    yamlBefore: project('queues: { jobs: {}, mails: {} }\n'),
    yaml: project('queues: { jobs: { visibilitySeconds: 90 } }\nbuckets: { files: {} }\n'),
    before: [DEPLOY],
    words: [...DEPLOY, '--confirm', 'dev/queues.mails', '--confirm', 'dev/queues.mails.dlq'],
  },
  {
    name: 'a new release of a web service',
    yamlBefore: project(web('cpu: 512'), OWN),
    yaml: project(web('cpu: 1024\n    memory: 2048'), OWN),
    files: ENV_FILE,
    before: [DEPLOY],
    words: DEPLOY,
  },
  {
    name: 'a destruction',
    yaml: project(`${QUEUE}buckets: { files: {}, kept: { onDelete: retain } }\n`),
    before: [DEPLOY],
    words: DESTROY,
  },
  {
    name: 'a deployment that takes over what a destruction left',
    yaml: project(`${QUEUE}buckets: { kept: { onDelete: retain } }\n`),
    before: [DEPLOY, DESTROY],
    words: DEPLOY,
  },
  {
    name: 'a takeover of a database that stayed',
    yaml: project(
      'databases: { main: { databaseName: app, acu: { min: 0.5, max: 4 }, protect: false, onDelete: retain, credentials: { urlSecret: true } } }',
      '{ nat: none }',
    ),
    before: [DEPLOY, DESTROY],
    words: DEPLOY,
  },
  {
    name: 'a push of secrets',
    yaml: project(web('cpu: 512'), OWN),
    files: ENV_FILE,
    before: [],
    words: ['secrets', 'push', ...DEV],
  },
  {
    name: 'a rollback',
    yamlBefore: project('queues: { jobs: { visibilitySeconds: 60 } }\n'),
    yaml: project('queues: { jobs: { visibilitySeconds: 90 } }\n'),
    before: [DEPLOY],
    since: [DEPLOY],
    words: ['rollback', ...DEV],
  },
  {
    name: 'a way back of a function whose traffic moves in steps',
    yamlBefore: project(functionOf(256)),
    yaml: project(functionOf(512)),
    files: { 'src/api.ts': 'export const handler = async (): Promise<number> => 1;\n' },
    before: [DEPLOY],
    since: [DEPLOY],
    words: ['rollback', 'api', ...DEV],
  },
  {
    name: 'a change of how many tasks a service has',
    yaml: project(web('cpu: 512'), OWN),
    files: ENV_FILE,
    before: [DEPLOY],
    words: ['scale', 'web', '--min', '2', '--max', '3', ...DEV],
  },
  {
    name: 'a pause',
    yaml: project(web('cpu: 512'), OWN),
    files: ENV_FILE,
    before: [DEPLOY],
    words: ['pause', ...DEV],
  },
  {
    name: 'a migration',
    yaml: migrationsAloneYaml(),
    before: [DEPLOY],
    words: ['migrate', ...DEV],
  },
  {
    name: 'a lease on the protection of a database',
    yaml: project(
      'databases: { main: { databaseName: app, acu: { min: 0.5, max: 4 }, protect: true, onDelete: snapshot } }',
      '{ nat: none }',
    ),
    before: [DEPLOY],
    words: ['db', 'unprotect', 'main', '--for', '30m', '--reason', 'trying', ...DEV, '--confirm', 'dev/databases.main'],
  },
  {
    name: 'a change of who may do what',
    yamlBefore: project(
      `${QUEUE}access: { developers: { principals: ["sso:Developers"] }, qa: { principals: ["sso:QA"] } }\n`,
    ),
    yaml: project(
      `${QUEUE}access: { developers: { may: operate, principals: ["sso:Developers"] }, operations: { may: deploy, principals: ["sso:Operations"] } }\n`,
    ),
    before: [['access', 'apply', ...DEV]],
    words: ['access', 'apply', ...DEV],
  },
  {
    name: 'a role for the logs of APIs, beside the roles of pipelines',
    yaml: `${project(
      'functions: { api: { source: src/api.ts } }\napis: { public: { handler: fn.api, logging: { level: error } } }\n',
    )}delivery: { provider: github, repository: acme/demo }\n`,
    files: { 'src/api.ts': 'export const handler = async (): Promise<number> => 1;\n' },
    before: [['ci', 'oidc', '--owner-id', '1', '--repository-id', '2', ...DEV], DEPLOY],
    set: loseLogRole,
    words: DEPLOY,
  },
  {
    name: 'a repair of a bootstrap that has lost a role and its bucket',
    yaml: project(QUEUE),
    bootstrapped: true,
    before: [],
    set: async (aws) => {
      const bootstrap = realBootstrap(aws);
      await bootstrap.create();
      await bootstrap.loseRole('lookup');
      await bootstrap.loseBucket();
    },
    words: ['bootstrap', 'repair', ...DEV],
  },
  {
    name: 'a recovery that skips what was lost',
    yaml: project(QUEUE),
    before: [],
    set: (aws) => stuckStacks({ aws }).loseQueue('demo-dev-messaging'),
    words: ['recover', 'messaging', '--skip', 'Q', ...DEV, '--confirm', 'dev/messaging.Q'],
  },
];
