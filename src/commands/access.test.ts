import { CreateUserCommand, GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

const USER = 'arn:aws:iam::111111111111:user/dana';
const OTHER = 'arn:aws:iam::111111111111:user/eve';

/** All developers in dev, QA in staging, operations alone in prod: the groups of the event scheduler. */
const YAML = smallYaml(QUEUE)
  .replace(
    'dev: { kind: dev, account: "111111111111" }',
    `dev: { kind: dev, account: "111111111111", access: { developers: { may: deploy, principals: ["sso:Developers", "${USER}"] } } }
  staging: { kind: staging, account: "111111111111", access: { qa: { may: look, principals: ["sso:QA"] }, seniors: { may: operate, principals: ["sso:Seniors"], sessionHours: 4 } } }`,
  )
  .replace(
    'prod: { kind: prod, account: "111111111111" }',
    'prod: { kind: prod, account: "111111111111", access: { operations: { may: deploy, principals: ["sso:Operations"] } } }',
  );

async function started(yaml = YAML): Promise<Deployable> {
  const project = await startDeployable({ yaml });
  const iam = project.aws.client(IAMClient);
  for (const UserName of ['dana', 'eve']) await iam.send(new CreateUserCommand({ UserName }));
  project.forget();
  return project;
}

const iamOf = ({ aws }: Deployable) => aws.client(IAMClient);

async function trustOf(project: Deployable, RoleName: string) {
  const { Role } = await iamOf(project).send(new GetRoleCommand({ RoleName }));
  return { statements: JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).Statement, role: Role! };
}

async function decision(project: Deployable, role: string, action: string, resource = '*') {
  const { EvaluationResults = [] } = await iamOf(project).send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: `arn:aws:iam::111111111111:role/${role}`,
      ActionNames: [action],
      ResourceArns: [resource],
    }),
  );
  return EvaluationResults[0]!.EvalDecision;
}

const sets = (name: string) => ({
  Principal: { AWS: 'arn:aws:iam::111111111111:root' },
  Condition: {
    ArnLike: {
      'aws:PrincipalArn': [
        `arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${name}_*`,
        `arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_${name}_*`,
      ],
    },
  },
});

const STACK = 'arn:aws:cloudformation:us-east-1:111111111111:stack';

