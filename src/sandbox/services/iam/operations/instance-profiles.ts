import type {
  AddRoleToInstanceProfileCommandInput,
  CreateInstanceProfileCommandInput,
  CreateInstanceProfileCommandOutput,
  DeleteInstanceProfileCommandInput,
  GetInstanceProfileCommandInput,
  GetInstanceProfileCommandOutput,
  InstanceProfile,
  ListInstanceProfilesCommandInput,
  ListInstanceProfilesForRoleCommandInput,
  RemoveRoleFromInstanceProfileCommandInput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { listing } from '../listing.ts';
import {
  alreadyExists,
  deleteConflict,
  limitExceeded,
  nameConstraint,
  noSuchEntity,
  pathConstraint,
  requireValid,
} from '../refusals.ts';
import { createdRole } from '../role-answer.ts';
import { type InstanceProfileRow, instanceProfiles, keyOf, roles } from '../state.ts';
import { mergeTags } from '../tags.ts';
import { uniqueId } from '../unique-id.ts';
import { roleNamed } from './read-roles.ts';

function profileNamed(name: string | undefined, call: Call): InstanceProfileRow {
  const row = instanceProfiles.in(call).get(keyOf(name ?? ''));
  if (!row) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return row;
}

const answer = (row: InstanceProfileRow, call: Call): InstanceProfile => ({
  Path: row.path,
  InstanceProfileName: row.name,
  InstanceProfileId: row.id,
  Arn: row.arn,
  CreateDate: new Date(row.created),
  Roles: row.roles.flatMap((name) => {
    const role = roles.in(call).get(keyOf(name));
    return role ? [createdRole(role)] : [];
  }),
  ...(row.tags.length > 0 && { Tags: row.tags.map((tag) => ({ ...tag })) }),
});

export function createInstanceProfile(
  input: CreateInstanceProfileCommandInput,
  call: Call,
): Answer<CreateInstanceProfileCommandOutput> {
  requireValid(nameConstraint('instanceProfileName', input.InstanceProfileName, 128), pathConstraint(input.Path));
  const { InstanceProfileName = '', Path = '/' } = input;
  if (instanceProfiles.in(call).has(keyOf(InstanceProfileName)))
    throw alreadyExists(`Instance Profile ${InstanceProfileName} already exists.`);
  const row = instanceProfiles.in(call).put(keyOf(InstanceProfileName), {
    name: InstanceProfileName,
    id: uniqueId('instanceProfile'),
    arn: `arn:aws:iam::${call.account}:instance-profile${Path}${InstanceProfileName}`,
    path: Path,
    created: call.world.clock.stamp(),
    roles: [],
    tags: mergeTags([], input.Tags),
  });
  return { InstanceProfile: answer(row, call) };
}

export function getInstanceProfile(
  { InstanceProfileName }: GetInstanceProfileCommandInput,
  call: Call,
): Answer<GetInstanceProfileCommandOutput> {
  return { InstanceProfile: answer(profileNamed(InstanceProfileName, call), call) };
}

export function listInstanceProfiles(input: ListInstanceProfilesCommandInput, call: Call) {
  const rows = instanceProfiles
    .in(call)
    .values()
    .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
  const { items, end } = listing(rows, input);
  return { InstanceProfiles: items.map((row) => answer(row, call)), ...end };
}

export function listInstanceProfilesForRole(input: ListInstanceProfilesForRoleCommandInput, call: Call) {
  const { name } = roleNamed(input.RoleName, call);
  const rows = instanceProfiles
    .in(call)
    .values()
    .filter((row) => row.roles.includes(name));
  const { items, end } = listing(rows, input);
  return { InstanceProfiles: items.map((row) => answer(row, call)), ...end };
}

export function addRoleToInstanceProfile(input: AddRoleToInstanceProfileCommandInput, call: Call) {
  const profile = profileNamed(input.InstanceProfileName, call);
  const role = roleNamed(input.RoleName, call);
  if (profile.roles.length > 0) throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  instanceProfiles.in(call).update(keyOf(profile.name), (draft) => void draft.roles.push(role.name));
  return {};
}

export function removeRoleFromInstanceProfile(input: RemoveRoleFromInstanceProfileCommandInput, call: Call) {
  const profile = profileNamed(input.InstanceProfileName, call);
  const { name } = roleNamed(input.RoleName, call);
  if (!profile.roles.includes(name)) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  instanceProfiles.in(call).update(keyOf(profile.name), (draft) => {
    draft.roles = draft.roles.filter((other) => other !== name);
  });
  return {};
}

export function deleteInstanceProfile({ InstanceProfileName }: DeleteInstanceProfileCommandInput, call: Call) {
  const { name, roles: members } = profileNamed(InstanceProfileName, call);
  if (members.length > 0) throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  instanceProfiles.in(call).delete(keyOf(name));
  return {};
}
