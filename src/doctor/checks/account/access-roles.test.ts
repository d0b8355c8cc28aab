import { CreateUserCommand, GetRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';

const OTHER = 'arn:aws:iam::111111111111:user/eve';
const ACCESS = 'access: { developers: { may: deploy, principals: ["sso:Developers"] } }';
const iamOf = ({ aws }: Deployable) => aws.client(IAMClient);

async function trustOf(project: Deployable, RoleName: string) {
  const { Role } = await iamOf(project).send(new GetRoleCommand({ RoleName }));
  return { statements: JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).Statement };
}

it('access-roles: healthy after access apply; access-roles: sick where somebody was let in by hand, which access apply takes back', async () => {
  const project = await startDeployable({ yaml: smallYaml(`${QUEUE}\n${ACCESS}`) });
  await iamOf(project).send(new CreateUserCommand({ UserName: 'eve' }));
  expect((await checked(project, 'access-roles')).checks).toMatchObject([
    { severity: 'warning', detail: expect.stringContaining('nobody can act') },
  ]);
  await project.succeed('access apply --env dev --sandbox --yes');
  expect((await checked(project, 'access-roles')).checks).toMatchObject([{ status: 'ok' }]);
  const { statements } = await trustOf(project, 'demo-dev-access-developers');
  await iamOf(project).send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: 'demo-dev-access-developers',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [...statements, { Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
  expect(await checked(project, 'access-roles')).toMatchObject({
    exitCode: 1,
    checks: [
      {
        severity: 'error',
        detail: expect.stringContaining(OTHER),
        remedy: expect.stringContaining('platform access apply'),
      },
    ],
  });
  const { stderr } = await project.succeed('access apply --env dev --sandbox --yes');
  expect(stderr).toContain(`somebody has let in AWS ${OTHER}`);
  expect((await trustOf(project, 'demo-dev-access-developers')).statements).toEqual(statements);
  expect((await checked(project, 'access-roles')).checks).toMatchObject([{ status: 'ok' }]);
});