it('S4-108 lets the developers act in dev, and nobody else; again it changes nothing, and it can be taken away', async () => {
  const project = await started();
  const { succeed, platform, forget, writes } = project;
  expect((await succeed('access show --env dev --json')).json().groups).toMatchObject([
    { name: 'developers', may: 'deploy', state: 'missing' },
  ]);
  expect(await platform('access apply --env dev')).toMatchObject({ exitCode: 2 });
  expect((await succeed('access apply --env dev --dry-run --json')).json()).toMatchObject({
    action: 'create',
    confirmations: [],
  });
  expect(writes()).toEqual([]);
  const made = (await succeed('access apply --env dev --yes --json')).json();
  expect(made).toMatchObject({
    action: 'create',
    stack: 'demo-dev-access',
    groups: [
      { name: 'developers', role: 'arn:aws:iam::111111111111:role/demo-dev-access-developers', state: 'as-configured' },
    ],
  });
  const { statements } = await trustOf(project, 'demo-dev-access-developers');
  expect(statements).toMatchObject([
    { Principal: { AWS: [USER] }, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
    sets('Developers'),
  ]);
  expect(statements).toHaveLength(2);
  // What deploys dev does not touch the stacks and secrets of others.
  expect(
    await decision(
      project,
      'demo-dev-access-developers',
      'cloudformation:ExecuteChangeSet',
      `${STACK}/demo-dev-data/1`,
    ),
  ).toBe('allowed');
  expect(
    await decision(
      project,
      'demo-dev-access-developers',
      'cloudformation:ExecuteChangeSet',
      `${STACK}/demo-prod-data/1`,
    ),
  ).toBe('implicitDeny');
  expect(
    await decision(
      project,
      'demo-dev-access-developers',
      'secretsmanager:PutSecretValue',
      'arn:aws:secretsmanager:us-east-1:111111111111:secret:demo/prod/app-abc',
    ),
  ).toBe('implicitDeny');

  forget();
  expect((await succeed('access apply --env dev --json')).json()).toMatchObject({ action: 'none', broadens: [] });
  expect(writes()).toEqual([]);
  await succeed('deploy --env dev --yes');
  expect((await succeed('status --env dev --json')).json().accessRoles).toEqual(['demo-dev-access-developers']);
  const gone = (await succeed('destroy --env dev --yes --json')).json();
  expect(gone.retained).toContainEqual(
    expect.objectContaining({ id: 'demo-dev-access', remove: 'platform access remove --env dev' }),
  );
  expect((await succeed('access remove --env dev --yes --json')).json()).toMatchObject({ action: 'delete' });
  expect((await succeed('access remove --env dev --yes --json')).json()).toMatchObject({ action: 'none', stack: null });
  await expect(trustOf(project, 'demo-dev-access-developers')).rejects.toThrow();
});

it('S4-113 lets QA look and senior developers operate in staging: each may what it is given and no more', async () => {
  const project = await started();
  await project.succeed('access apply --env staging --yes');
  expect((await trustOf(project, 'demo-staging-access-qa')).statements).toMatchObject([sets('QA')]);
  expect((await trustOf(project, 'demo-staging-access-seniors')).role.MaxSessionDuration).toBe(4 * 3600);
  const may = (group: string, action: string) => decision(project, `demo-staging-access-${group}`, action);
  expect(await may('qa', 'ecs:DescribeServices')).toBe('allowed');
  for (const action of [
    'ecs:UpdateService',
    'ecs:ExecuteCommand',
    'lambda:UpdateAlias',
    'iam:CreateRole',
    'sqs:StartMessageMoveTask',
  ])
    expect(await may('qa', action), action).toBe('implicitDeny');
  for (const action of ['ecs:UpdateService', 'ecs:ExecuteCommand', 'logs:FilterLogEvents'])
    expect(await may('seniors', action), action).toBe('allowed');
  const stack = `${STACK}/demo-staging-data/1`;
  expect(await decision(project, 'demo-staging-access-seniors', 'cloudformation:ExecuteChangeSet', stack)).toBe(
    'implicitDeny',
  );
  const secret = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:demo/staging/app-abc';
  const reads = (group: string, action = 'GetSecretValue') =>
    decision(project, `demo-staging-access-${group}`, `secretsmanager:${action}`, secret);
  expect(await reads('qa', 'DescribeSecret')).toBe('allowed');
  expect(await reads('qa')).toBe('implicitDeny');
  expect(await reads('seniors')).toBe('allowed');
  project.configure(YAML.replace('may: look,', 'may: look, readsSecrets: true,'));
  const more = (await project.succeed('access apply --env staging --yes --json')).json();
  expect(more.broadens).toMatchObject([{ kind: 'rights', actions: ['secretsmanager:GetSecretValue'] }]);
  expect(await reads('qa')).toBe('allowed');
  // A group that goes is taken away with its role.
  project.configure(YAML.replace(/, seniors: \{[^}]*\}/, ''));
  expect((await project.succeed('access show --env staging --json')).json().groups).toContainEqual(
    expect.objectContaining({ name: 'demo-staging-access-seniors', state: 'extra' }),
  );
  expect((await project.succeed('access apply --env staging --yes --json')).json()).toMatchObject({
    action: 'update',
    broadens: [],
  });
  await expect(trustOf(project, 'demo-staging-access-seniors')).rejects.toThrow();
});

it('S4-119 lets operations alone act in prod, and more people only when that is said by name', async () => {
  const project = await started();
  const { succeed, platform, configure, forget, writes } = project;
  const refused = await platform('access apply --env prod --yes --json');
  expect(refused.exitCode).toBe(2);
  expect(refused.json().error).toMatchObject({ id: 'nobody-to-ask', details: { confirm: 'prod/security' } });
  expect(writes()).toEqual([]);
  await succeed('access apply --env prod --confirm prod/security');
  expect((await trustOf(project, 'demo-prod-access-operations')).statements).toMatchObject([sets('Operations')]);

  configure(YAML.replace('principals: ["sso:Operations"]', `principals: ["sso:Operations", "${OTHER}"]`));
  forget();
  const more = await platform('access apply --env prod --yes');
  expect(more.exitCode).toBe(2);
  expect(more.stderr).toContain(`access of operations: AWS ${OTHER} may take it on with sts:AssumeRole`);
  expect(writes()).toEqual([]);

  // Fewer people need nobody's word.
  configure(YAML);
  expect((await succeed('access apply --env prod --yes --json')).json().action).toBe('none');
});

it.each([
  ['everybody', 'principals: ["*"]'],
  ['a whole account', 'principals: ["arn:aws:iam::111111111111:root"]'],
  ['nobody', 'principals: []'],
  ['rights that do not exist', 'may: own, principals: ["sso:All"]'],
])('does not take %s for a group', async (_, group) => {
  const { platform, asked } = await startDeployable({ yaml: smallYaml(`${QUEUE}\naccess: { all: { ${group} } }`) });
  const { exitCode, stderr } = await platform('access apply --env dev --yes');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('id: config-invalid');
  expect(asked()).toEqual([]);
});
