import type {
  GetRoleCommandInput,
  GetRoleCommandOutput,
  ListRolesCommandInput,
  ListRolesCommandOutput,
  ListRoleTagsCommandInput,
  ListRoleTagsCommandOutput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { listing } from '../listing.ts';
import { nameConstraint, noSuchEntity, requireValid } from '../refusals.ts';
import { listedRole, wholeRole } from '../role-answer.ts';
import { keyOf, type RoleRow, roles } from '../state.ts';

/** Throws NoSuchEntity. */
export function roleNamed(name: string | undefined, call: Call): RoleRow {
  const row = roles.in(call).get(keyOf(name ?? ''));
  if (!row) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return row;
}

export function getRole({ RoleName }: GetRoleCommandInput, call: Call): Answer<GetRoleCommandOutput> {
  requireValid(nameConstraint('roleName', RoleName, 64));
  return { Role: wholeRole(roleNamed(RoleName, call)) };
}

export function listRoles(input: ListRolesCommandInput, call: Call): Answer<ListRolesCommandOutput> {
  const rows = roles
    .in(call)
    .values()
    .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, end } = listing(rows, input);
  return { Roles: items.map(listedRole), ...end };
}

export function listRoleTags(input: ListRoleTagsCommandInput, call: Call): Answer<ListRoleTagsCommandOutput> {
  const { items, end } = listing(roleNamed(input.RoleName, call).tags, input);
  return { Tags: items.map((tag) => ({ ...tag })), ...end };
}
