import { CloudFormationClient, CreateChangeSetCommand, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { grantQuota } from '../sandbox/services/servicequotas/state.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { gh } from '../testing/fake-gh.ts';
import { preflightGroup } from '../testing/preflight-group.ts';

const HANDLER = { 'src/worker.ts': 'export const handler = async (): Promise<unknown> => ({});\n' };
const reserving = (count: number) =>
  smallYaml(`functions: { worker: { source: src/worker.ts, reservedConcurrency: ${count} } }`);
const concurrency = ({ aws }: Deployable, value: number) =>
  grantQuota(aws.scope, { service: 'lambda', code: 'L-B99A9384', value });

it('F-100: counts reserved concurrency against what the account has left, before and after a deployment', async () => {
  const project = await startDeployable({ yaml: reserving(20), files: HANDLER });
  concurrency(project, 110);
  expect(await preflightGroup(project, 'quotas')).toMatchObject({
    status: 'blocked',
    problems: [
      {
        rule: 'F-100',
        message: expect.stringContaining(
          '20 more concurrent executions in us-east-1, where account 111111111111 may run 110',
        ),
        remedy: expect.stringMatching(
          /lower reservedConcurrency to 10 in all.*--quota-code L-B99A9384 --desired-value 120/,
        ),
        evidence: [{ call: 'lambda:GetAccountSettings', value: '110' }, { value: '110' }],
      },
    ],
  });
  const refused = await project.platform('deploy --env dev --yes --json');
  expect(refused.json().error).toMatchObject({ id: 'deploy-blocked', problems: [{ rule: 'F-100' }] });

  concurrency(project, 120);
  await project.succeed('deploy --env dev --yes');
  project.configure(reserving(21));
  expect(await preflightGroup(project, 'quotas')).toMatchObject({
    problems: [{ rule: 'F-100', message: expect.stringContaining('reserve 1 more') }],
  });
});

it('not F-100: what is reserved already, less than before, and a new account that reserves nothing', async () => {
  const project = await startDeployable({ yaml: reserving(20), files: HANDLER });
  await project.succeed('deploy --env dev --yes');
  // Had it been granted less since, a deployment that reserves no more would still go through.
  concurrency(project, 30);
  project.configure(reserving(10));
  expect(await preflightGroup(project, 'quotas')).toMatchObject({ status: 'passed' });
  expect(project.asked()).not.toContain('lambda:GetAccountSettings');

  const fresh = await startDeployable({
    yaml: reserving(20).replace(', reservedConcurrency: 20', ''),
    files: HANDLER,
  });
  concurrency(fresh, 10);
  expect(await preflightGroup(fresh, 'quotas')).toMatchObject({ status: 'passed' });
});

it('tells what it found where another look of the same group is denied', async () => {
  const project = await startDeployable({
    yaml: reserving(20).replace(/^network: .*$/m, 'network: { nat: none }'),
    files: HANDLER,
  });
  concurrency(project, 110);
  project.aws.faults.push({
    service: 'servicequotas',
    times: 10,
    with: new AwsFault('AccessDeniedException', 'not authorized to perform: servicequotas:GetServiceQuota'),
  });
  expect(await preflightGroup(project, 'quotas')).toMatchObject({
    status: 'blocked',
    problems: [{ rule: 'F-100' }],
    reason: expect.stringContaining('servicequotas:GetServiceQuota'),
  });
});

it('F-57 and F-122: says which roles of services are missing; a deployment makes them first (not F-57, not F-122)', async () => {
  const project = await startDeployable({
    yaml: smallYaml(`services: { worker: { image: { context: . } } }
functions: { api: { source: src/worker.ts } }
apis: { public: { handler: fn.api, logging: { level: error } } }`).replace(/^network: .*$/m, 'network: { nat: none }'),
    files: HANDLER,
  });
  const flags = '--env dev --sandbox';
  expect(await preflightGroup(project, 'roles', flags)).toMatchObject({
    status: 'warned',
    problems: [
      {
        rule: 'F-57',
        path: 'AWSServiceRoleForECS',
        remedy: expect.stringContaining('--only service-linked-roles --fix'),
      },
      { rule: 'F-122', message: expect.stringContaining('may not write logs in account 111111111111, us-east-1') },
    ],
  });
  const run = await project.succeed(`deploy ${flags} --yes`);
  expect(run.stderr).toContain('Made AWSServiceRoleForECS');
  const made = project.asked();
  // That of the account, with the other role, is a stack too.
  const told = made.indexOf('apigateway:UpdateAccount');
  const first = made.indexOf('cloudformation:ExecuteChangeSet', told);
  expect(made.indexOf('iam:CreateServiceLinkedRole')).toBeLessThan(first);
  expect(await preflightGroup(project, 'roles', flags)).toMatchObject({ status: 'passed' });
});

it('F-26 and F-27: looks at the roles of the bootstrap themselves, and tells what is gone from what may not be used', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  expect(await preflightGroup(project, 'bootstrap-roles')).toMatchObject({ status: 'passed' });
  const iam = project.aws.client(IAMClient);
  const named = (what: string) => `cdk-hnb659fds-${what}-role-111111111111-us-east-1`;
  const lose = async (what: string, PolicyName: string) => {
    await iam.send(new DeleteRolePolicyCommand({ RoleName: named(what), PolicyName }));
    await iam.send(new DeleteRoleCommand({ RoleName: named(what) }));
  };
  await iam.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: named('deploy'),
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::222222222222:root' } },
        ],
      }),
    }),
  );
  await lose('file-publishing', 'cdk-hnb659fds-file-publishing-role-default-policy');
  expect(await preflightGroup(project, 'bootstrap-roles')).toMatchObject({
    status: 'warned',
    problems: [
      { rule: 'F-26', severity: 'warning', message: expect.stringContaining('does not let this account in') },
      { rule: 'F-27', severity: 'warning', message: expect.stringContaining('is not there') },
    ],
  });
  await lose('cfn-exec', 'AdministratorAccess');
  expect(await preflightGroup(project, 'bootstrap-roles')).toMatchObject({
    status: 'blocked',
    problems: [{}, { rule: 'F-26', severity: 'error', remedy: 'platform bootstrap repair --env dev' }, {}],
  });
});

