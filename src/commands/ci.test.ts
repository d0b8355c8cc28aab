import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { gh } from '../testing/fake-gh.ts';

const YAML = `${smallYaml(QUEUE)}delivery: { provider: github, repository: Acme/shop }\n`;
const OIDC = 'ci oidc --env dev --sandbox';
const IDS = '--owner-id 12 --repository-id 34';
const ISSUER = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::111111111111:oidc-provider/${ISSUER}`;
const SUBJECTS = ['repo:Acme/shop:environment:dev', 'repo:Acme@12/shop@34:environment:dev'];

const start = (answer?: string) => startDeployable({ yaml: YAML, env: gh(answer) });

async function trustOf({ aws }: Deployable, RoleName = 'demo-dev-pipeline') {
  const { Role } = await aws.client(IAMClient).send(new GetRoleCommand({ RoleName }));
  return JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!));
}

const providers = async ({ aws }: Deployable) =>
  (await aws.client(IAMClient).send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList!;

it('makes the provider and a role that only jobs of the environment may put on, in both forms of their subject; again it changes nothing (S3-101, S2-88, F-127, F-128, S3-102, S3-103, C26)', async () => {
  const project = await start();
  const first = (await project.succeed(`${OIDC} ${IDS} --yes --json`)).json();
  expect(first).toMatchObject({
    environment: 'dev',
    account: '111111111111',
    action: 'create',
    provider: 'made',
    role: 'arn:aws:iam::111111111111:role/demo-dev-pipeline',
    planRole: 'arn:aws:iam::111111111111:role/demo-dev-plan',
    subjects: SUBJECTS,
    idsUnknown: false,
  });
  expect(await trustOf(project)).toMatchObject({
    Statement: [
      {
        Principal: { Federated: PROVIDER },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: SUBJECTS } },
      },
    ],
  });
  expect(await trustOf(project, 'demo-dev-plan')).toMatchObject({
    Statement: [{ Condition: { StringEquals: { [`${ISSUER}:sub`]: SUBJECTS.map((one) => `${one}-plan`) } } }],
  });
  const provider = await project.aws
    .client(IAMClient)
    .send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: PROVIDER }));
  expect(provider.ThumbprintList ?? []).toEqual([]);
  project.forget();
  expect((await project.succeed(`${OIDC} ${IDS} --yes --json`)).json()).toMatchObject({ action: 'none' });
  expect(project.writes()).toEqual([]);
});

it('gives the role what doctor --policy says a pipeline needs, roles of others left out (F-131, S3-104)', async () => {
  const project = await start();
  await project.succeed(`${OIDC} ${IDS} --yes`);
  const may = async (ActionName: string, ResourceArn: string, role = 'demo-dev-pipeline') => {
    const { EvaluationResults } = await project.aws.client(IAMClient).send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::111111111111:role/${role}`,
        ActionNames: [ActionName],
        ResourceArns: [ResourceArn],
        // The policy lets roles be passed to ECS alone.
        ContextEntries: [
          {
            ContextKeyName: 'iam:PassedToService',
            ContextKeyType: 'string',
            ContextKeyValues: ['ecs-tasks.amazonaws.com'],
          },
        ],
      }),
    );
    return EvaluationResults![0]!.EvalDecision;
  };
  const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
  expect(await may('iam:PassRole', role('demo-dev-tasks-WebTaskRole-1'))).toBe('allowed');
  expect(await may('iam:PassRole', role('somebody-elses'))).toBe('implicitDeny');
  expect(await may('sts:AssumeRole', role('cdk-hnb659fds-deploy-role-111111111111-us-east-1'))).toBe('allowed');
  expect(await may('iam:CreateUser', 'arn:aws:iam::111111111111:user/x')).toBe('implicitDeny');
  const secretOf = (env: string) => `arn:aws:secretsmanager:us-east-1:111111111111:secret:demo/${env}/app-abc`;
  expect(await may('secretsmanager:GetSecretValue', secretOf('dev'))).toBe('allowed');
  expect(await may('secretsmanager:GetSecretValue', secretOf('prod'))).toBe('implicitDeny');
  expect(
    await may('cloudformation:DeleteStack', 'arn:aws:cloudformation:us-east-1:111111111111:stack/demo-prod-data/1'),
  ).toBe('implicitDeny');
  expect(await may('sts:AssumeRole', role('somebody-elses'))).toBe('implicitDeny');
  // Pull requests plan: what they run sees that a secret is there, and not what it holds.
  expect(await may('secretsmanager:DescribeSecret', secretOf('dev'), 'demo-dev-plan')).toBe('allowed');
  expect(await may('secretsmanager:GetSecretValue', secretOf('dev'), 'demo-dev-plan')).toBe('implicitDeny');
  // Whoever plans can look, and can neither deploy nor put on a role that does.
  const stack = 'arn:aws:cloudformation:us-east-1:111111111111:stack/demo-dev-data/1';
  expect(await may('cloudformation:GetTemplate', stack, 'demo-dev-plan')).toBe('allowed');
  for (const action of ['cloudformation:UpdateStack', 'cloudformation:ExecuteChangeSet'])
    expect(await may(action, stack, 'demo-dev-plan')).toBe('implicitDeny');
  const cdkRole = role('cdk-hnb659fds-deploy-role-111111111111-us-east-1');
  expect(await may('sts:AssumeRole', cdkRole, 'demo-dev-plan')).toBe('implicitDeny');
});

