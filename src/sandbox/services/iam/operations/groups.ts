import type {
  AddUserToGroupCommandInput,
  CreateGroupCommandInput,
  CreateGroupCommandOutput,
  DeleteGroupCommandInput,
  GetGroupCommandInput,
  Group,
  ListGroupsCommandInput,
  ListGroupsForUserCommandInput,
  RemoveUserFromGroupCommandInput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { listing } from '../listing.ts';
import {
  alreadyExists,
  deleteConflict,
  nameConstraint,
  noSuchEntity,
  pathConstraint,
  requireValid,
} from '../refusals.ts';
import { type GroupRow, groups, keyOf, users } from '../state.ts';
import { uniqueId } from '../unique-id.ts';
import { userNamed } from './users.ts';

function groupNamed(name: string | undefined, call: Call): GroupRow {
  const row = groups.in(call).get(keyOf(name ?? ''));
  if (!row) throw noSuchEntity(`The group with name ${name} cannot be found.`);
  return row;
}

const answer = ({ path, name, id, arn, created }: GroupRow): Group => ({
  Path: path,
  GroupName: name,
  GroupId: id,
  Arn: arn,
  CreateDate: new Date(created),
});

const membersOf = (group: string, call: Call) =>
  users
    .in(call)
    .values()
    .filter((user) => user.groups.includes(group));

export function createGroup(input: CreateGroupCommandInput, call: Call): Answer<CreateGroupCommandOutput> {
  requireValid(nameConstraint('groupName', input.GroupName, 128), pathConstraint(input.Path));
  const { GroupName = '', Path = '/' } = input;
  if (groups.in(call).has(keyOf(GroupName))) throw alreadyExists(`Group with name ${GroupName} already exists.`);
  const row = groups.in(call).put(keyOf(GroupName), {
    name: GroupName,
    id: uniqueId('group'),
    arn: `arn:aws:iam::${call.account}:group${Path}${GroupName}`,
    path: Path,
    created: call.world.clock.stamp(),
    inline: {},
    attached: [],
    tags: [],
  });
  return { Group: answer(row) };
}

export function getGroup(input: GetGroupCommandInput, call: Call) {
  const row = groupNamed(input.GroupName, call);
  const { items, end } = listing(membersOf(row.name, call), input);
  return {
    Group: answer(row),
    Users: items.map((user) => ({ ...answerUser(user), CreateDate: new Date(user.created) })),
    ...end,
  };
}

const answerUser = ({ path, name, id, arn }: { path: string; name: string; id: string; arn: string }) => ({
  Path: path,
  UserName: name,
  UserId: id,
  Arn: arn,
});

export function listGroups(input: ListGroupsCommandInput, call: Call) {
  const { items, end } = listing(groups.in(call).values(), input);
  return { Groups: items.map(answer), ...end };
}

export function listGroupsForUser(input: ListGroupsForUserCommandInput, call: Call) {
  const user = userNamed(input.UserName, call);
  const { items, end } = listing(
    user.groups.map((name) => groupNamed(name, call)),
    input,
  );
  return { Groups: items.map(answer), ...end };
}

export function addUserToGroup({ GroupName, UserName }: AddUserToGroupCommandInput, call: Call) {
  const group = groupNamed(GroupName, call);
  users.in(call).update(keyOf(userNamed(UserName, call).name), (draft) => {
    if (!draft.groups.includes(group.name)) draft.groups.push(group.name);
  });
  return {};
}

export function removeUserFromGroup({ GroupName, UserName }: RemoveUserFromGroupCommandInput, call: Call) {
  const group = groupNamed(GroupName, call);
  users.in(call).update(keyOf(userNamed(UserName, call).name), (draft) => {
    draft.groups = draft.groups.filter((name) => name !== group.name);
  });
  return {};
}

export function deleteGroup({ GroupName }: DeleteGroupCommandInput, call: Call) {
  const row = groupNamed(GroupName, call);
  if (membersOf(row.name, call).length > 0)
    throw deleteConflict('Cannot delete entity, must remove users from group first.');
  if (row.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (Object.keys(row.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  groups.in(call).delete(keyOf(row.name));
  return {};
}
