import { expect, it } from 'vitest';
import { smallYaml } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { twoServices } from '../testing/two-services.ts';

const own = (yaml: string, network: string) => yaml.replace(/^network: .*$/m, network);
const DATABASE = (subnets: string) => [
  `databases: { main: { databaseName: demo, acu: { min: 0.5, max: 2 }, subnets: ${subnets} } }`,
  'services:',
  '  web:',
  '    image: { context: . }',
  '    port: 8080',
  '    http: { certificate: none, insecure: true }',
  '    health: { path: / }',
  '    uses: [db.main, queue.jobs, bucket.files]',
  'queues: { jobs: {} }',
  'buckets: { files: {} }',
];

/** Every shape that deploys: nothing may be called sick, or missing, or unknown. */
const SHAPES: readonly (readonly [name: string, yaml: string])[] = [
  ['a web service and a worker with a secret, without a NAT', twoServices()],
  ['the network of others', smallYaml('queues: { jobs: {} }\nbuckets: { files: {} }')],
  ['an isolated database', own(smallYaml(DATABASE('isolated').join('\n')), 'network: { nat: { gateways: 1 } }')],
];

it.each(SHAPES)('finds nothing in %s', async (_, yaml) => {
  const env = 'dev';
  const project = await startDeployed({ yaml });
  const run = await project.platform(`doctor --env ${env} --sandbox --json`);
  const { checks, summary } = run.json();
  const notOk = checks.filter(({ status }: { status: string }) => status === 'problem' || status === 'unknown');
  expect(notOk).toEqual([]);
  expect(summary).toMatchObject({ errors: 0, warnings: 0, unknown: 0 });
  expect(run.exitCode).toBe(0);
});
