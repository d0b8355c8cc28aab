import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { attachedTo, attachmentCount } from '../attachments.ts';
import { type HolderKind, tableOf } from '../holders.ts';
import { groupAttachments, roleAttachments, userAttachments } from '../operations/attached-policies.ts';
import { deletePolicy, deletePolicyVersion } from '../operations/change-policy.ts';
import { createPolicy, createPolicyVersion } from '../operations/create-policy.ts';
import { keyOf, policies } from '../state.ts';
import { asText } from './synchronize.ts';

const ATTACHMENTS = { role: roleAttachments, user: userAttachments, group: groupAttachments };
const LISTS = [
  ['role', 'Roles'],
  ['user', 'Users'],
  ['group', 'Groups'],
] as const;

function attach(PolicyArn: string, before: Properties, after: Properties, call: ResourceContext['call']): void {
  for (const [kind, list] of LISTS) {
    const wanted: string[] = after[list] ?? [];
    for (const name of wanted) ATTACHMENTS[kind].attach({ ...named(name), PolicyArn }, call);
    for (const name of before[list] ?? [])
      if (!wanted.includes(name) && isAttached(kind, name, PolicyArn, call))
        ATTACHMENTS[kind].detach({ ...named(name), PolicyArn }, call);
  }
}

const named = (name: string) => ({ RoleName: name, UserName: name, GroupName: name });

const isAttached = (kind: HolderKind, name: string, arn: string, call: ResourceContext['call']): boolean =>
  tableOf(kind, call).get(keyOf(name))?.attached.includes(arn) ?? false;

export const managedPolicy: ResourceProvider = {
  create(properties, { call, generateName }) {
    const { Policy } = createPolicy(
      {
        PolicyName: properties.ManagedPolicyName ?? generateName({ maxLength: 128 }),
        Path: properties.Path,
        Description: properties.Description,
        PolicyDocument: asText(properties.PolicyDocument),
      },
      call,
    );
    attach(Policy!.Arn!, {}, properties, call);
    return { status: 'done', physicalId: Policy!.Arn! };
  },

  update({ before, after, physicalId }, { call }) {
    if (asText(before.PolicyDocument) !== asText(after.PolicyDocument)) {
      const { versions, defaultVersion } = policies.in(call).get(physicalId)!;
      const oldest = versions.findLast(({ id }) => id !== defaultVersion);
      if (versions.length >= 5 && oldest) deletePolicyVersion({ PolicyArn: physicalId, VersionId: oldest.id }, call);
      createPolicyVersion(
        { PolicyArn: physicalId, PolicyDocument: asText(after.PolicyDocument), SetAsDefault: true },
        call,
      );
    }
    attach(physicalId, before, after, call);
    return { status: 'done', physicalId };
  },

  delete(properties, physicalId, { call }) {
    const row = policies.in(call).get(physicalId);
    if (!row) return { status: 'done', physicalId };
    attach(physicalId, properties, {}, call);
    for (const { id } of row.versions)
      if (id !== row.defaultVersion) deletePolicyVersion({ PolicyArn: physicalId, VersionId: id }, call);
    deletePolicy({ PolicyArn: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = policies.in(call).get(physicalId);
    if (!row) return undefined;
    return {
      PolicyArn: row.arn,
      PolicyId: row.id,
      AttachmentCount: attachmentCount(row.arn, call),
      DefaultVersionId: row.defaultVersion,
      IsAttachable: true,
      ManagedPolicyName: row.name,
      Path: row.path,
      Description: row.description ?? '',
      PolicyDocument: JSON.parse(row.versions.find(({ id }) => id === row.defaultVersion)!.document),
      Roles: attachedTo(row.arn, 'role', call).map(({ name }) => name),
      Users: attachedTo(row.arn, 'user', call).map(({ name }) => name),
      Groups: attachedTo(row.arn, 'group', call).map(({ name }) => name),
    };
  },
};
