import type {
  CreateGroupCommandOutput,
  CreateGroupRequest,
  DeleteGroupRequest,
  GetGroupRequest,
  GroupType,
  ListGroupsCommandOutput,
  ListGroupsRequest,
  UpdateGroupRequest,
} from '@aws-sdk/client-cognito-identity-provider';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { check, foundPool, pageOf } from '../refusals.ts';
import { type GroupRow, groups } from '../state.ts';

const groupAnswer = ({ name, pool, description, roleArn, precedence, created, modified }: GroupRow): GroupType => ({
  GroupName: name,
  UserPoolId: pool,
  ...(description !== undefined && { Description: description }),
  ...(roleArn !== undefined && { RoleArn: roleArn }),
  ...(precedence !== undefined && { Precedence: precedence }),
  CreationDate: new Date(created),
  LastModifiedDate: new Date(modified),
});

function checkGroup({ GroupName, Description, RoleArn, Precedence }: Partial<CreateGroupRequest>): void {
  check(
    ['groupName', GroupName, { required: true, length: [1, 128], pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+' }],
    ['description', Description, { length: [0, 2048] }],
    ['roleArn', RoleArn, { length: [20, 2048] }],
    ['precedence', Precedence, { range: [0, 2 ** 31 - 1] }],
  );
}

function found(input: { UserPoolId?: string | undefined; GroupName?: string | undefined }, call: Call): GroupRow {
  const { id } = foundPool(input.UserPoolId, call);
  checkGroup(input as Partial<CreateGroupRequest>);
  const row = groups.in(call).get(`${id}/${input.GroupName}`);
  if (!row) throw new AwsFault('ResourceNotFoundException', 'Group not found.');
  return row;
}

const given = ({ Description, RoleArn, Precedence }: Partial<CreateGroupRequest>) => ({
  ...(Description !== undefined && { description: Description }),
  ...(RoleArn !== undefined && { roleArn: RoleArn }),
  ...(Precedence !== undefined && { precedence: Precedence }),
});

export function createGroup(input: CreateGroupRequest, call: Call): Answer<CreateGroupCommandOutput> {
  const { id } = foundPool(input.UserPoolId, call);
  checkGroup(input);
  const key = `${id}/${input.GroupName}`;
  if (groups.in(call).has(key)) throw new AwsFault('GroupExistsException', 'A group with the name already exists.');
  const now = call.world.clock.stamp();
  const row: GroupRow = { name: input.GroupName!, pool: id, ...given(input), created: now, modified: now };
  groups.in(call).put(key, row);
  return { Group: groupAnswer(row) };
}

export const getGroup = (input: GetGroupRequest, call: Call): Answer<CreateGroupCommandOutput> => ({
  Group: groupAnswer(found(input, call)),
});

export function listGroups(input: ListGroupsRequest, call: Call): Answer<ListGroupsCommandOutput> {
  const { id } = foundPool(input.UserPoolId, call);
  check(['limit', input.Limit, { range: [0, 60] }]);
  const rows = groups
    .in(call)
    .values()
    .filter(({ pool }) => pool === id);
  const { items, next } = pageOf(rows, input.Limit || 60, input.NextToken);
  return { Groups: items.map(groupAnswer), ...(next !== undefined && { NextToken: next }) };
}

/** What is left out stays. */
export function updateGroup(input: UpdateGroupRequest, call: Call): Answer<CreateGroupCommandOutput> {
  const { name, pool } = found(input, call);
  groups.in(call).update(`${pool}/${name}`, (draft) => {
    Object.assign(draft, given(input), { modified: call.world.clock.stamp() });
  });
  return getGroup(input, call);
}

export function deleteGroup(input: DeleteGroupRequest, call: Call): Record<never, never> {
  const { name, pool } = found(input, call);
  groups.in(call).delete(`${pool}/${name}`);
  return {};
}
