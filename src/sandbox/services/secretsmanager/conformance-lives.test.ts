import {
  DeleteSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { DATE, MARKED, MISSING, open, UUID } from './secret-scene.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/secretsmanager/test_secretsmanager.py).
 * Rotations by functions are in rotation.test.ts.
 */
describe('equal: names and lives', () => {
  it.each(['s-c64bdc03', 'Valid/_+=.@-Name', 'Valid/_+=.@-Name-a1b2', 'Valid/_+=.@-Name-a1b2c3-'])(
    'test_create_and_update_secret[%s-True]',
    async (Name) => {
      const { sm, create } = await open();
      const { ARN: arn, VersionId } = await create(Name);
      const value = { ARN: arn, Name, CreatedDate: DATE, SecretString: 'v1', VersionId, VersionStages: ['AWSCURRENT'] };
      for (const SecretId of [Name, arn!, arn!.slice(0, -7)])
        expect(await answerOf(sm.send(new GetSecretValueCommand({ SecretId })))).toEqual(value);
      const { $metadata: _, ...updated } = await sm.send(
        new UpdateSecretCommand({ SecretId: Name, SecretString: 'v2' }),
      );
      expect(updated).toEqual({ ARN: arn, Name, VersionId: UUID });
    },
  );

  it('test_create_and_update_secret[Invalid/_+=.@-Name-a1b2c3-False]', async () => {
    const { sm, create } = await open();
    const { ARN: arn } = await create('Invalid/_+=.@-Name-a1b2c3');
    expect(await answerOf(sm.send(new GetSecretValueCommand({ SecretId: arn!.slice(0, -7) })))).toEqual(MISSING);
  });

  it.each(['Inv Name', ' Inv Name', ' Inv*Name? ', ' Inv *?!]Name\\-'])(
    'test_invalid_secret_name[%s]',
    async (name) => {
      const { create } = await open();
      expect(await answerOf(create(name))).toEqual(
        refusal(
          'ValidationException',
          'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
        ),
      );
    },
  );

  it('test_call_lists_secrets_multiple_times[_snapshots], test_create_multi_secrets[_snapshot]', async () => {
    const { sm, create } = await open();
    const made = [await create('a'), await create('b'), await create('c')];
    for (const _ of [1, 2])
      expect(await answerOf(sm.send(new ListSecretsCommand({})))).toEqual({
        SecretList: made.map(({ ARN: arn, Name, VersionId }) => ({
          ARN: arn,
          Name,
          CreatedDate: DATE,
          LastChangedDate: DATE,
          SecretVersionsToStages: { [VersionId!]: ['AWSCURRENT'] },
        })),
      });
  });

  it('test_can_recreate_delete_secret', async () => {
    const { sm, create } = await open();
    const first = await create();
    const force = new DeleteSecretCommand({ SecretId: 'shop', ForceDeleteWithoutRecovery: true });
    expect(await answerOf(sm.send(force))).toEqual({ ARN: first.ARN, Name: 'shop', DeletionDate: DATE });
    expect((await create()).ARN).not.toBe(first.ARN);
  });

  it('test_exp_raised_on_creation_of_secret_scheduled_for_deletion (F-91)', async () => {
    const { sm, create, get } = await open();
    await create();
    await sm.send(new DeleteSecretCommand({ SecretId: 'shop' }));
    expect(await answerOf(create())).toEqual(
      refusal(
        'InvalidRequestException',
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      ),
    );
    expect(await get()).toEqual(MARKED);
  });

  it('test_secret_exists_snapshots, test_secret_not_found (F-90)', async () => {
    const { sm, create, get } = await open();
    expect(await get()).toEqual(MISSING);
    expect(await answerOf(sm.send(new ListSecretVersionIdsCommand({ SecretId: 'shop' })))).toEqual(MISSING);
    await create();
    expect(await answerOf(create('shop', 'other'))).toEqual(
      refusal('ResourceExistsException', 'The operation failed because the secret shop already exists.'),
    );
  });

  it('test_secret_restore, test_force_delete_deleted_secret, test_tag_untag_resource_on_deleted_secret', async () => {
    const { sm, create, describeSecret } = await open();
    const { ARN: arn, VersionId } = await create();
    await sm.send(new DeleteSecretCommand({ SecretId: 'shop' }));
    expect(await describeSecret()).toEqual({
      ARN: arn,
      Name: 'shop',
      CreatedDate: DATE,
      DeletedDate: DATE,
      LastChangedDate: DATE,
      VersionIdsToStages: { [VersionId!]: ['AWSCURRENT'] },
    });
    const tag = new TagResourceCommand({ SecretId: 'shop', Tags: [{ Key: 'a', Value: 'b' }] });
    expect(await answerOf(sm.send(tag))).toEqual(MARKED);
    expect(await answerOf(sm.send(new UntagResourceCommand({ SecretId: 'shop', TagKeys: ['a'] })))).toEqual(MARKED);
    expect(await answerOf(sm.send(new RestoreSecretCommand({ SecretId: 'shop' })))).toEqual({ ARN: arn, Name: 'shop' });
    await sm.send(new DeleteSecretCommand({ SecretId: 'shop' }));
    const force = new DeleteSecretCommand({ SecretId: 'shop', ForceDeleteWithoutRecovery: true });
    expect(await answerOf(sm.send(force))).toEqual({ ARN: arn, Name: 'shop', DeletionDate: DATE });
    expect(await describeSecret()).toEqual(MISSING);
  });
});
