import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const trust = (Principal: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  });

const ALLOW_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
});

const open = async () => (await startSandbox()).client(IAMClient);
const aRole = { RoleName: 'web', AssumeRolePolicyDocument: trust({ Service: 'ecs-tasks.amazonaws.com' }) };

it('keeps one role per name, whatever the case', async () => {
  const iam = await open();
  await iam.send(new CreateRoleCommand(aRole));
  expect(await answerOf(iam.send(new CreateRoleCommand({ ...aRole, RoleName: 'WEB' })))).toEqual(
    refusal('EntityAlreadyExistsException', 'Role with name WEB already exists.', 409),
  );
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'Web' }));
  expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!))).toEqual(
    JSON.parse(aRole.AssumeRolePolicyDocument),
  );
});

it.each([
  [
    'an unknown principal',
    trust({ AWS: 'arn:aws:iam::000000000000:role/gone' }),
    /^Invalid principal in policy: "AWS":/,
  ],
  ['a resource', trust({ Service: 'a.amazonaws.com' }).replace('}]', ',"Resource":"*"}]'), /^Has prohibited field/],
  ['no principal', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}', /Principal$/],
  ['another action', trust({ Service: 'a.amazonaws.com' }).replace('sts:AssumeRole', 's3:Get'), /may only specify STS/],
])('refuses a trust policy with %s', async (_, AssumeRolePolicyDocument, message) => {
  const iam = await open();
  await expect(iam.send(new CreateRoleCommand({ RoleName: 'web', AssumeRolePolicyDocument }))).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
    message: expect.stringMatching(message),
  });
});

it('refuses to delete what is still in use', async () => {
  const iam = await open();
  await iam.send(new CreateRoleCommand(aRole));
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'all', PolicyDocument: ALLOW_ALL }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'web', PolicyArn: Policy!.Arn }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'web', PolicyName: 'own', PolicyDocument: ALLOW_ALL }));

  expect(await answerOf(iam.send(new DeletePolicyCommand({ PolicyArn: Policy!.Arn })))).toEqual(
    refusal('DeleteConflictException', 'Cannot delete a policy attached to entities.', 409),
  );
  expect(await answerOf(iam.send(new DeleteRoleCommand({ RoleName: 'web' })))).toEqual(
    refusal('DeleteConflictException', 'Cannot delete entity, must detach all policies first.', 409),
  );
});

it('lists page by page', async () => {
  const iam = await open();
  for (const name of ['a', 'b', 'c']) await iam.send(new CreateRoleCommand({ ...aRole, RoleName: name }));
  const first = await iam.send(new ListRolesCommand({ MaxItems: 2 }));
  expect(first.Roles!.map(({ RoleName }) => RoleName)).toEqual(['a', 'b']);
  const second = await iam.send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }));
  expect(second).toMatchObject({ IsTruncated: false, Roles: [{ RoleName: 'c' }] });
});

it('knows which policies AWS itself has', async () => {
  const iam = await open();
  await iam.send(new CreateRoleCommand(aRole));
  const attach = (name: string) =>
    answerOf(iam.send(new AttachRolePolicyCommand({ RoleName: 'web', PolicyArn: `arn:aws:iam::aws:policy/${name}` })));
  expect(await attach('service-role/AmazonECSTaskExecutionRolePolicy')).toEqual({});
  expect(await attach('AmazonECSTaskExecutionRolePolicy')).toMatchObject({
    refused: { code: 'NoSuchEntityException' },
  });
});
