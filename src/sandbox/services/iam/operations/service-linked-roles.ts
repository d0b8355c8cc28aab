import { randomUUID } from 'node:crypto';
import type {
  CreateServiceLinkedRoleCommandInput,
  CreateServiceLinkedRoleCommandOutput,
  DeleteServiceLinkedRoleCommandInput,
  DeleteServiceLinkedRoleCommandOutput,
  GetServiceLinkedRoleDeletionStatusCommandInput,
  GetServiceLinkedRoleDeletionStatusCommandOutput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { LINKED_SERVICES, SUFFIX_ALLOWED } from '../linked-services.ts';
import { invalidInput, noSuchEntity } from '../refusals.ts';
import { createdRole } from '../role-answer.ts';
import { keyOf, roleDeletions, roles } from '../state.ts';
import { uniqueId } from '../unique-id.ts';
import { roleNamed } from './read-roles.ts';

export function createServiceLinkedRole(
  { AWSServiceName = '', CustomSuffix, Description }: CreateServiceLinkedRoleCommandInput,
  call: Call,
): Answer<CreateServiceLinkedRoleCommandOutput> {
  const linked = LINKED_SERVICES[AWSServiceName];
  if (!linked) throw invalidInput(`Service-linked roles are not supported for ${AWSServiceName}`);
  if (CustomSuffix && !SUFFIX_ALLOWED.has(AWSServiceName))
    throw invalidInput(`Custom suffix is not allowed for ${AWSServiceName}`);

  const [role, policy, description = Description] = linked;
  const name = `AWSServiceRoleFor${role}${CustomSuffix ? `_${CustomSuffix}` : ''}`;
  if (roles.in(call).has(keyOf(name)))
    throw invalidInput(`Service role name ${name} has been taken in this account, please try a different suffix.`);

  const path = `/aws-service-role/${AWSServiceName}/`;
  const row = roles.in(call).put(keyOf(name), {
    name,
    id: uniqueId('role'),
    arn: `arn:aws:iam::${call.account}:role${path}${name}`,
    path,
    created: call.world.clock.stamp(),
    trust: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: AWSServiceName }, Action: 'sts:AssumeRole' }],
    }),
    ...(description !== undefined && { description }),
    maxSessionSeconds: 3600,
    inline: {},
    attached: [`arn:aws:iam::aws:policy/aws-service-role/${policy}`],
    tags: [],
    linkedService: AWSServiceName,
  });
  return { Role: createdRole(row) };
}

/** Makes the service-linked role of a service unless it is there: what services do when they first need it. */
export function ensureServiceLinkedRole(service: string, call: Call): void {
  const name = `AWSServiceRoleFor${LINKED_SERVICES[service]?.[0]}`;
  if (!roles.in(call).has(keyOf(name))) createServiceLinkedRole({ AWSServiceName: service }, call);
}

/** AWS deletes in the background and first asks the service; here it has succeeded when the status is asked. */
export function deleteServiceLinkedRole(
  { RoleName }: DeleteServiceLinkedRoleCommandInput,
  call: Call,
): Answer<DeleteServiceLinkedRoleCommandOutput> {
  const { linkedService, name } = roleNamed(RoleName, call);
  if (!linkedService) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
  roles.in(call).delete(keyOf(name));
  const DeletionTaskId = `task/aws-service-role/${linkedService}/${name}/${randomUUID()}`;
  roleDeletions.in(call).put(DeletionTaskId, { status: 'SUCCEEDED' });
  return { DeletionTaskId };
}

export function getServiceLinkedRoleDeletionStatus(
  { DeletionTaskId = '' }: GetServiceLinkedRoleDeletionStatusCommandInput,
  call: Call,
): Answer<GetServiceLinkedRoleDeletionStatusCommandOutput> {
  const task = roleDeletions.in(call).get(DeletionTaskId);
  if (!task) throw noSuchEntity(`Deletion id ${DeletionTaskId} cannot be found`);
  return { Status: task.status as 'SUCCEEDED' };
}
