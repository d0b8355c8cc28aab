import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { findSecret } from '../find-secret.ts';
import { deleteResourcePolicy, putResourcePolicy } from '../operations/secret-settings.ts';
import { secrets } from '../state.ts';

const inputOf = ({ ResourcePolicy, BlockPublicPolicy }: Record<string, unknown>, SecretId: string) => ({
  SecretId,
  ResourcePolicy: typeof ResourcePolicy === 'string' ? ResourcePolicy : JSON.stringify(ResourcePolicy),
  BlockPublicPolicy: String(BlockPublicPolicy) === 'true',
});

/** Its id is the secret's ARN (recording test_cfn_secret_policy). */
export const resourcePolicy: ResourceProvider = {
  create(properties, { call }) {
    const { ARN } = putResourcePolicy(inputOf(properties, properties.SecretId), call);
    return { status: 'done', physicalId: ARN };
  },
  update({ after, physicalId }, { call }) {
    putResourcePolicy(inputOf(after, physicalId), call);
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    if (secrets.in(call).has(physicalId) && !findSecret(physicalId, call).deletion)
      deleteResourcePolicy({ SecretId: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    const policy = secrets.in(call).get(physicalId)?.policy;
    return policy === undefined ? undefined : { ...properties, Id: physicalId, ResourcePolicy: JSON.parse(policy) };
  },
};
