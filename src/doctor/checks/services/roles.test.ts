import { DeleteRolePolicyCommand, IAMClient, ListRolePoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';
import { twoServices } from '../../../testing/two-services.ts';

const ON = '--env dev --sandbox';

it('roles: healthy as stacks made them; roles: sick where somebody took a policy away (F-46), before a task needs it; what is typed as printed gives it back', async () => {
  const project = await startDeployed({ yaml: twoServices() });
  expect((await checked(project, 'roles')).checks).toMatchObject([{ status: 'ok', detail: '4 roles' }]);

  const iam = project.aws.client(IAMClient);
  const { Roles } = await iam.send(new ListRolesCommand({}));
  const { RoleName } = Roles!.find((role) => role.RoleName!.includes('WorkerRolesExecution'))!;
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'Log' }));
  const { exitCode, checks } = await checked(project, 'roles');
  expect(exitCode).toBe(1);
  expect(checks).toMatchObject([
    {
      subject: RoleName,
      failure: 'F-46',
      handling: 'ASK',
      evidence: [{ call: 'iam:ListRolePolicies', read: 'PolicyNames without Log' }],
      remedy: `platform recover tasks ${ON} gives it back`,
    },
  ]);
  // Of the other service nothing is wrong.
  const web = (await project.succeed(`doctor web ${ON} --json`)).json();
  expect(web.checks.find(({ id }: { id: string }) => id === 'roles')).toMatchObject({
    status: 'ok',
    detail: '2 roles',
  });

  await project.succeed(`recover tasks ${ON} --yes`);
  const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  expect(PolicyNames).toContain('Log');
  expect((await checked(project, 'roles')).checks).toMatchObject([{ status: 'ok' }]);
});