it('takes a provider over that the account has already, and adds the audience that it lacks (F-130)', async () => {
  const project = await start();
  const iam = project.aws.client(IAMClient);
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${ISSUER}`, ClientIDList: ['other'] }));
  expect((await project.succeed(`${OIDC} ${IDS} --yes --json`)).json()).toMatchObject({
    provider: 'there',
    audienceAdded: true,
    action: 'create',
  });
  expect(await providers(project)).toHaveLength(1);
  const { ClientIDList } = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: PROVIDER }));
  expect(ClientIDList).toEqual(['other', 'sts.amazonaws.com']);
});

it('leaves a role alone that was made by hand, and changes back what was changed by hand in its own (F-127)', async () => {
  const project = await start();
  const iam = project.aws.client(IAMClient);
  const RoleName = 'demo-dev-pipeline';
  const branch = { StringLike: { [`${ISSUER}:sub`]: 'repo:Acme/shop:ref:refs/heads/main' } };
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: PROVIDER } };
  const byHand = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Condition: branch }] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: byHand }));
  const refused = await project.platform(`${OIDC} ${IDS} --yes`);
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('id: account-role-taken') });
  expect(refused.stderr).toContain(`--role-name ${RoleName}\n then: platform ${OIDC}`);
  expect(await providers(project)).toEqual([]);

  await iam.send(new DeleteRoleCommand({ RoleName }));
  await project.succeed(`${OIDC} ${IDS} --yes`);
  const made = await trustOf(project);
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: byHand }));
  expect((await project.succeed(`${OIDC} ${IDS} --yes --json`)).json()).toMatchObject({ action: 'update' });
  expect(await trustOf(project)).toEqual(made);
  expect((await project.succeed(`${OIDC} ${IDS} --yes --json`)).json()).toMatchObject({ action: 'none' });
});

it('asks gh for the ids, and says what is missing where nobody knows them (F-128)', async () => {
  const known = await start('12 34');
  expect((await known.succeed(`${OIDC} --dry-run --json`)).json()).toMatchObject({ subjects: SUBJECTS, dryRun: true });
  expect(await providers(known)).toEqual([]);

  const unknown = await start();
  const run = await unknown.succeed(`${OIDC} --yes --json`);
  expect(run.json()).toMatchObject({ subjects: SUBJECTS.slice(0, 1), idsUnknown: true });
  expect(run.stderr).toContain('gh auth login');
});

it('asks before it changes the account, and refuses what it cannot understand', async () => {
  const project = await start();
  const unasked = await project.platform(`${OIDC} ${IDS}`);
  expect(unasked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
  expect(await providers(project)).toEqual([]);
  for (const [words, says] of [
    ['--owner-id 12', '--repository-id'],
    ['--owner-id twelve', 'a number'],
  ] as const)
    expect(await project.platform(`${OIDC} ${words}`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(says),
    });
  project.configure(smallYaml(QUEUE));
  expect(await project.platform(`${OIDC} --yes`)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('delivery: { provider: github'),
  });
});

it('is known to destroy, which leaves it, and to recover; --remove takes its roles away and leaves the provider', async () => {
  const project = await start();
  await project.succeed(`${OIDC} ${IDS} --yes`);
  await project.succeed('deploy --env dev --sandbox --yes');
  const { retained } = (await project.succeed('destroy --env dev --sandbox --yes --json')).json();
  expect(retained).toContainEqual(
    expect.objectContaining({
      type: 'AWS::CloudFormation::Stack',
      id: 'demo-dev-account',
      remove: 'platform ci oidc --remove --env dev --sandbox',
    }),
  );
  const recovered = (await project.succeed('recover account --env dev --sandbox --json --dry-run')).json();
  expect(recovered).toMatchObject({ stack: 'demo-dev-account', before: 'CREATE_COMPLETE' });

  project.forget();
  const dry = await project.succeed('ci oidc --remove --env dev --sandbox --dry-run');
  expect(dry.stdout).toContain('demo-dev-account would be deleted');
  expect((await project.platform('ci oidc --remove --env dev --sandbox')).exitCode).toBe(2);
  expect(project.writes()).toEqual([]);
  const removed = (await project.succeed('ci oidc --remove --env dev --sandbox --yes --json')).json();
  expect(removed).toMatchObject({ stack: 'demo-dev-account', action: 'delete' });
  await expect(trustOf(project)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  expect(await providers(project)).toHaveLength(1);
  expect((await project.succeed('ci oidc --remove --env dev --sandbox --yes')).stdout).toContain(
    'nothing was to be done',
  );
});
