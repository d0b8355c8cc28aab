import { expect, it } from 'vitest';
import { outputs } from '../../infra/outputs.ts';
import { parseDotenv } from '../domain/secrets/dotenv.ts';
import { environmentOutputs } from '../release/environment-outputs.ts';
import { flatOutputs } from '../release/flat-outputs.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { loadText } from '../testing/write-project.ts';

const yaml = smallYaml(
  [
    'queues: { jobs: {} }',
    'buckets: { images: {} }',
    'secrets: { jwt: { source: generated, keys: { JWT_SECRET: { generate: { length: 64 } } } } }',
  ].join('\n'),
);
const on = '--env dev --sandbox';

it('S1-42 S1-43 S1-47: prints what is deployed by the names of the configuration, as a table, a document and variables', async () => {
  const project = await startDeployed({ yaml });
  const found = (await project.succeed(`outputs ${on} --json`)).json();
  expect(found).toMatchObject({
    'buckets.images.name': expect.stringContaining('demo-dev'),
    'secrets.jwt.arn': expect.stringContaining('arn:aws:secretsmanager:us-east-1:'),
    'queues.jobs.url': expect.stringContaining('/111111111111/demo-dev-messaging-'),
  });
  const table = (await project.succeed(`outputs ${on}`)).stdout;
  const lines = (await project.succeed(`outputs ${on} --dotenv`)).stdout;
  const { entries, problems } = parseDotenv(lines);
  expect(problems).toEqual([]);
  const variables = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  for (const [name, value] of Object.entries(found)) {
    expect(table).toContain(value);
    expect(variables[name.replaceAll('.', '_').toUpperCase()]).toBe(value);
  }
  expect((await project.succeed(`outputs buckets.images.name ${on}`)).stdout.trim()).toBe(found['buckets.images.name']);
  const wrong = await project.platform(`outputs buckets.images.nam ${on}`);
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stderr).toContain('buckets.images.name');
  expect(project.writes()).toEqual([]);
});

it('says that there are none before the first deployment: exit 0', async () => {
  const project = await startDeployable({ yaml });
  const run = await project.succeed(`outputs ${on}`);
  expect(run.stdout).toContain('platform deploy --env dev');
});

it('S1-40 S1-41 S1-45: names a database, its secret and the network', () => {
  const { data, network } = outputs;
  const told: Record<string, Record<string, string>> = {
    network: { [network.vpcId]: 'vpc-1' },
    data: {
      [data.databaseHost('main')]: 'main.cluster',
      [data.databaseEndpoint('main')]: 'main.cluster:5432',
      [data.databaseSecretArn('main')]: 'arn:secret',
    },
  };
  const none = { secrets: {}, buckets: {}, queues: {}, buses: {}, services: {}, functions: {}, apis: {}, sites: {} };
  expect(flatOutputs({ ...none, databases: { main: {} } }, (stack) => told[stack] ?? {})).toEqual({
    'network.vpcId': 'vpc-1',
    'databases.main.host': 'main.cluster',
    'databases.main.endpoint': 'main.cluster:5432',
    'databases.main.secretArn': 'arn:secret',
  });
});

it('S1-46: says how to connect to each database that stands', () => {
  const { data } = outputs;
  const project = loadText(`project: shop
databases: { main: { databaseName: shop, acu: { min: 1, max: 2 } }, later: { databaseName: later, acu: { min: 1, max: 2 } } }
environments: { dev: { kind: dev } }`);
  const told: Record<string, Record<string, string>> = { data: { [data.databaseHost('main')]: 'main.cluster' } };
  expect(environmentOutputs(project.environment('dev'), (stack) => told[stack] ?? {})).toEqual({
    'databases.main.host': 'main.cluster',
    'databases.main.connect': 'platform db connect main --env dev',
  });
});

it('S1-44: says where a browser finds the objects of a bucket, where it may', () => {
  const { data, sites } = outputs;
  const project = loadText(`project: shop
buckets: { images: { access: cdn }, open: { access: public-read }, closed: {} }
sites: { pictures: { kind: media, bucket: bucket.images } }
environments: { dev: { kind: dev, region: eu-west-1 } }`);
  const buckets = Object.fromEntries(
    ['images', 'open', 'closed'].map((name) => [data.bucketName(name), `shop-${name}`]),
  );
  const told: Record<string, Record<string, string>> = {
    data: buckets,
    sites: { [sites.url('pictures')]: 'https://d1.cloudfront.net' },
  };
  const found = environmentOutputs(project.environment('dev'), (stack) => told[stack] ?? {});
  expect(found).toMatchObject({
    'buckets.images.url': 'https://d1.cloudfront.net',
    'buckets.open.url': 'https://shop-open.s3.eu-west-1.amazonaws.com',
  });
  expect(found).not.toHaveProperty(['buckets.closed.url']);
  // Before the site stands, nobody may read it.
  expect(environmentOutputs(project.environment('dev'), (id) => (id === 'data' ? buckets : {}))).not.toHaveProperty([
    'buckets.images.url',
  ]);
});

it('S3-51: tells the URL that a payment provider is given, and refuses a path that is none', () => {
  const yaml = (path: string) => `project: shop
services: { web: { image: { context: . }, port: 8000, health: { path: / }, http: { domain: shop.example.com, webhooks: { stripe: ${path} } } } }
environments: { dev: { kind: dev } }`;
  const told: Record<string, Record<string, string>> = {
    'service-web': { [outputs.service.url]: 'https://shop.example.com' },
  };
  const project = loadText(yaml('/webhooks/stripe/'));
  expect(environmentOutputs(project.environment('dev'), (stack) => told[stack] ?? {})).toMatchObject({
    'services.web.webhooks.stripe': 'https://shop.example.com/webhooks/stripe/',
  });
  expect(environmentOutputs(project.environment('dev'), () => ({}))).toEqual({});
  expect(() => loadText(yaml('webhooks'))).toThrow(/begins with \//);
});
