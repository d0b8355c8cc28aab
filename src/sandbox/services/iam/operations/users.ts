import type {
  CreateUserCommandInput,
  CreateUserCommandOutput,
  DeleteUserCommandInput,
  GetUserCommandInput,
  GetUserCommandOutput,
  ListUsersCommandInput,
  ListUserTagsCommandInput,
  TagUserCommandInput,
  UntagUserCommandInput,
  User,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { boundaryAnswer } from '../boundary-answer.ts';
import { listing } from '../listing.ts';
import {
  alreadyExists,
  deleteConflict,
  nameConstraint,
  noSuchEntity,
  pathConstraint,
  requireValid,
  validationError,
} from '../refusals.ts';
import { keyOf, type UserRow, users } from '../state.ts';
import { mergeTags, withoutTags } from '../tags.ts';
import { uniqueId } from '../unique-id.ts';
import { requireBoundary } from './create-role.ts';

/** Throws NoSuchEntity. */
export function userNamed(name: string | undefined, call: Call): UserRow {
  const row = users.in(call).get(keyOf(name ?? ''));
  if (!row) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return row;
}

const answer = (row: UserRow): User => ({
  Path: row.path,
  UserName: row.name,
  UserId: row.id,
  Arn: row.arn,
  CreateDate: new Date(row.created),
  ...boundaryAnswer(row.boundary),
  ...(row.tags.length > 0 && { Tags: row.tags.map((tag) => ({ ...tag })) }),
});

export function createUser(input: CreateUserCommandInput, call: Call): Answer<CreateUserCommandOutput> {
  requireValid(nameConstraint('userName', input.UserName, 64), pathConstraint(input.Path));
  const { UserName = '', Path = '/' } = input;
  if (input.PermissionsBoundary !== undefined) requireBoundary(input.PermissionsBoundary, call);
  if (users.in(call).has(keyOf(UserName))) throw alreadyExists(`User with name ${UserName} already exists.`);
  const row = users.in(call).put(keyOf(UserName), {
    name: UserName,
    id: uniqueId('user'),
    arn: `arn:aws:iam::${call.account}:user${Path}${UserName}`,
    path: Path,
    created: call.world.clock.stamp(),
    inline: {},
    attached: [],
    tags: mergeTags([], input.Tags),
    groups: [],
    accessKeys: [],
    credentials: [],
    ...(input.PermissionsBoundary !== undefined && { boundary: input.PermissionsBoundary }),
  });
  return { User: answer(row) };
}

/** Without a name, the user who asks. */
export function getUser({ UserName }: GetUserCommandInput, call: Call): Answer<GetUserCommandOutput> {
  const name = UserName ?? /:user\/(?:.*\/)?([^/]+)$/.exec(call.principal)?.[1];
  if (name === undefined) throw validationError('Must specify userName when calling with non-User credentials');
  return { User: answer(userNamed(name, call)) };
}

export function listUsers(input: ListUsersCommandInput, call: Call) {
  const rows = users
    .in(call)
    .values()
    .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
  const { items, end } = listing(rows, input);
  return { Users: items.map((row) => answer({ ...row, tags: [] })), ...end };
}

export function listUserTags(input: ListUserTagsCommandInput, call: Call) {
  const { items, end } = listing(userNamed(input.UserName, call).tags, input);
  return { Tags: items.map((tag) => ({ ...tag })), ...end };
}

export function tagUser({ UserName, Tags }: TagUserCommandInput, call: Call) {
  users.in(call).update(keyOf(userNamed(UserName, call).name), (draft) => {
    draft.tags = mergeTags(draft.tags, Tags);
  });
  return {};
}

export function untagUser({ UserName, TagKeys }: UntagUserCommandInput, call: Call) {
  users.in(call).update(keyOf(userNamed(UserName, call).name), (draft) => {
    draft.tags = withoutTags(draft.tags, TagKeys);
  });
  return {};
}

export function deleteUser({ UserName }: DeleteUserCommandInput, call: Call) {
  const row = userNamed(UserName, call);
  if (row.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (Object.keys(row.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  if (row.groups.length > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.');
  if (row.accessKeys.length > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.');
  if (row.credentials.length > 0) throw deleteConflict('Cannot delete entity, must remove referenced objects first.');
  users.in(call).delete(keyOf(row.name));
  return {};
}
