import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import type { Call } from '../../../kernel/scope.ts';
import {
  associateKmsKey,
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  disassociateKmsKey,
  putLogGroupDeletionProtection,
  putRetentionPolicy,
} from '../operations/log-groups.ts';
import { logGroups } from '../state.ts';

interface Tag {
  Key: string;
  Value: string;
}

const tagsOf = (stackTags: readonly Tag[], own: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries([...stackTags, ...own].map(({ Key, Value }) => [Key, Value]));

export const logGroup: ResourceProvider = {
  create(properties, { call, generateName, tags }) {
    const logGroupName = properties.LogGroupName ?? generateName({ maxLength: 512 });
    createLogGroup(
      {
        logGroupName,
        kmsKeyId: properties.KmsKeyId,
        logGroupClass: properties.LogGroupClass,
        tags: tagsOf([], properties.Tags),
        deletionProtectionEnabled: isTrue(properties.DeletionProtectionEnabled),
      },
      call,
    );
    if (properties.RetentionInDays !== undefined)
      putRetentionPolicy({ logGroupName, retentionInDays: Number(properties.RetentionInDays) }, call);
    setTags(logGroupName, tagsOf(tags, properties.Tags), call);
    return { status: 'done', physicalId: logGroupName };
  },

  update({ before, after, physicalId: logGroupName }, { call, tags }) {
    if (after.RetentionInDays !== undefined)
      putRetentionPolicy({ logGroupName, retentionInDays: Number(after.RetentionInDays) }, call);
    else if (before.RetentionInDays !== undefined) deleteRetentionPolicy({ logGroupName }, call);
    if (after.KmsKeyId !== undefined) associateKmsKey({ logGroupName, kmsKeyId: after.KmsKeyId }, call);
    else if (before.KmsKeyId !== undefined) disassociateKmsKey({ logGroupName }, call);
    putLogGroupDeletionProtection(
      { logGroupIdentifier: logGroupName, deletionProtectionEnabled: isTrue(after.DeletionProtectionEnabled) },
      call,
    );
    setTags(logGroupName, tagsOf(tags, after.Tags), call);
    return { status: 'done', physicalId: logGroupName };
  },

  delete(_properties, logGroupName, { call }) {
    if (logGroups.in(call).has(logGroupName)) deleteLogGroup({ logGroupName }, call);
    return { status: 'done', physicalId: logGroupName };
  },

  read(name, _properties, { call }) {
    const row = logGroups.in(call).get(name);
    if (!row) return undefined;
    return {
      Arn: `${row.arn}:*`,
      LogGroupName: row.name,
      LogGroupClass: row.class,
      DeletionProtectionEnabled: row.isProtected,
      ...(row.retentionDays !== undefined && { RetentionInDays: row.retentionDays }),
      ...(row.kmsKeyId !== undefined && { KmsKeyId: row.kmsKeyId }),
      Tags: Object.entries(row.tags).map(([Key, Value]) => ({ Key, Value })),
    };
  },
};

/** Past the operation, which refuses the `aws:` keys that CloudFormation itself may set. */
const setTags = (group: string, tags: Record<string, string>, call: Call): void => {
  logGroups.in(call).update(group, (draft) => {
    draft.tags = tags;
  });
};

const isTrue = (value: unknown): boolean => value === true || value === 'true';
