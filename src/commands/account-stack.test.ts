import { APIGateway } from '@aws-sdk/client-api-gateway';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { bootstrapSandbox } from '../testing/bootstrap-sandbox.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { checked } from '../testing/doctor-checks.ts';
import { gh } from '../testing/fake-gh.ts';

const API = `functions: { api: { source: src/api.ts } }
apis: { public: { handler: fn.api, logging: { level: error } } }
`;
const FILES = { 'src/api.ts': 'export const handler = async (): Promise<unknown> => ({ statusCode: 200 });\n' };
const NAME = 'platform-api-gateway-logs';
const ROLE = `arn:aws:iam::111111111111:role/${NAME}`;
const POLICY = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';
const DEV = '--env dev --sandbox';
const OIDC = `ci oidc ${DEV} --owner-id 12 --repository-id 34 --yes --json`;

const start = (yaml = smallYaml(API)) => startDeployable({ yaml, files: FILES, env: gh() });

const given = async ({ aws }: Deployable, region?: string) =>
  (await aws.client(APIGateway, region ? { region } : {}).getAccount({})).cloudwatchRoleArn;

async function standing({ aws }: Deployable, StackName = 'demo-dev-account'): Promise<string[] | undefined> {
  const { StackResources } = await aws
    .client(CloudFormation)
    .describeStackResources({ StackName })
    .catch(() => ({ StackResources: undefined }));
  return StackResources?.map(({ LogicalResourceId }) => LogicalResourceId!).sort();
}

const trust = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  });

const makeRole = ({ aws }: Deployable, RoleName: string) =>
  aws.client(IAM).createRole({ RoleName, AssumeRolePolicyDocument: trust('apigateway.amazonaws.com') });

it('F-122: has the role for the logs of APIs stand in stack account, asked for and told beforehand, beside the roles of pipelines', async () => {
  const project = await start(`${smallYaml(API)}delivery: { provider: github, repository: Acme/shop }\n`);
  const told = (await project.succeed(`diff ${DEV} --json`)).json();
  expect(told.logRole).toEqual({ role: NAME, stack: 'demo-dev-account', gone: null });
  expect((await project.succeed(`diff ${DEV}`)).stdout).toContain(`make the role ${NAME} in stack demo-dev-account`);
  const dry = await project.succeed(`deploy ${DEV} --dry-run`);
  expect(dry.stderr).toContain(`would make the role ${NAME} in stack demo-dev-account`);
  expect((await project.platform(`deploy ${DEV}`)).exitCode).toBe(2);
  expect(await standing(project)).toBeUndefined();

  await project.succeed(`deploy ${DEV} --yes`);
  expect(await standing(project)).toEqual(['ApiLogRole']);
  expect(await given(project)).toBe(ROLE);
  expect((await project.succeed(`diff ${DEV} --json`)).json()).not.toHaveProperty('logRole');

  const { Role } = await project.aws.client(IAM).getRole({ RoleName: NAME });
  expect((await project.succeed(OIDC)).json()).toMatchObject({ action: 'update', provider: 'made' });
  expect(await standing(project)).toEqual(['ApiLogRole', 'DeployRole', 'PlanRole', 'Provider']);
  expect((await project.succeed(OIDC)).json()).toMatchObject({ action: 'none' });
  const both = (await project.succeed(`destroy ${DEV} --yes --json`)).json().retained;
  expect(both).toContainEqual(
    expect.objectContaining({
      id: 'demo-dev-account',
      reason: expect.stringMatching(/pipelines .* every API of the account/),
      remove: `platform ci oidc --remove ${DEV}`,
    }),
  );

  const removed = await project.succeed(`ci oidc --remove ${DEV} --yes --json`);
  expect(removed.json()).toMatchObject({ action: 'update', stack: 'demo-dev-account' });
  expect(await standing(project)).toEqual(['ApiLogRole']);
  expect((await project.succeed(`ci oidc --remove ${DEV} --yes --json`)).json()).toMatchObject({ action: 'none' });
  expect((await project.aws.client(IAM).getRole({ RoleName: NAME })).Role!.RoleId).toBe(Role!.RoleId);
  expect(await given(project)).toBe(ROLE);
  expect((await project.succeed(`destroy ${DEV} --yes --json`)).json().retained).toContainEqual(
    expect.objectContaining({ id: 'demo-dev-account', remove: null }),
  );
});

