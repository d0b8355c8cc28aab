import type {
  CreateAliasCommandInput,
  DeleteAliasCommandInput,
  ListAliasesCommandInput,
  ListAliasesResponse,
  UpdateAliasCommandInput,
} from '@aws-sdk/client-kms';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { aliasMissing, pendingDeletion, validation } from '../faults.ts';
import { aliasArn, findKey } from '../find-key.ts';
import { aliases } from '../state.ts';
import { invalidMarker } from './key-reads.ts';

const NAME = /^alias\/[a-zA-Z0-9/_-]+$/;

function checkName(name: string | undefined): asserts name is string {
  if (name === undefined || !NAME.test(name))
    throw name?.startsWith('alias/')
      ? validation(
          `1 validation error detected: Value '${name}' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$`,
        )
      : new AwsFault('ValidationException', 'Invalid identifier');
  if (name.startsWith('alias/aws/')) throw new AwsFault('NotAuthorizedException', '');
}

export const createAlias: Operation<CreateAliasCommandInput, object> = (input, call) => {
  checkName(input.AliasName);
  const key = findKey(call, input.TargetKeyId);
  if (key.state === 'PendingDeletion') throw pendingDeletion(key.arn);
  if (aliases.in(call).has(input.AliasName))
    throw new AwsFault(
      'AlreadyExistsException',
      `An alias with the name ${aliasArn(call, input.AliasName)} already exists`,
    );
  const now = call.world.clock.stamp();
  aliases.in(call).put(input.AliasName, { name: input.AliasName, keyId: key.id, createdAt: now, updatedAt: now });
  return {};
};

export const updateAlias: Operation<UpdateAliasCommandInput, object> = (input, call) => {
  checkName(input.AliasName);
  if (!aliases.in(call).has(input.AliasName)) throw aliasMissing(aliasArn(call, input.AliasName));
  const key = findKey(call, input.TargetKeyId);
  aliases.in(call).update(input.AliasName, (draft) => {
    draft.keyId = key.id;
    draft.updatedAt = call.world.clock.stamp();
  });
  return {};
};

export const deleteAlias: Operation<DeleteAliasCommandInput, object> = (input, call) => {
  checkName(input.AliasName);
  if (!aliases.in(call).delete(input.AliasName)) throw aliasMissing(aliasArn(call, input.AliasName));
  return {};
};

export const listAliases: Operation<ListAliasesCommandInput, ListAliasesResponse> = (input, call) => {
  const keyId = input.KeyId === undefined ? undefined : findKey(call, input.KeyId).id;
  const all = aliases
    .in(call)
    .values()
    .filter((alias) => keyId === undefined || alias.keyId === keyId)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, next } = page(all, { size: input.Limit ?? 50, token: input.Marker, refuse: invalidMarker });
  return {
    Aliases: items.map((alias) => ({
      AliasName: alias.name,
      AliasArn: aliasArn(call, alias.name),
      TargetKeyId: alias.keyId,
      CreationDate: new Date(alias.createdAt),
      LastUpdatedDate: new Date(alias.updatedAt),
    })),
    Truncated: next !== undefined,
    ...(next === undefined ? {} : { NextMarker: next }),
  };
};
