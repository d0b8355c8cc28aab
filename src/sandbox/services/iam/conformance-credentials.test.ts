import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteUserCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
  ResetServiceSpecificCredentialCommand,
  UpdateServiceSpecificCredentialCommand,
} from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording: TestIAMServiceSpecificCredentials::… (LocalStack's suite, tests/aws/services/iam/test_iam.py). */
async function open() {
  const iam = (await startSandbox()).client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: 'alice' }));
  const create = (UserName = 'alice', ServiceName = 'codecommit.amazonaws.com') =>
    answerOf(iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName })));
  /** Update, reset and delete, as all three refuse alike. */
  const each = (UserName: string, ServiceSpecificCredentialId: string) => {
    const input = { UserName, ServiceSpecificCredentialId };
    return Promise.all([
      answerOf(iam.send(new UpdateServiceSpecificCredentialCommand({ ...input, Status: 'Inactive' }))),
      answerOf(iam.send(new ResetServiceSpecificCredentialCommand(input))),
      answerOf(iam.send(new DeleteServiceSpecificCredentialCommand(input))),
    ]);
  };
  return { iam, create, each };
}

const missing = (message: string) => refusal('NoSuchEntityException', message, 404);

it.each(['codecommit.amazonaws.com', 'cassandra.amazonaws.com'])(
  'equal: test_service_specific_credential_lifecycle[%s]',
  async (ServiceName) => {
    const { iam, create } = await open();
    const shown = {
      CreateDate: expect.any(Date),
      ServiceName,
      ServiceSpecificCredentialId: expect.stringMatching(/^ACCA/),
      ServiceUserName: 'alice-at-000000000000',
      Status: 'Active',
      UserName: 'alice',
    };
    const created = (await create('alice', ServiceName)) as unknown as {
      ServiceSpecificCredential: { ServiceSpecificCredentialId: string };
    };
    expect(created).toEqual({ ServiceSpecificCredential: { ...shown, ServicePassword: expect.any(String) } });
    const input = {
      UserName: 'alice',
      ServiceSpecificCredentialId: created.ServiceSpecificCredential.ServiceSpecificCredentialId,
    };
    const list = () => answerOf(iam.send(new ListServiceSpecificCredentialsCommand({ UserName: 'alice' })));
    expect(await list()).toEqual({ ServiceSpecificCredentials: [shown] });
    await iam.send(new UpdateServiceSpecificCredentialCommand({ ...input, Status: 'Inactive' }));
    expect(await list()).toEqual({ ServiceSpecificCredentials: [{ ...shown, Status: 'Inactive' }] });
    expect(await answerOf(iam.send(new ResetServiceSpecificCredentialCommand(input)))).toEqual({
      ServiceSpecificCredential: { ...shown, Status: 'Inactive', ServicePassword: expect.any(String) },
    });
    expect(await answerOf(iam.send(new DeleteServiceSpecificCredentialCommand(input)))).toEqual({});
  },
);

it('equal: test_create_service_specific_credential_invalid_user, test_create_service_specific_credential_invalid_service', async () => {
  const { create } = await open();
  for (const service of ['codecommit.amazonaws.com', 'no-such-service.amazonaws.com'])
    expect(await create('nobody', service)).toEqual(missing('The user with name nobody cannot be found.'));
  for (const service of ['nonexistentservice.amazonaws.com', 'o3on3n3onosneo', 'lambda.amazonaws.com'])
    expect(await create('alice', service)).toEqual(
      missing(`No such service ${service} is supported for Service Specific Credentials`),
    );
});

it('equal: test_list_service_specific_credential_different_service', async () => {
  const { iam, create } = await open();
  await create();
  const list = (ServiceName: string) =>
    answerOf(iam.send(new ListServiceSpecificCredentialsCommand({ UserName: 'alice', ServiceName })));
  expect(await list('nonexistentservice.amazonaws.com')).toEqual(
    missing('No such service nonexistentservice.amazonaws.com is supported for Service Specific Credentials'),
  );
  expect(await list('cassandra.amazonaws.com')).toEqual({ ServiceSpecificCredentials: [] });
});

it('equal: test_delete_user_after_service_credential_created', async () => {
  const { iam, create } = await open();
  await create();
  expect(await answerOf(iam.send(new DeleteUserCommand({ UserName: 'alice' })))).toEqual(
    refusal('DeleteConflictException', 'Cannot delete entity, must remove referenced objects first.', 409),
  );
});

it('equal: test_id_match_user_mismatch, test_user_match_id_mismatch[*]', async () => {
  const { create, each } = await open();
  const { ServiceSpecificCredential } = (await create()) as unknown as {
    ServiceSpecificCredential: { ServiceSpecificCredentialId: string };
  };
  for (const answer of await each('wrong-user-name', ServiceSpecificCredential.ServiceSpecificCredentialId))
    expect(answer).toEqual(missing('The user with name wrong-user-name cannot be found.'));
  for (const answer of await each('alice', 'totally-wrong-credential-id-with-hyphens'))
    expect(answer).toEqual(
      refusal(
        'ValidationError',
        "1 validation error detected: Value at 'serviceSpecificCredentialId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]+",
      ),
    );
  for (const answer of await each('alice', 'satisfiesregexbutstillinvalid'))
    expect(answer).toEqual(missing('No such credential satisfiesregexbutstillinvalid exists'));
});

it('equal: test_invalid_update_parameters', async () => {
  const { iam } = await open();
  const update = new UpdateServiceSpecificCredentialCommand({
    UserName: 'alice',
    ServiceSpecificCredentialId: 'ACCAAAAAAAAAAAAAAAAAA',
    Status: 'Invalid' as 'Active',
  });
  expect(await answerOf(iam.send(update))).toEqual(
    refusal(
      'ValidationError',
      "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set",
    ),
  );
});
