import { randomBytes } from 'node:crypto';
import type {
  CreateServiceSpecificCredentialCommandInput,
  DeleteServiceSpecificCredentialCommandInput,
  ListServiceSpecificCredentialsCommandInput,
  ResetServiceSpecificCredentialCommandInput,
  UpdateServiceSpecificCredentialCommandInput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import { noSuchEntity, requireValid, validationError } from '../refusals.ts';
import { keyOf, type UserRow, users } from '../state.ts';
import { uniqueId } from '../unique-id.ts';
import { userNamed } from './users.ts';

type Credential = UserRow['credentials'][number];

const SUPPORTED = new Set(['codecommit.amazonaws.com', 'cassandra.amazonaws.com', 'bedrock.amazonaws.com']);

function requireSupported(service: string | undefined): void {
  if (!SUPPORTED.has(service ?? ''))
    throw noSuchEntity(`No such service ${service} is supported for Service Specific Credentials`);
}

const shown = ({ id, service, userName, status, created }: Credential, user: string) => ({
  CreateDate: new Date(created),
  ServiceName: service,
  ServiceUserName: userName,
  ServiceSpecificCredentialId: id,
  Status: status as 'Active',
  UserName: user,
});

const password = () => randomBytes(32).toString('base64');

export function createServiceSpecificCredential(
  { UserName, ServiceName }: CreateServiceSpecificCredentialCommandInput,
  call: Call,
) {
  const user = userNamed(UserName, call);
  requireSupported(ServiceName);
  const credential: Credential = {
    id: uniqueId('credential'),
    service: ServiceName!,
    userName: `${user.name}-at-${call.account}`,
    password: password(),
    status: 'Active',
    created: call.world.clock.stamp(),
  };
  users.in(call).update(keyOf(user.name), (draft) => void draft.credentials.push(credential));
  return { ServiceSpecificCredential: { ...shown(credential, user.name), ServicePassword: credential.password } };
}

export function listServiceSpecificCredentials(
  { UserName, ServiceName }: ListServiceSpecificCredentialsCommandInput,
  call: Call,
) {
  const user = userNamed(UserName, call);
  if (ServiceName !== undefined) requireSupported(ServiceName);
  return {
    ServiceSpecificCredentials: user.credentials
      .filter(({ service }) => ServiceName === undefined || service === ServiceName)
      .map((credential) => shown(credential, user.name)),
  };
}

function change(userName: string | undefined, id: string | undefined, call: Call, alter: (draft: Credential) => void) {
  const user = userNamed(userName, call);
  requireValid(['serviceSpecificCredentialId', id, { required: true, length: [20, 128], pattern: '[\\w]+' }]);
  if (!user.credentials.some((credential) => credential.id === id))
    throw noSuchEntity(`No such credential ${id} exists`);
  const { credentials } = users.in(call).update(keyOf(user.name), (draft) => {
    alter(draft.credentials.find((credential) => credential.id === id)!);
  });
  return { user, credential: credentials.find((credential) => credential.id === id)! };
}

export function updateServiceSpecificCredential(input: UpdateServiceSpecificCredentialCommandInput, call: Call) {
  if (!['Active', 'Inactive', 'Expired'].includes(input.Status ?? ''))
    // IAM does not list the values here (recording test_invalid_update_parameters).
    throw validationError(
      "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set",
    );
  change(input.UserName, input.ServiceSpecificCredentialId, call, (draft) => {
    draft.status = input.Status!;
  });
  return {};
}

export function resetServiceSpecificCredential(input: ResetServiceSpecificCredentialCommandInput, call: Call) {
  const { user, credential } = change(input.UserName, input.ServiceSpecificCredentialId, call, (draft) => {
    draft.password = password();
  });
  return { ServiceSpecificCredential: { ...shown(credential, user.name), ServicePassword: credential.password } };
}

export function deleteServiceSpecificCredential(input: DeleteServiceSpecificCredentialCommandInput, call: Call) {
  const { user } = change(input.UserName, input.ServiceSpecificCredentialId, call, () => undefined);
  users.in(call).update(keyOf(user.name), (draft) => {
    draft.credentials = draft.credentials.filter(({ id }) => id !== input.ServiceSpecificCredentialId);
  });
  return {};
}
