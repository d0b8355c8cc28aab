import type { Policy, PolicyVersion } from '@aws-sdk/client-iam';
import type { Call } from '../../kernel/scope.ts';
import { attachmentCount, boundaryCount } from './attachments.ts';
import { AWS_MANAGED } from './aws-managed-policies.ts';
import { encodeDocument } from './encode-document.ts';
import type { PolicyRow } from './state.ts';

export const policyAnswer = (row: PolicyRow, call: Call): Policy => ({
  PolicyName: row.name,
  PolicyId: row.id,
  Arn: row.arn,
  Path: row.path,
  DefaultVersionId: row.defaultVersion,
  AttachmentCount: attachmentCount(row.arn, call),
  PermissionsBoundaryUsageCount: boundaryCount(row.arn, call),
  IsAttachable: true,
  CreateDate: new Date(row.created),
  UpdateDate: new Date(row.updated),
  ...(row.description !== undefined && { Description: row.description }),
  ...(row.tags.length > 0 && { Tags: row.tags.map((tag) => ({ ...tag })) }),
});

export const versionAnswer = (
  { defaultVersion }: PolicyRow,
  { id, document, created }: PolicyRow['versions'][number],
  { withDocument = false } = {},
): PolicyVersion => ({
  ...(withDocument && { Document: encodeDocument(document) }),
  VersionId: id,
  IsDefaultVersion: id === defaultVersion,
  CreateDate: new Date(created),
});

/** AWS's own policies: what they are called is known here, when they were made and what is in them mostly is not. */
export function awsPolicyAnswer(name: string, call: Call): Policy {
  const arn = `arn:aws:iam::aws:policy/${name}`;
  return {
    PolicyName: name.split('/').at(-1)!,
    Arn: arn,
    Path: `/${name.slice(0, name.lastIndexOf('/') + 1)}`,
    DefaultVersionId: AWS_MANAGED.get(name)?.version ?? 'v1',
    AttachmentCount: attachmentCount(arn, call),
    PermissionsBoundaryUsageCount: boundaryCount(arn, call),
    IsAttachable: true,
  };
}
