import type {
  DeleteResourcePolicyCommandInput,
  GetRandomPasswordCommandInput,
  GetResourcePolicyCommandInput,
  PutResourcePolicyCommandInput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-secrets-manager';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { findLiveSecret, findSecret } from '../find-secret.ts';
import { randomPassword } from '../random-password.ts';
import { type SecretRow, secrets } from '../state.ts';
import { mergeTags } from '../tags.ts';

const change = (row: SecretRow, call: Call, alter: (draft: SecretRow) => void) => {
  secrets.in(call).update(row.arn, alter);
  return { ARN: row.arn, Name: row.name };
};

export function tagResource({ SecretId, Tags = [] }: TagResourceCommandInput, call: Call): Record<string, never> {
  change(findLiveSecret(SecretId, call), call, (draft) => {
    draft.tags = mergeTags(draft.tags ?? [], Tags);
  });
  return {};
}

export function untagResource(
  { SecretId, TagKeys = [] }: UntagResourceCommandInput,
  call: Call,
): Record<string, never> {
  change(findLiveSecret(SecretId, call), call, (draft) => {
    draft.tags = (draft.tags ?? []).filter(({ Key }) => !TagKeys.includes(Key));
  });
  return {};
}

export function putResourcePolicy(input: PutResourcePolicyCommandInput, call: Call) {
  const { ResourcePolicy = '', BlockPublicPolicy = false } = input;
  const row = findLiveSecret(input.SecretId, call);
  const statements = statementsOf(ResourcePolicy);
  if (BlockPublicPolicy && statements.some(isPublic))
    throw new AwsFault('PublicPolicyException', 'You must not use a public policy: BlockPublicPolicy is set.');
  return change(row, call, (draft) => {
    draft.policy = ResourcePolicy;
  });
}

interface Statement {
  Effect?: string;
  Principal?: unknown;
  Condition?: unknown;
}

function statementsOf(policy: string): Statement[] {
  try {
    return [JSON.parse(policy).Statement].flat();
  } catch {
    throw new AwsFault('MalformedPolicyDocumentException', 'This resource policy contains invalid Json');
  }
}

const isPublic = ({ Effect, Principal, Condition }: Statement): boolean =>
  Effect === 'Allow' &&
  Condition === undefined &&
  (Principal === '*' || [(Principal as { AWS?: string | string[] } | undefined)?.AWS].flat().includes('*'));

export function getResourcePolicy({ SecretId }: GetResourcePolicyCommandInput, call: Call) {
  const { arn, name, policy } = findSecret(SecretId, call);
  return { ARN: arn, Name: name, ...(policy !== undefined && { ResourcePolicy: policy }) };
}

export const deleteResourcePolicy = ({ SecretId }: DeleteResourcePolicyCommandInput, call: Call) =>
  change(findLiveSecret(SecretId, call), call, (draft) => {
    delete draft.policy;
  });

export const getRandomPassword = (input: GetRandomPasswordCommandInput) => ({ RandomPassword: randomPassword(input) });
