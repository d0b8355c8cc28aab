import { randomBytes, randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { keyArn } from './find-key.ts';
import { aliases, type KeyRow, keys } from './state.ts';

/** The policy of a key that nobody gave one: the account decides through IAM. */
export const defaultPolicy = (account: string): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
    null,
    2,
  );

export function makeKey(scope: Scope, given: Partial<KeyRow>): KeyRow {
  const multiRegion = given.multiRegion ?? false;
  const id = multiRegion ? `mrk-${randomUUID().replaceAll('-', '')}` : randomUUID();
  return keys.in(scope).put(id, {
    id,
    arn: keyArn(scope, id),
    account: scope.account,
    createdAt: scope.world.clock.stamp(),
    description: '',
    state: 'Enabled',
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    manager: 'CUSTOMER',
    policy: defaultPolicy(scope.account),
    tags: [],
    material: randomBytes(32).toString('base64'),
    ...given,
    multiRegion,
  });
}

/** The key that a service uses when nobody names one, `alias/aws/s3` and the like: made when it is first needed. */
export function managedKey(scope: Scope, service: string, description: string): KeyRow {
  const name = `alias/aws/${service}`;
  const alias = aliases.in(scope).get(name);
  const known = alias && keys.in(scope).get(alias.keyId);
  if (known) return known;
  const key = makeKey(scope, { description, manager: 'AWS' });
  const now = scope.world.clock.stamp();
  aliases.in(scope).put(name, { name, keyId: key.id, createdAt: now, updatedAt: now });
  return key;
}
