import { randomUUID } from 'node:crypto';
import { UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/answer-of.ts';
import { ARN, DATE, noValue, open, UUID } from './secret-scene.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/secretsmanager/test_secretsmanager.py). Not
 * simulated: test_rotate_secret_with_lambda_success[True|None] and test_rotate_secret_multiple_times_with_lambda_success,
 * because no function runs.
 */
describe('equal: versions', () => {
  it('test_put_secret_value_with_version_stages', async () => {
    const { create, put, get } = await open();
    await create();
    expect(await put('v2', ['SAMPLE1', 'SAMPLE0'])).toMatchObject({ VersionStages: ['SAMPLE0', 'SAMPLE1'] });
    expect(await put('v3', ['AWSPENDING'])).toMatchObject({ VersionStages: ['AWSPENDING'] });
    expect(await get()).toMatchObject({ SecretString: 'v1', VersionStages: ['AWSCURRENT'] });
    await put('v4');
    expect(await get()).toMatchObject({ SecretString: 'v4', VersionStages: ['AWSCURRENT'] });
  });

  it('test_update_secret_description, test_update_secret_version_stages_current_previous', async () => {
    const { sm, create, describeSecret } = await open();
    const { VersionId: first } = await create();
    await sm.send(new UpdateSecretCommand({ SecretId: 'shop', Description: 'one' }));
    expect(await describeSecret()).toMatchObject({
      Description: 'one',
      VersionIdsToStages: { [first!]: ['AWSCURRENT'] },
    });
    const { VersionId: second } = await sm.send(new UpdateSecretCommand({ SecretId: 'shop', SecretString: 'v2' }));
    const { VersionId: third } = await sm.send(new UpdateSecretCommand({ SecretId: 'shop', SecretString: 'v3' }));
    expect(await describeSecret()).toMatchObject({
      VersionIdsToStages: { [second!]: ['AWSPREVIOUS'], [third!]: ['AWSCURRENT'] },
    });
  });

  it('test_update_secret_version_stages_current_pending, …_return_type', async () => {
    const { create, put, move, stages } = await open();
    const { VersionId: v1 } = await create();
    const { VersionId: v2 } = await put('v2', ['AWSPENDING']);
    const { $metadata: _, ...moved } = await move('AWSCURRENT', v2, v1);
    expect(moved).toEqual({ ARN, Name: 'shop' });
    expect(await stages()).toEqual([
      [v1, 'AWSPREVIOUS'],
      [v2, 'AWSCURRENT', 'AWSPENDING'],
    ]);
    const { VersionId: v3 } = await put('v3');
    expect(await stages()).toEqual([
      [v2, 'AWSPREVIOUS'],
      [v3, 'AWSCURRENT'],
    ]);
  });

  it('test_update_secret_version_stages_current_pending_cycle', async () => {
    const { create, put, move, stages } = await open();
    const { VersionId: v1 } = await create();
    const { VersionId: v2 } = await put('v2', ['AWSPENDING']);
    await move('AWSCURRENT', v2, v1);
    const { VersionId: v3 } = await put('v3', ['AWSPENDING']);
    expect(await stages()).toEqual([
      [v1, 'AWSPREVIOUS'],
      [v2, 'AWSCURRENT'],
      [v3, 'AWSPENDING'],
    ]);
    await move('AWSCURRENT', v3, v2);
    expect(await stages()).toEqual([
      [v2, 'AWSPREVIOUS'],
      [v3, 'AWSCURRENT', 'AWSPENDING'],
    ]);
  });

  it('test_update_secret_version_stages_current_pending_cycle_custom_stages_1, …_2, …_3', async () => {
    const { create, put, move, stages } = await open();
    const { VersionId: v1 } = await create();
    const { VersionId: v2 } = await put('v2', ['AWSPENDING', 'PUT1']);
    await move('AWSCURRENT', v2, v1);
    const { VersionId: v3 } = await put('v3', ['AWSPENDING', 'PUT2']);
    await move('AWSCURRENT', v3, v2);
    expect(await stages()).toEqual([
      [v2, 'AWSPREVIOUS', 'PUT1'],
      [v3, 'AWSCURRENT', 'AWSPENDING', 'PUT2'],
    ]);
    await move('PUT2', undefined, v3);
    const { VersionId: v4 } = await put('v4', ['AWSCURRENT']);
    expect(await stages()).toEqual([
      [v2, 'PUT1'],
      [v3, 'AWSPREVIOUS'],
      [v4, 'AWSCURRENT'],
    ]);
  });

  it('test_non_versioning_version_stages_replacement, …_no_replacement', async () => {
    const { create, put, stages } = await open();
    const { VersionId: v1 } = await create();
    const { VersionId: v2 } = await put('v2', ['one', 'two', 'three']);
    const { VersionId: v3 } = await put('v3', ['one', 'two', 'four']);
    expect(await stages()).toEqual([
      [v1, 'AWSCURRENT'],
      [v2, 'three'],
      [v3, 'four', 'one', 'two'],
    ]);
  });

  it('test_deprecated_secret_version_stage', async () => {
    const { create, put, stages } = await open();
    const { VersionId: v1 } = await create();
    const { VersionId: v2 } = await put('v2');
    const { VersionId: v3 } = await put('v3');
    const live = [
      [v2, 'AWSPREVIOUS'],
      [v3, 'AWSCURRENT'],
    ];
    expect(await stages()).toEqual(live);
    expect(await stages(true)).toEqual([[v1], ...live]);
  });

  it('test_get_secret_value_errors, test_secret_version_not_found', async () => {
    const { create, put, get } = await open();
    const { VersionId: v1 } = await create();
    expect(await get({ VersionStage: 'AWSPREVIOUS' })).toEqual(noValue('staging label: AWSPREVIOUS'));
    await put('v2');
    expect(await get({ VersionId: v1, VersionStage: 'AWSCURRENT' })).toEqual(
      refusal(
        'InvalidRequestException',
        'You provided a VersionStage that is not associated to the provided VersionId.',
      ),
    );
    const unknown = randomUUID();
    expect(await get({ VersionId: unknown })).toEqual(noValue(`VersionId: ${unknown}`));
  });

  it('test_create_secret_version_from_empty_secret, test_secret_version_not_found (without a value)', async () => {
    const { create, put, get, describeSecret } = await open();
    const { $metadata: _, ...created } = await create('shop', '');
    expect(created).toEqual({ ARN, Name: 'shop' });
    expect(await describeSecret()).toEqual({ ARN, Name: 'shop', CreatedDate: DATE, LastChangedDate: DATE });
    expect(await get()).toEqual(noValue('staging label: AWSCURRENT'));
    expect(await put('v1')).toMatchObject({ VersionId: UUID, VersionStages: ['AWSCURRENT'] });
  });
});
