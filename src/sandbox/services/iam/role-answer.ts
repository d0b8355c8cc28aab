import type { Role } from '@aws-sdk/client-iam';
import { boundaryAnswer } from './boundary-answer.ts';
import { encodeDocument } from './encode-document.ts';
import type { RoleRow } from './state.ts';

/** What every answer with a role holds. CreateRole shows no more; lists add the session length; GetRole adds the rest. */
export const createdRole = (row: RoleRow): Role => ({
  Path: row.path,
  RoleName: row.name,
  RoleId: row.id,
  Arn: row.arn,
  CreateDate: new Date(row.created),
  AssumeRolePolicyDocument: encodeDocument(row.trust),
  ...(row.tags.length > 0 && { Tags: row.tags.map((tag) => ({ ...tag })) }),
});

/** Lists leave tags and boundaries out (recordings TestRoles::test_role_with_tags, test_list_roles_with_permission_boundary). */
export const listedRole = ({ tags: _, ...row }: RoleRow): Role => ({
  ...createdRole({ ...row, tags: [] }),
  ...(row.description !== undefined && { Description: row.description }),
  MaxSessionDuration: row.maxSessionSeconds,
});

export const wholeRole = (row: RoleRow): Role => ({
  ...createdRole(row),
  ...(row.description !== undefined && { Description: row.description }),
  MaxSessionDuration: row.maxSessionSeconds,
  ...boundaryAnswer(row.boundary),
  RoleLastUsed: {},
});