it('F-28: a bootstrap so old that its bucket may be a stranger’s (not F-24), and F-24 of one that is only old', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const ruleOf = async (Value: string) => {
    await project.aws
      .client(SSMClient)
      .send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Value, Overwrite: true }));
    return (await preflightGroup(project, 'bootstrap')).problems.map(({ rule }: { rule: string }) => rule);
  };
  expect([await ruleOf('20'), await ruleOf('29'), await ruleOf('32')]).toEqual([['F-28'], ['F-24'], []]);
});

it('F-01, F-02 and F-06: says what a deployment clears away or waits for, with the cause', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const client = project.aws.client(CloudFormationClient);
  const StackName = 'demo-dev-messaging';
  const ruleOf = async () => (await preflightGroup(project, 'stacks')).problems;
  const taken = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'demo-taken-twice' } };
  const TemplateBody = JSON.stringify({ Resources: { Good: taken, Bad: { ...taken, DependsOn: 'Good' } } });
  await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  await project.aws.settle();
  expect(await ruleOf()).toMatchObject([
    { rule: 'F-01', severity: 'warning', message: expect.stringContaining('Bad (AWS::S3::Bucket) failed') },
  ]);
  const waiting = await startDeployable({ yaml: smallYaml(QUEUE) });
  const theirs = waiting.aws.client(CloudFormationClient);
  await theirs.send(
    new CreateChangeSetCommand({ StackName, ChangeSetName: 'left', ChangeSetType: 'CREATE', TemplateBody }),
  );
  await waiting.aws.settle();
  expect((await preflightGroup(waiting, 'stacks')).problems).toMatchObject([{ rule: 'F-02', severity: 'warning' }]);
  const busy = await startDeployable({ yaml: smallYaml(QUEUE) });
  await busy.aws.world.setSpeed(1e-6);
  await busy.aws.client(CloudFormationClient).send(new CreateStackCommand({ StackName, TemplateBody }));
  expect((await preflightGroup(busy, 'stacks')).problems).toMatchObject([
    { rule: 'F-06', severity: 'warning', message: expect.stringContaining('a deployment waits') },
  ]);
});

it('F-30: says so where the credentials end before a deployment would, and not where they last (not F-30)', async () => {
  const lasting = (ms: number) =>
    startDeployable({
      yaml: smallYaml(QUEUE),
      env: { AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + ms).toISOString(), AWS_SESSION_TOKEN: 'x' },
    });
  expect(await preflightGroup(await lasting(5 * 60_000), 'identity')).toMatchObject({
    status: 'warned',
    problems: [{ rule: 'F-30', remedy: expect.stringContaining('aws sso login') }],
  });
  expect(await preflightGroup(await lasting(3 * 3_600_000), 'identity')).toMatchObject({ status: 'passed' });
});

it('F-95: says where a live value is not as a push stores it', async () => {
  const yaml = smallYaml(
    'secrets: { app: { keys: { API_KEY: {} } } }\nservices: { worker: { image: { context: . }, secrets: { "*": "secret.app#*" } } }',
  ).replace(/^network: .*$/m, 'network: { nat: none }');
  const project = await startDeployable({ yaml });
  await project.aws
    .client(SecretsManagerClient)
    .send(new CreateSecretCommand({ Name: 'demo/dev/app', SecretString: '{"API_KEY":"canary-1\\n"}' }));
  const found = await preflightGroup(project, 'secrets');
  expect(found).toMatchObject({ status: 'warned', problems: [{ rule: 'F-95', severity: 'warning' }] });
  expect(JSON.stringify(found)).not.toContain('canary');
});

it('F-127: says what keeps the pipeline from deploying, which keeps nobody else from it (not F-127)', async () => {
  const yaml = `${smallYaml(QUEUE)}delivery: { provider: github, repository: Acme/shop }\n`;
  const project = await startDeployable({ yaml, env: gh('12 34') });
  const flags = '--env dev --sandbox';
  await project.succeed(`ci oidc ${flags} --yes`);
  expect(await preflightGroup(project, 'pipeline', flags)).toMatchObject({ status: 'passed' });
  await project.aws.client(IAMClient).send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: 'demo-dev-pipeline',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
    }),
  );
  expect(await preflightGroup(project, 'pipeline', flags)).toMatchObject({
    status: 'warned',
    problems: [
      { rule: 'F-127', message: expect.stringContaining('audience') },
      { rule: 'F-127', severity: 'warning', remedy: expect.stringContaining('platform ci oidc') },
    ],
  });
});