it('F-122: adds the role to the stack of pipelines and changes nothing else in it, and makes it again when it is gone', async () => {
  const project = await start(`${smallYaml(API)}delivery: { provider: github, repository: Acme/shop }\n`);
  await project.succeed(OIDC);
  const before = await project.aws.client(CloudFormation).getTemplate({ StackName: 'demo-dev-account' });
  await project.succeed(`deploy ${DEV} --yes`);
  const after = await project.aws.client(CloudFormation).getTemplate({ StackName: 'demo-dev-account' });
  const { ApiLogRole, ...others } = JSON.parse(after.TemplateBody!).Resources;
  expect(others).toEqual(JSON.parse(before.TemplateBody!).Resources);
  expect(ApiLogRole).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate' });

  const iam = project.aws.client(IAM);
  await iam.detachRolePolicy({ RoleName: NAME, PolicyArn: POLICY });
  await iam.deleteRole({ RoleName: NAME });
  expect((await checked(project, 'api-log-role')).checks).toMatchObject([
    { severity: 'error', detail: expect.stringContaining(`${ROLE} is gone`), fixable: true },
  ]);
  await project.succeed(`doctor --only api-log-role --fix ${DEV} --yes`);
  const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName: NAME });
  expect(AttachedPolicies).toMatchObject([{ PolicyArn: POLICY }]);
  expect(await standing(project)).toContain('ApiLogRole');
});

it('not F-122: leaves a role that somebody else gave API Gateway, and takes one of its own name that no stack has', async () => {
  const project = await start();
  const { Role } = await makeRole(project, 'other-logs');
  const gateway = project.aws.client(APIGateway);
  const set = (value: string) =>
    gateway.updateAccount({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] });
  await set(Role!.Arn!);
  await project.succeed(`deploy ${DEV} --yes`);
  expect(await given(project)).toBe(Role!.Arn);
  expect(await standing(project)).toBeUndefined();

  // As an earlier version left it, cut off between its two steps; and the role that was set is gone.
  await makeRole(project, NAME);
  await project.aws.client(IAM).deleteRole({ RoleName: 'other-logs' });
  expect((await project.succeed(`deploy ${DEV} --dry-run`)).stderr).toContain(`would take the role ${NAME}`);
  await project.succeed(`deploy ${DEV} --yes`);
  expect(await given(project)).toBe(ROLE);
  expect(await standing(project)).toBeUndefined();
  const { AttachedPolicies } = await project.aws.client(IAM).listAttachedRolePolicies({ RoleName: NAME });
  expect(AttachedPolicies).toMatchObject([{ PolicyArn: POLICY }]);
});

it('F-122: clears away what never stood, and leaves no half of a stack where another environment makes the role first', async () => {
  const project = await start();
  const cloudFormation = project.aws.client(CloudFormation);
  const Properties = {
    AssumeRolePolicyDocument: JSON.parse(trust('apigateway.amazonaws.com')),
    ManagedPolicyArns: ['no'],
  };
  await cloudFormation.createStack({
    StackName: 'demo-dev-account',
    TemplateBody: JSON.stringify({ Resources: { ApiLogRole: { Type: 'AWS::IAM::Role', Properties } } }),
    Capabilities: ['CAPABILITY_IAM'],
  });
  await project.aws.settle();
  const { Stacks } = await cloudFormation.describeStacks({ StackName: 'demo-dev-account' });
  expect(Stacks).toMatchObject([{ StackStatus: 'ROLLBACK_COMPLETE' }]);
  // It is there, and IAM has not told everybody: the look before the question, and the one after it.
  await makeRole(project, NAME);
  project.aws.faults.push({
    service: 'iam',
    operation: 'GetRole',
    times: 2,
    with: new AwsFault('NoSuchEntity', `The role with name ${NAME} cannot be found.`, { status: 404 }),
  });
  await project.succeed(`deploy ${DEV} --yes`);
  // The shell that was there, and the one that a refused change set has left.
  expect(project.asked().filter((call) => call === 'cloudformation:DeleteStack')).toHaveLength(2);
  expect(await standing(project)).toBeUndefined();
  expect(await given(project)).toBe(ROLE);
});

it('F-122: two environments of an account that are deployed at once, in two regions, come to one role', async () => {
  const yaml = smallYaml(API).replace('prod: { kind: prod', 'far: { kind: dev, region: eu-west-1');
  const project = await start(yaml);
  await bootstrapSandbox(project.aws, { region: 'eu-west-1' });
  await Promise.all(['dev', 'far'].map((name) => project.succeed(`deploy --env ${name} --sandbox --yes`)));
  expect(await Promise.all(['us-east-1', 'eu-west-1'].map((region) => given(project, region)))).toEqual([ROLE, ROLE]);
  const far = project.aws.client(CloudFormation, { region: 'eu-west-1' });
  const { StackSummaries = [] } = await far.listStacks({ StackStatusFilter: ['CREATE_COMPLETE'] });
  const there = StackSummaries.some(({ StackName }) => StackName === 'demo-far-account');
  expect((await standing(project)) ?? []).toEqual(there ? [] : ['ApiLogRole']);
});
