import type {
  CancelKeyDeletionCommandInput,
  DisableKeyCommandInput,
  EnableKeyCommandInput,
  EnableKeyRotationCommandInput,
  GetKeyRotationStatusCommandInput,
  GetKeyRotationStatusResponse,
  PutKeyPolicyCommandInput,
  ScheduleKeyDeletionCommandInput,
  ScheduleKeyDeletionResponse,
  TagResourceCommandInput,
  UntagResourceCommandInput,
  UpdateKeyDescriptionCommandInput,
} from '@aws-sdk/client-kms';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation, Scope } from '../../../kernel/scope.ts';
import { pendingDeletion, validation } from '../faults.ts';
import { findKey } from '../find-key.ts';
import { aliases, type KeyRow, keys } from '../state.ts';
import { checkPolicy } from './create-key.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Changes a key of the caller's own that is not on its way out. */
function change(call: Call, keyId: string | undefined, edit: (draft: KeyRow) => void): KeyRow {
  const key = findKey(call, keyId);
  if (key.state === 'PendingDeletion') throw pendingDeletion(key.arn);
  return keys.in(call).update(key.id, edit);
}

export const enableKey: Operation<EnableKeyCommandInput, object> = (input, call) => {
  change(call, input.KeyId, (draft) => {
    draft.state = 'Enabled';
  });
  return {};
};

export const disableKey: Operation<DisableKeyCommandInput, object> = (input, call) => {
  change(call, input.KeyId, (draft) => {
    draft.state = 'Disabled';
  });
  return {};
};

export const updateKeyDescription: Operation<UpdateKeyDescriptionCommandInput, object> = (input, call) => {
  change(call, input.KeyId, (draft) => {
    draft.description = input.Description ?? '';
  });
  return {};
};

export const putKeyPolicy: Operation<PutKeyPolicyCommandInput, object> = (input, call) => {
  checkPolicy(input.Policy ?? '', input.BypassPolicyLockoutSafetyCheck ?? false, call.account);
  change(call, input.KeyId, (draft) => {
    draft.policy = input.Policy ?? '';
  });
  return {};
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
const ROTATION = { shortest: 90, longest: 2560, usual: 365 } as const;

export const enableKeyRotation: Operation<EnableKeyRotationCommandInput, object> = (input, call) => {
  const periodInDays = input.RotationPeriodInDays ?? ROTATION.usual;
  if (periodInDays < ROTATION.shortest || periodInDays > ROTATION.longest)
    throw validation(
      `1 validation error detected: Value '${periodInDays}' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value ${periodInDays < ROTATION.shortest ? `greater than or equal to ${ROTATION.shortest}` : `less than or equal to ${ROTATION.longest}`}`,
    );
  change(call, input.KeyId, (draft) => {
    if (draft.keySpec !== 'SYMMETRIC_DEFAULT') throw new AwsFault('UnsupportedOperationException', '');
    draft.rotation = { periodInDays };
  });
  return {};
};

export const disableKeyRotation: Operation<{ KeyId: string | undefined }, object> = (input, call) => {
  change(call, input.KeyId, (draft) => {
    delete draft.rotation;
  });
  return {};
};

export const getKeyRotationStatus: Operation<GetKeyRotationStatusCommandInput, GetKeyRotationStatusResponse> = (
  input,
  call,
) => {
  const { rotation, arn, createdAt } = findKey(call, input.KeyId);
  if (!rotation) return { KeyRotationEnabled: false, KeyId: arn };
  return {
    KeyRotationEnabled: true,
    KeyId: arn,
    RotationPeriodInDays: rotation.periodInDays,
    NextRotationDate: new Date(createdAt + rotation.periodInDays * DAY_MS),
  };
};

export const scheduleKeyDeletion: Operation<ScheduleKeyDeletionCommandInput, ScheduleKeyDeletionResponse> = (
  input,
  call,
) => {
  const windowInDays = input.PendingWindowInDays ?? 30;
  if (windowInDays < 7 || windowInDays > 30)
    throw validation(
      `1 validation error detected: Value '${windowInDays}' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value ${windowInDays < 7 ? 'greater than or equal to 7' : 'less than or equal to 30'}`,
    );
  const { id } = findKey(call, input.KeyId);
  const timerId = call.world.schedule(call, {
    afterMs: windowInDays * DAY_MS,
    kind: 'kms.delete-key',
    payload: { id },
    background: true,
  });
  const key = change(call, id, (draft) => {
    draft.state = 'PendingDeletion';
    draft.deletion = { timerId, windowInDays, dueAt: call.world.clock.stamp() + windowInDays * DAY_MS };
  });
  return {
    KeyId: key.arn,
    KeyState: 'PendingDeletion',
    DeletionDate: new Date(key.deletion!.dueAt),
    PendingWindowInDays: windowInDays,
  };
};

export const cancelKeyDeletion: Operation<CancelKeyDeletionCommandInput, object> = (input, call) => {
  const key = findKey(call, input.KeyId);
  if (key.state !== 'PendingDeletion')
    throw new AwsFault('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
  call.world.cancel(key.deletion!.timerId);
  keys.in(call).update(key.id, (draft) => {
    draft.state = 'Disabled';
    delete draft.deletion;
  });
  return { KeyId: key.arn };
};

/** The window is over: the key goes, and its aliases with it. */
export function deleteKey({ id }: { id: string }, scope: Scope): void {
  keys.in(scope).delete(id);
  for (const alias of aliases.in(scope).values()) if (alias.keyId === id) aliases.in(scope).delete(alias.name);
}

export const tagResource: Operation<TagResourceCommandInput, object> = (input, call) => {
  change(call, input.KeyId, (draft) => {
    for (const { TagKey = '', TagValue = '' } of input.Tags ?? []) {
      draft.tags = [...draft.tags.filter((tag) => tag.TagKey !== TagKey), { TagKey, TagValue }];
    }
  });
  return {};
};

export const untagResource: Operation<UntagResourceCommandInput, object> = (input, call) => {
  change(call, input.KeyId, (draft) => {
    draft.tags = draft.tags.filter(({ TagKey }) => !input.TagKeys?.includes(TagKey));
  });
  return {};
};
