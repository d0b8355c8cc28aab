import { randomBytes } from 'node:crypto';
import type {
  CreateAccessKeyCommandInput,
  CreateAccessKeyCommandOutput,
  DeleteAccessKeyCommandInput,
  ListAccessKeysCommandInput,
  UpdateAccessKeyCommandInput,
} from '@aws-sdk/client-iam';
import { accessKeys as issuedKeys } from '../../../kernel/access-keys.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { limitExceeded, noSuchEntity } from '../refusals.ts';
import { keyOf, users } from '../state.ts';
import { uniqueId } from '../unique-id.ts';
import { userNamed } from './users.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const KEYS_PER_USER = 2;

export function createAccessKey(
  { UserName }: CreateAccessKeyCommandInput,
  call: Call,
): Answer<CreateAccessKeyCommandOutput> {
  const user = userNamed(UserName, call);
  if (user.accessKeys.length >= KEYS_PER_USER)
    throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`);
  const key = {
    id: uniqueId('accessKey'),
    secret: randomBytes(30).toString('base64'),
    status: 'Active' as const,
    created: call.world.clock.stamp(),
  };
  users.in(call).update(keyOf(user.name), (draft) => void draft.accessKeys.push(key));
  issuedKeys.in(call).put(key.id, { account: call.account, principal: user.arn, userId: user.id });
  return {
    AccessKey: {
      UserName: user.name,
      AccessKeyId: key.id,
      Status: key.status,
      SecretAccessKey: key.secret,
      CreateDate: new Date(key.created),
    },
  };
}

export function listAccessKeys({ UserName }: ListAccessKeysCommandInput, call: Call) {
  const { name, accessKeys } = userNamed(UserName, call);
  return {
    AccessKeyMetadata: accessKeys.map(({ id, status, created }) => ({
      UserName: name,
      AccessKeyId: id,
      Status: status,
      CreateDate: new Date(created),
    })),
    IsTruncated: false,
  };
}

const requireKey = (userName: string | undefined, id: string | undefined, call: Call) => {
  const user = userNamed(userName, call);
  if (!user.accessKeys.some((key) => key.id === id))
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return user;
};

export function updateAccessKey({ UserName, AccessKeyId, Status }: UpdateAccessKeyCommandInput, call: Call) {
  const user = requireKey(UserName, AccessKeyId, call);
  users.in(call).update(keyOf(user.name), (draft) => {
    draft.accessKeys.find(({ id }) => id === AccessKeyId)!.status = Status === 'Active' ? 'Active' : 'Inactive';
  });
  return {};
}

export function deleteAccessKey({ UserName, AccessKeyId }: DeleteAccessKeyCommandInput, call: Call) {
  const user = requireKey(UserName, AccessKeyId, call);
  users.in(call).update(keyOf(user.name), (draft) => {
    draft.accessKeys = draft.accessKeys.filter(({ id }) => id !== AccessKeyId);
  });
  issuedKeys.in(call).delete(AccessKeyId ?? '');
  return {};
}
