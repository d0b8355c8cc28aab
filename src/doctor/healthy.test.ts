import { describe, expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { twoServices } from '../testing/two-services.ts';

const WEB = (uses: string, http: string) =>
  `services: { web: { image: { context: . }, port: 8080, http: ${http}, health: { path: / }, uses: [${uses}], secrets: { SIGNING_KEY: "secret.app#SIGNING_KEY" } } }`;

const SHAPES = {
  'a web service and a worker with a secret, in public subnets': ['dev', twoServices()],
  'queues and buckets in the network of others': ['dev', smallYaml('queues: { jobs: {} }\nbuckets: { files: {} }')],
  'an isolated Aurora behind a proxy, TLS, a generated secret, one NAT gateway': [
    'dev',
    smallYaml(
      [
        'databases: { main: { databaseName: demo, acu: { min: 0.5, max: 2 }, subnets: isolated, proxy: true } }',
        'queues: { jobs: {} }',
        'buckets: { files: {} }',
        'secrets: { app: { source: generated, keys: { SIGNING_KEY: { generate: { length: 40 } } } } }',
        WEB('db.main, queue.jobs, bucket.files', '{ domain: shop.example.com, certificate: auto }'),
      ].join('\n'),
    ).replace(/^network: .*$/m, 'network: { nat: { gateways: 1 } }'),
  ],
  'a private instance in prod, scaled, a NAT gateway in each zone': [
    'prod',
    smallYaml(
      [
        'databases: { main: { engine: postgres-instance, databaseName: demo, instance: { class: db.t4g.small, storageGb: 20 }, subnets: private } }',
        'buckets: { files: {} }',
        'secrets: { app: { keys: { SIGNING_KEY: {} } } }',
        WEB('db.main, bucket.files', '{ domain: shop.example.com, certificate: auto }').replace(
          'port: 8080',
          'port: 8080, scaling: { min: 2, max: 4, cpu: 70 }',
        ),
      ].join('\n'),
    ).replace(/^network: .*$/m, 'network: { nat: { gateways: 2 } }'),
  ],
} as const;

describe('where nothing is wrong, doctor finds nothing: no problem, and nothing that it could not see', () => {
  it.each(Object.entries(SHAPES))('%s', async (_, [env, yaml]) => {
    const project = await startDeployable({ yaml });
    await project.succeed(`deploy --env ${env} --sandbox --yes`);
    await findsNothing(project, env);
    // Nor when it is asked about one service, and with what somebody scales or pauses by hand.
    if (yaml.includes('services:')) {
      const one = await project.platform(`doctor web --env ${env} --sandbox --json`);
      expect(one.json().summary).toMatchObject({ errors: 0, warnings: 0, unknown: 0 });
    }
  });
});

async function findsNothing(project: Deployable, env: string): Promise<void> {
  project.forget();
  const run = await project.platform(`doctor --env ${env} --sandbox --json`);
  const { checks, summary } = run.json();
  expect(checks.filter(({ status }: { status: string }) => status === 'problem' || status === 'unknown')).toEqual([]);
  expect(summary).toMatchObject({ errors: 0, warnings: 0, unknown: 0 });
  expect(run.exitCode).toBe(0);
  expect(project.writes().filter((call) => call !== 'sts:AssumeRole')).toEqual([]);
}
