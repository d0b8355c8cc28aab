import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import type { Call } from '../../../kernel/scope.ts';
import { createRepository } from '../operations/create-repository.ts';
import { deleteLifecyclePolicy, putLifecyclePolicy } from '../operations/lifecycle-policy.ts';
import { deleteRepository } from '../operations/repositories.ts';
import { deleteRepositoryPolicy, setRepositoryPolicy } from '../operations/repository-policy.ts';
import { putImageScanningConfiguration, putImageTagMutability } from '../operations/repository-settings.ts';
import { listTagsForResource, tagResource, untagResource } from '../operations/tag-resources.ts';
import { repositoryArn, repositoryUri } from '../repositories.ts';
import { repositories } from '../state.ts';

/** AWS::ECR::Repository: `Ref` is its name. */
export const repositoryProvider: ResourceProvider = {
  async create(properties, context) {
    const { call } = context;
    const name: string = properties.RepositoryName ?? context.generateName({ maxLength: 256, lowercase: true });
    await createRepository(
      {
        repositoryName: name,
        ...mutabilityOf(properties),
        imageScanningConfiguration: { scanOnPush: scansOf(properties) },
        ...(properties.EncryptionConfiguration
          ? {
              encryptionConfiguration: {
                encryptionType: properties.EncryptionConfiguration.EncryptionType,
                kmsKey: properties.EncryptionConfiguration.KmsKey,
              },
            }
          : {}),
        tags: tagsFor(properties, context),
      },
      call,
    );
    await putPolicies(name, properties, call);
    return { status: 'done', physicalId: name, attributes: attributesOf(call, name) };
  },

  async update({ before, after, physicalId: repositoryName }, context) {
    const { call } = context;
    await putImageTagMutability({ repositoryName, ...mutabilityOf(after) }, call);
    await putImageScanningConfiguration(
      { repositoryName, imageScanningConfiguration: { scanOnPush: scansOf(after) } },
      call,
    );
    if (before.RepositoryPolicyText && !after.RepositoryPolicyText)
      await deleteRepositoryPolicy({ repositoryName }, call);
    if (before.LifecyclePolicy?.LifecyclePolicyText && !after.LifecyclePolicy?.LifecyclePolicyText)
      await deleteLifecyclePolicy({ repositoryName }, call);
    await putPolicies(repositoryName, after, call);
    await setTags(call, repositoryName, tagsFor(after, context));
    return { status: 'done', physicalId: repositoryName, attributes: attributesOf(call, repositoryName) };
  },

  async delete(properties, physicalId, { call }) {
    const force = String(properties.EmptyOnDelete) === 'true';
    if (repositories.in(call).has(physicalId)) await deleteRepository({ repositoryName: physicalId, force }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = repositories.in(call).get(physicalId);
    if (!row) return undefined;
    return {
      ...attributesOf(call, physicalId),
      RepositoryName: physicalId,
      ImageTagMutability: row.imageTagMutability,
      ImageScanningConfiguration: { ScanOnPush: row.scanOnPush },
      EncryptionConfiguration: {
        EncryptionType: row.encryption.encryptionType,
        ...(row.encryption.kmsKey ? { KmsKey: row.encryption.kmsKey } : {}),
      },
      ...(row.policy ? { RepositoryPolicyText: JSON.parse(row.policy) } : {}),
      ...(row.lifecyclePolicy ? { LifecyclePolicy: { LifecyclePolicyText: row.lifecyclePolicy.text } } : {}),
      Tags: row.tags,
    };
  },
};

const attributesOf = (call: Call, name: string): Properties => ({
  Arn: repositoryArn(call, name),
  RepositoryUri: repositoryUri(call, name),
});

const scansOf = (properties: Properties): boolean =>
  String(properties.ImageScanningConfiguration?.ScanOnPush) === 'true';

function mutabilityOf({ ImageTagMutability, ImageTagMutabilityExclusionFilters = [] }: Properties) {
  const filters = ImageTagMutabilityExclusionFilters as Properties[];
  return {
    imageTagMutability: ImageTagMutability ?? 'MUTABLE',
    ...(filters.length > 0
      ? {
          imageTagMutabilityExclusionFilters: filters.map((filter) => ({
            filterType: 'WILDCARD' as const,
            filter: filter.ImageTagMutabilityExclusionFilterValue as string,
          })),
        }
      : {}),
  };
}

async function putPolicies(repositoryName: string, properties: Properties, call: Call): Promise<void> {
  const { RepositoryPolicyText: policy, LifecyclePolicy } = properties;
  if (policy) {
    const policyText = typeof policy === 'string' ? policy : JSON.stringify(policy);
    await setRepositoryPolicy({ repositoryName, policyText }, call);
  }
  const lifecyclePolicyText: string | undefined = LifecyclePolicy?.LifecyclePolicyText;
  if (lifecyclePolicyText) await putLifecyclePolicy({ repositoryName, lifecyclePolicyText }, call);
}

function tagsFor({ Tags = [] }: Properties, { tags }: ResourceContext): { Key: string; Value: string }[] {
  const own = Tags as { Key: string; Value: string }[];
  return [...new Map([...tags, ...own].map((tag) => [tag.Key, tag])).values()];
}

async function setTags(call: Call, name: string, tags: { Key: string; Value: string }[]): Promise<void> {
  const resourceArn = repositoryArn(call, name);
  const { tags: before = [] } = await listTagsForResource({ resourceArn }, call);
  const gone = before.map(({ Key }) => Key!).filter((key) => !tags.some(({ Key }) => Key === key));
  await untagResource({ resourceArn, tagKeys: gone }, call);
  await tagResource({ resourceArn, tags }, call);
}
