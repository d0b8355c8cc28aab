import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const ON = '--env dev --sandbox';
const PREFIX = '/shared/prod';
const CONSUMER = smallYaml(
  [
    `shared: { mode: consume, prefix: ${PREFIX} }`,
    'databases: { main: { engine: shared, databaseName: shop } }',
    'migrations: { image: { context: . }, uses: [db.main], up: ["true"], when: manual }',
  ].join('\n'),
).replace(/^network: .*\n/m, '');
const PROVIDER = `project: infra
shared: { mode: export, prefix: ${PREFIX} }
databases: { main: { databaseName: app, acu: { min: 0.5, max: 2 } } }
services:
  web: { image: { context: . }, port: 8000, http: { domain: api.example.com, certificate: auto }, health: { path: / }, uses: [db.main] }
environments:
  dev: { kind: dev, account: "111111111111" }
`;

describe('shared export, shared list', () => {
  it('show what an environment lends, and what a consumer writes; what is gone is named: exit 1 (S3-113)', async () => {
    const project = await startDeployed({ yaml: PROVIDER });
    const { values, consumers, lacks, mode } = (await project.succeed(`shared list ${ON} --json`)).json();
    expect([mode, lacks, consumers]).toEqual(['export', [], []]);
    const there = values.filter(({ value }: { value: string | null }) => value !== null);
    expect(there.map(({ name }: { name: string }) => name)).toEqual([
      'network/vpc-id',
      'network/availability-zones',
      'network/public-subnet-ids',
      'network/private-subnet-ids',
      'network/isolated-subnet-ids',
      'alb/arn',
      'alb/dns-name',
      'alb/security-group-id',
      'alb/https-listener-arn',
      'database/cluster-endpoint',
      'database/security-group-id',
      'database/master-secret-arn',
    ]);
    const { stdout } = await project.succeed(`shared export ${ON}`);
    expect(stdout).toContain(`shared: { mode: consume, prefix: ${PREFIX} }`);
    expect(project.writes()).toEqual([]);

    const ssm = project.aws.client(SSMClient);
    await ssm.send(new DeleteParameterCommand({ Name: `${PREFIX}/alb/arn` }));
    const run = await project.platform(`shared export ${ON}`);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining(`there is no ${PREFIX}/alb/arn`)]);
    expect((await project.succeed(`shared list ${ON}`)).stdout).toMatch(/alb\/arn +missing/);
  });

  it('are for environments that share: exit 2', async () => {
    const { platform } = await startDeployable({ yaml: smallYaml('queues: { jobs: {} }') });
    for (const words of ['shared list', 'shared export', 'shared join']) {
      const run = await platform(`${words} ${ON}`);
      expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('write shared: { mode:')]);
    }
  });
});

it('shared join says what is lacking and who makes it, and when a deployment can join (S3-117)', async () => {
  const { aws, platform, succeed, writes, forget } = await startDeployable({ yaml: CONSUMER });
  forget();
  const early = await platform(`shared join ${ON}`);
  expect(early.exitCode).toBe(1);
  expect(early.stderr).toContain(`there is no ${PREFIX}/network/vpc-id`);
  expect(early.stderr).toContain('platform shared export --env <provider>');
  expect(writes()).toEqual([]);

  const values = {
    'network/vpc-id': 'vpc-0a1b2c3d',
    'network/private-subnet-ids': 'subnet-0a1b2c33,subnet-0a1b2c34',
    'database/cluster-endpoint': 'provider.cluster-abc.us-east-1.rds.amazonaws.com',
    'database/security-group-id': 'sg-0a1b2c3d',
  };
  for (const [name, Value] of Object.entries(values))
    await aws.client(SSMClient).send(new PutParameterCommand({ Name: `${PREFIX}/${name}`, Type: 'String', Value }));
  const secret = 'demo/dev/databases/main/credentials';
  const next = await platform(`shared join ${ON}`);
  expect([next.exitCode, next.stderr]).toEqual([1, expect.stringContaining(`there is no secret ${secret}`)]);
  expect(next.stderr).toContain(`platform db create shop --secret ${secret} --env <provider>`);

  await aws.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: secret, SecretString: '{}' }));
  const { lacks, logins } = (await succeed(`shared join ${ON} --json`)).json();
  expect([lacks, logins]).toEqual([[], [{ database: 'main', databaseName: 'shop', secret, there: true }]]);
  expect((await succeed(`shared join ${ON}`)).stdout).toContain('dev can join /shared/prod');
});
