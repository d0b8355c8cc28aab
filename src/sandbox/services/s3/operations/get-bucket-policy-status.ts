import type { GetBucketPolicyStatusCommandInput, GetBucketPolicyStatusOutput } from '@aws-sdk/client-s3';
import type { Operation } from '../../../kernel/scope.ts';
import { isPublic, policy } from '../bucket-configurations.ts';

export const getBucketPolicyStatus: Operation<GetBucketPolicyStatusCommandInput, GetBucketPolicyStatusOutput> = (
  input,
  call,
) => {
  const { Policy } = policy.get({ Bucket: input.Bucket }, call) as { Policy: string };
  const document = JSON.parse(Policy);
  return { PolicyStatus: { IsPublic: isPublic({ Statement: [document.Statement].flat() }) } };
};
