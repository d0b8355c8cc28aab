import { randomUUID } from 'node:crypto';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/secretsmanager/test_secretsmanager.py). Not
 * simulated: test_rotate_secret_with_lambda_success[True|None] and test_rotate_secret_multiple_times_with_lambda_success,
 * because no function runs.
 */
async function open() {
  const sandbox = await startSandbox();
  const sm = sandbox.client(SecretsManagerClient);
  const create = (Name = 'shop', SecretString: string | undefined = 'v1') =>
    sm.send(new CreateSecretCommand({ Name, ...(SecretString !== '' && { SecretString }) }));
  const put = (SecretString: string, VersionStages?: string[]) =>
    sm.send(new PutSecretValueCommand({ SecretId: 'shop', SecretString, VersionStages }));
  const get = (more: object = {}) => answerOf(sm.send(new GetSecretValueCommand({ SecretId: 'shop', ...more })));
  const move = (VersionStage: string, MoveToVersionId?: string, RemoveFromVersionId?: string) =>
    sm.send(
      new UpdateSecretVersionStageCommand({ SecretId: 'shop', VersionStage, MoveToVersionId, RemoveFromVersionId }),
    );
  const stages = async (IncludeDeprecated = false) => {
    const { Versions } = await sm.send(new ListSecretVersionIdsCommand({ SecretId: 'shop', IncludeDeprecated }));
    return Versions!.map(({ VersionId, VersionStages }) => [VersionId, ...(VersionStages ?? [])]);
  };
  const describeSecret = () => answerOf(sm.send(new DescribeSecretCommand({ SecretId: 'shop' })));
  return { sandbox, sm, create, put, get, move, stages, describeSecret };
}

const ARN = expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:shop-[A-Za-z0-9]{6}$/);
const DATE = expect.any(Date);
const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const MISSING = refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
const MARKED = refusal(
  'InvalidRequestException',
  "You can't perform this operation on the secret because it was marked for deletion.",
);
const noValue = (what: string) =>
  refusal('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);

describe('equal', () => {
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

  it.each([
    ['footest', 'updated1'],
    ['tops3cret', 'updated2'],
    ['\x00\x01\x02\xff', '\xfe\xfd'],
  ])('test_change_secret_value_after_creation[%j-%j], test_get_secret_value', async (put, update) => {
    const { sm, get } = await open();
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
    await sm.send(new CreateSecretCommand({ Name: 'shop', SecretBinary: bytes('initial') }));
    await sm.send(new PutSecretValueCommand({ SecretId: 'shop', SecretBinary: bytes(put) }));
    expect(await get()).toEqual({
      ARN,
      Name: 'shop',
      CreatedDate: DATE,
      SecretBinary: bytes(put),
      VersionId: UUID,
      VersionStages: ['AWSCURRENT'],
    });
    await sm.send(new UpdateSecretCommand({ SecretId: 'shop', SecretBinary: bytes(update) }));
    expect(await get()).toMatchObject({ SecretBinary: bytes(update) });
  });

  it('test_secret_tags', async () => {
    const { sm, create, describeSecret } = await open();
    await create('shop', '');
    const tags = async () => ((await describeSecret()) as { Tags?: unknown }).Tags;
    expect(await tags()).toBeUndefined();
    const tag = (Key: string) => sm.send(new TagResourceCommand({ SecretId: 'shop', Tags: [{ Key, Value: 'v' }] }));
    await tag('one');
    await tag('two');
    await sm.send(new UntagResourceCommand({ SecretId: 'shop', TagKeys: ['one'] }));
    expect(await tags()).toEqual([{ Key: 'two', Value: 'v' }]);
    await sm.send(new UntagResourceCommand({ SecretId: 'shop', TagKeys: ['two'] }));
    expect(await tags()).toEqual([]);
  });

  it('test_resource_policy', async () => {
    const { sm, create } = await open();
    await create();
    const ResourcePolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }],
    });
    const put = new PutResourcePolicyCommand({ SecretId: 'shop', ResourcePolicy });
    expect(await answerOf(sm.send(put))).toEqual({ ARN, Name: 'shop' });
    expect(await answerOf(sm.send(new GetResourcePolicyCommand({ SecretId: 'shop' })))).toEqual({
      ARN,
      Name: 'shop',
      ResourcePolicy,
    });
  });

  it('test_rotate_secret_invalid_lambda_arn, test_first_rotate_secret_with_missing_lambda_arn', async () => {
    const { sm, create, describeSecret } = await open();
    const { VersionId } = await create();
    const rotate = (more: object) => answerOf(sm.send(new RotateSecretCommand({ SecretId: 'shop', ...more })));
    expect(await rotate({ RotationLambdaARN: 'arn:aws:lambda:us-east-1:000000000000:function:none' })).toEqual(
      refusal(
        'AccessDeniedException',
        'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.',
      ),
    );
    expect(await rotate({ RotationRules: { AutomaticallyAfterDays: 1 } })).toEqual(
      refusal('InvalidRequestException', 'No Lambda rotation function ARN is associated with this secret.'),
    );
    expect(await describeSecret()).toEqual({
      ARN,
      Name: 'shop',
      CreatedDate: DATE,
      LastChangedDate: DATE,
      VersionIdsToStages: { [VersionId!]: ['AWSCURRENT'] },
    });
  });

  it.each([
    ['CreateSecret', 'InvalidRequestException', { Name: 'shop', SecretString: 'x' }],
    ['UpdateSecret', 'InvalidRequestException', { SecretId: 'shop', SecretString: 'x' }],
    ['PutSecretValue', 'InvalidRequestException', { SecretId: 'shop', SecretString: 'x' }],
    ['RotateSecret', 'InvalidParameterException', { SecretId: 'shop' }],
  ])('test_no_client_request_token[%s]', async (operation, code, input) => {
    const { sandbox } = await open();
    const answer = await fetch(sandbox.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `secretsmanager.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${sandbox.credentials.accessKeyId}/20260101/us-east-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      __type: code,
      Message: 'You must provide a ClientRequestToken value. We recommend a UUID-type value.',
    });
  });
});
