import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { policy } from '../bucket-configurations.ts';
import { bucketNamed } from '../state.ts';

const text = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document));

/** A bucket has one policy: a second resource for it is refused, as CloudFormation does since it checks for one. */
export const bucketPolicy: ResourceProvider = {
  async create({ Bucket, PolicyDocument }, { call }) {
    if (bucketNamed(call, Bucket)?.configurations.policy !== undefined)
      return {
        status: 'failed',
        reason: `The bucket policy already exists on bucket ${Bucket}.`,
        code: 'AlreadyExists',
      };
    await policy.put({ Bucket, Policy: text(PolicyDocument) } as { Bucket: string }, call);
    return { status: 'done', physicalId: Bucket };
  },

  async update({ after, physicalId }, { call }) {
    await policy.put({ Bucket: physicalId, Policy: text(after.PolicyDocument) } as { Bucket: string }, call);
    return { status: 'done', physicalId };
  },

  async delete(_properties, physicalId, { call }) {
    if (bucketNamed(call, physicalId)) await policy.remove({ Bucket: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const held = bucketNamed(call, physicalId)?.configurations.policy;
    return typeof held === 'string' ? { Bucket: physicalId, PolicyDocument: JSON.parse(held) } : undefined;
  },
};
