import {
  CreateSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, DATE, open, UUID } from './secret-scene.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/secretsmanager/test_secretsmanager.py). Not
 * simulated: test_rotate_secret_with_lambda_success[True|None] and test_rotate_secret_multiple_times_with_lambda_success,
 * because no function runs.
 */
describe('equal: values and settings', () => {
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
