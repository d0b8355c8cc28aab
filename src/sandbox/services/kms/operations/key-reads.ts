import type {
  DescribeKeyCommandInput,
  DescribeKeyResponse,
  GetKeyPolicyCommandInput,
  GetKeyPolicyResponse,
  ListKeysCommandInput,
  ListKeysResponse,
  ListResourceTagsCommandInput,
  ListResourceTagsResponse,
} from '@aws-sdk/client-kms';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { notFound } from '../faults.ts';
import { findKey } from '../find-key.ts';
import { managedKey } from '../make-key.ts';
import { keyMetadata } from '../metadata.ts';
import { keys } from '../state.ts';

export const invalidMarker = (): never => {
  throw new AwsFault('InvalidMarkerException', 'Could not deserialize marker');
};

export const describeKey: Operation<DescribeKeyCommandInput, DescribeKeyResponse> = (input, call) => {
  // Asking for a service's own key brings it into being: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
  const service = /(?:^|:)alias\/aws\/([a-z-]+)$/.exec(input.KeyId ?? '')?.[1];
  if (service !== undefined)
    return {
      KeyMetadata: keyMetadata(
        managedKey(call, service, `Default key that protects my ${service} data when no other key is defined`),
      ),
    };
  return { KeyMetadata: keyMetadata(findKey(call, input.KeyId)) };
};

export const listKeys: Operation<ListKeysCommandInput, ListKeysResponse> = (input, call) => {
  const { items, next } = page(keys.in(call).values(), {
    size: input.Limit ?? 100,
    token: input.Marker,
    refuse: invalidMarker,
  });
  return {
    Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })),
    Truncated: next !== undefined,
    ...(next === undefined ? {} : { NextMarker: next }),
  };
};

export const getKeyPolicy: Operation<GetKeyPolicyCommandInput, GetKeyPolicyResponse> = (input, call) => {
  const key = findKey(call, input.KeyId);
  if (input.PolicyName !== undefined && input.PolicyName !== 'default') throw notFound('No such policy exists');
  return { Policy: key.policy, PolicyName: 'default' };
};

export const listKeyPolicies: Operation = (input: { KeyId?: string }, call) => {
  findKey(call, input.KeyId);
  return { PolicyNames: ['default'], Truncated: false };
};

export const listResourceTags: Operation<ListResourceTagsCommandInput, ListResourceTagsResponse> = (input, call) => {
  const { items, next } = page(findKey(call, input.KeyId).tags, {
    size: input.Limit ?? 50,
    token: input.Marker,
    refuse: invalidMarker,
  });
  return { Tags: items, Truncated: next !== undefined, ...(next === undefined ? {} : { NextMarker: next }) };
};
