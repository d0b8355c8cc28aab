import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { realBootstrap } from '../damaged-bootstrap.ts';
import { type Deployable, smallYaml, startDeployable } from '../deployable.ts';
import { startDeployed } from '../start-deployed.ts';

/** One of each thing that scenarios are about; two services, of which one is reached through the load balancer. */
export const SMALL_YAML = `project: demo
secrets: { app: { keys: { API_KEY: {}, SIGNING_KEY: {} } } }
databases: { main: { databaseName: demo, acu: { min: 0.5, max: 2 } } }
queues: { jobs: {} }
buckets: { files: {} }
services:
  web:
    image: { context: . }
    command: [serve]
    port: 8080
    http: { certificate: none, insecure: true }
    health: { path: /health }
    secrets: { "*": "secret.app#*" }
    uses: [db.main, queue.jobs, bucket.files]
  worker: { image: { context: . }, command: [work] }
migrations: { run: service.web, up: [migrate] }
environments:
  dev: { kind: dev, account: "111111111111" }
`;

/** One of each thing that starts a function, in the network of others. */
const FUNCTIONS_YAML = smallYaml(`buses: { domain: {} }
functions:
  audit:
    source: src/audit.ts
    trigger: { on: bus, bus: bus.domain, detailTypes: [OrderPlaced] }
    rollout: { type: canary, percent: 10, minutes: 5 }
  api: { source: src/audit.ts, timeoutSeconds: 29 }
apis: { public: { handler: fn.api, logging: { level: error } } }`);
const HANDLER = { 'src/audit.ts': 'export const handler = async () => ({ statusCode: 200, body: "" });\n' };

/** A site with a function at the edges. */
const EDGES_YAML = smallYaml(`buckets: { media: { access: cdn } }
sites: { pictures: { kind: media, bucket: bucket.media, transform: true } }`);

/** A plugin on PATH that only says that it is there: no session is opened in a simulated task. */
const bin = mkdtempSync(join(tmpdir(), 'platform-plugin-'));
writeFileSync(join(bin, 'session-manager-plugin'), '#!/bin/sh\necho 1.2.700.0\n', { mode: 0o755 });
process.once('exit', () => rmSync(bin, { recursive: true, force: true }));

const OPTIONS = {
  yaml: SMALL_YAML,
  env: { PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  files: { '.env.dev': 'API_KEY=a-key-of-the-test\nSIGNING_KEY=another-key-of-the-test\n' },
  // toolkit-lib asks CloudTrail after failures.
  sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] },
};

const OF = {
  services: {},
  functions: { yaml: FUNCTIONS_YAML, files: HANDLER },
  edges: { yaml: EDGES_YAML, files: {} },
};

/** The environment `dev`, of services, of functions or of a site, in a sandbox of its own: a copy of one that was deployed once, or about to be deployed. */
export async function startSmallEnvironment(
  when: 'deployed' | 'undeployed',
  of: keyof typeof OF = 'services',
): Promise<Deployable> {
  const options = { ...OPTIONS, ...OF[of] };
  if (when === 'deployed') return startDeployed(options, bootstrap);
  const project = await startDeployable({ ...options, bootstrapped: true });
  await bootstrap(project.aws);
  return project;
}

/** The CDK's own, which can be damaged as it is on AWS. */
const bootstrap = (aws: Pick<Deployable['aws'], 'client' | 'settle'>): Promise<void> => realBootstrap(aws).create();
