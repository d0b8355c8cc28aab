import { DescribeSecurityGroupRulesCommand, EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { databaseClientCommand } from '../process/database-client.ts';
import { readAudit } from '../release/audit-trail.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { tasks } from '../sandbox/services/ecs/state.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { stateObjects } from '../testing/state-objects.ts';

const YAML = `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 0.5, max: 2 }, proxy: true } }
migrations: { image: { context: . }, uses: [db.main], up: ["true"] }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const FLAGS = '--env dev --sandbox';
const start = () => startDeployed({ yaml: YAML });

/** What a container would have written. */
async function says(project: Deployable, lines: readonly string[], interpreter: 'node' | 'python3' = 'node') {
  const key = `$ ${(await databaseClientCommand(interpreter)).join(' ')}`;
  const code = lines.some((line) => line.includes(' failed ')) ? 1 : 0;
  setBehaviour(project.aws.scope, key, { logs: lines, exit: { code, afterMs: 500 } });
}
const FINE = [
  'platform-db dns ok {"address":"10.0.1.5"}',
  'platform-db tcp ok {}',
  'platform-db tls ok {"protocol":"TLSv1.3","issuer":"Amazon RDS us-east-1 Root CA RSA2048 G1"}',
  'platform-db login ok {"user":"dbadmin","database":"app"}',
  'platform-db version ok {"version":"16.13"}',
  'platform-db sql.0 ok {"rows":["t"]}',
  'platform-db sql.1 ok {"rows":["12 of 270"]}',
];
const statuses = (outcome: { results: { id: string; status: string; failure: string | null }[] }) =>
  Object.fromEntries(outcome.results.map(({ id, status, failure }) => [id, failure ?? status]));

describe('platform db test', () => {
  it('tells each part apart, from outside and from a task of the application (S1-72, S3-73, S3-74)', async () => {
    const project = await start();
    const dry = (await project.succeed(`db test main ${FLAGS} --dry-run --json`)).json();
    expect(statuses(dry)).toEqual({ state: 'ok', path: 'ok', secret: 'ok', proxy: 'ok', 'proxy-secret': 'ok' });
    expect(project.writes()).toEqual([]);

    await says(project, FINE);
    const outcome = (await project.succeed(`db test main ${FLAGS} --json`)).json();
    expect(Object.values(statuses(outcome)).every((one) => one === 'ok')).toBe(true);
    expect(outcome).toMatchObject({ component: 'migrations', simulated: true });
    const row = tasks
      .in(project.aws.scope)
      .values()
      .find(({ task }) => task.startedBy === 'platform/db-test');
    const { containerOverrides } = row!.task.overrides!;
    const asked = JSON.parse(containerOverrides![0]!.environment!.find(({ name }) => name === 'PLATFORM_DB')!.value!);
    const outputs = (await project.succeed(`outputs ${FLAGS} --json`)).json();
    expect(asked).toMatchObject({
      host: outputs['databases.main.host'],
      name: 'app',
      user: 'DATABASE_USER',
      password: 'DATABASE_PASSWORD',
    });
  });

  it.each([
    [
      'F-78',
      'network',
      ['platform-db dns ok {"address":"10.0.1.5"}', 'platform-db tcp failed {"message":"no answer in 10 s"}'],
    ],
    [
      'F-79',
      'login',
      [
        ...FINE.slice(0, 3),
        'platform-db login failed {"code":"28000","message":"no pg_hba.conf entry for host \\"10.0.0.1\\", no encryption"}',
      ],
    ],
    [
      'F-81',
      'login',
      [
        ...FINE.slice(0, 3),
        'platform-db login failed {"code":"28P01","message":"password authentication failed for user \\"dbadmin\\""}',
      ],
    ],
    [
      'F-82',
      'login',
      [
        ...FINE.slice(0, 3),
        'platform-db login failed {"code":"53300","message":"remaining connection slots are reserved"}',
      ],
    ],
    [
      'F-83',
      'login',
      [
        ...FINE.slice(0, 3),
        'platform-db login failed {"code":"28000","message":"This RDS proxy has no credentials for the role dbadmin"}',
      ],
    ],
    [
      'F-89',
      'login',
      [...FINE.slice(0, 3), 'platform-db login failed {"code":"3D000","message":"database \\"app\\" does not exist"}'],
    ],
    ['F-89', 'rights', [...FINE.slice(0, 5), 'platform-db sql.0 ok {"rows":["f"]}']],
    ['F-82', 'connections', [...FINE.slice(0, 6), 'platform-db sql.1 ok {"rows":["260 of 270"]}']],
  ])('names %s where %s fails', async (failure, id, lines) => {
    const project = await start();
    await says(project, lines);
    const { exitCode, json } = await project.platform(`db test main ${FLAGS} --json`);
    expect(exitCode).toBe(1);
    expect(statuses(json())[id]).toBe(failure);
    expect(json().error).toMatchObject({ id: 'database-test-failed' });
    expect(json().results.find((one: { id: string }) => one.id === id).remedy).toBeTruthy();
  });

  it('tries the next interpreter where an image has not the first, and says what it could not tell', async () => {
    const project = await start();
    await says(project, ['platform-db interpreter failed {}']);
    await says(project, FINE, 'python3');
    expect(statuses((await project.succeed(`db test main ${FLAGS} --json`)).json())).toMatchObject({ login: 'ok' });
    await says(project, ['platform-db interpreter failed {}'], 'python3');
    const { results } = (await project.succeed(`db test main ${FLAGS} --json`)).json();
    expect(statuses({ results })).toMatchObject({
      network: 'unknown',
      tls: 'unknown',
      login: 'unknown',
      version: 'unknown',
    });
    expect(results.at(-1).detail).toContain('simulated: no container ran');
  });

  it('finds a rule that somebody took away, and a secret that is none (S1-79, F-78, F-81)', async () => {
    const project = await start();
    const ec2 = project.aws.client(EC2Client);
    const { SecurityGroupRules } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    for (const rule of SecurityGroupRules!.filter((one) => one.Description?.startsWith('from dev')))
      await ec2.send(
        new RevokeSecurityGroupIngressCommand({
          GroupId: rule.GroupId,
          SecurityGroupRuleIds: [rule.SecurityGroupRuleId!],
        }),
      );
    const outputs = (await project.succeed(`outputs ${FLAGS} --json`)).json();
    await project.aws
      .client(SecretsManagerClient)
      .send(new PutSecretValueCommand({ SecretId: outputs['databases.main.secretArn'], SecretString: 'canary-9c' }));
    const { exitCode, stdout, stderr } = await project.platform(`db test main ${FLAGS}`);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /FAILED +path: no rule of sg-\w+ lets tasks of migrations \(sg-\w+\) in on port 5432 \(F-78\)/,
    );
    expect(stdout).toMatch(/FAILED +secret: .* \(F-81\)/);
    expect(stdout + stderr).not.toContain('canary-9c');
    expect((await project.platform(`db test main ${FLAGS} --component web`)).exitCode).toBe(2);
  });
});

describe('platform db create', () => {
  it('makes the secret, then the database in a task, and comes to the same again (F-89, S3-117)', async () => {
    const project = await start();
    for (const words of [
      'Shop',
      'pg_shop',
      'postgres',
      'shop --role rdsadmin',
      'app',
      'shop --role dbadmin',
      'shop --in nowhere',
    ])
      expect([words, (await project.platform(`db create ${words} ${FLAGS} --yes`)).exitCode]).toEqual([words, 2]);
    expect((await project.platform(`db create shop ${FLAGS}`)).exitCode).toBe(2);
    expect((await project.platform(`db create shop ${FLAGS}`, { answer: () => false })).exitCode).toBe(5);
    const dryRun = await project.succeed(`db create shop ${FLAGS} --dry-run --json`);
    const dry = dryRun.json();
    expect(dryRun.stderr).toContain('Create the database shop with its role shop in databases.main');
    expect(dry).toMatchObject({ role: 'shop', secret: { name: 'demo/dev/tenants/shop', created: true }, dryRun: true });
    expect(project.writes()).toEqual([]);

    await says(project, FINE.slice(0, 5));
    const line = `db create shop ${FLAGS} --yes --json --debug`;
    const first = await project.succeed(line);
    expect(first.json()).toMatchObject({
      server: 'main',
      database: 'shop',
      role: 'shop',
      secret: { created: true },
      simulated: true,
    });
    const secret = async () =>
      (
        await project.aws
          .client(SecretsManagerClient)
          .send(new GetSecretValueCommand({ SecretId: 'demo/dev/tenants/shop' }))
      ).SecretString!;
    const before = await secret();
    const { password, username, dbname } = JSON.parse(before);
    expect({ username, dbname }).toEqual({ username: 'shop', dbname: 'shop' });
    expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
    const second = await project.succeed(line);
    expect(second.json().secret.created).toBe(false);
    expect(await secret()).toBe(before);

    // The password is in the secret alone.
    const overrides = JSON.stringify(
      tasks
        .in(project.aws.scope)
        .values()
        .map(({ task }) => task.overrides),
    );
    expect(overrides).toContain('SCRAM-SHA-256$4096:');
    const said = [first, second].map(({ stdout, stderr }) => stdout + stderr).join('');
    const trail = JSON.stringify(await readAudit(stateObjects(project.aws), 'dev'));
    for (const text of [overrides, said, trail]) expect(text).not.toContain(password);
  });

  it('leaves alone what is somebody else’s, and says what the server says', async () => {
    const project = await start();
    await says(project, [
      ...FINE.slice(0, 5),
      'platform-db sql.3 failed {"code":"42P04","message":"the database shop is there and belongs to other"}',
    ]);
    const refused = await project.platform(`db create shop ${FLAGS} --yes`);
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('the database shop is there and belongs to other'),
    });
    const secrets = project.aws.client(SecretsManagerClient);
    await secrets.send(
      new PutSecretValueCommand({
        SecretId: 'demo/dev/tenants/shop',
        SecretString: '{"username":"anna","password":"canary-1"}',
      }),
    );
    const other = await project.platform(`db create shop ${FLAGS} --yes --debug`);
    expect(other).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('id: tenant-secret-other') });
    expect(other.stderr).not.toContain('canary-1');
  });
});

it('a consumer whose database nobody has made is told what to type, and where (F-90, S3-117)', async () => {
  const shared = [
    'shared: { mode: consume, prefix: /shared/prod }',
    'databases: { main: { engine: shared, databaseName: shop, credentials: { username: shop_app } } }',
    'migrations: { image: { context: . }, uses: [db.main], up: ["true"] }',
  ];
  const project = await startDeployable({ yaml: smallYaml(shared.join('\n')).replace(/^network: .*\n/m, '') });
  const { problems } = (await project.platform('deploy --env dev --yes --json')).json().error;
  expect(problems).toContainEqual(
    expect.objectContaining({
      rule: 'F-90',
      remedy:
        'where the cluster is deployed: platform db create shop --role shop_app --secret demo/dev/databases/main/credentials',
    }),
  );
  expect(await project.platform('db create shop --in main --env dev --yes')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('id: database-not-shared'),
  });
});
