import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, open } from './lambda-scene.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/lambda_/test_lambda_api.py). */
const invalid = (message: string) => refusal('InvalidParameterValueException', message);
const notFound = (message: string) => refusal('ResourceNotFoundException', message, 404);

async function twoVersions() {
  const scene = await open();
  const { sandbox, lambda, made } = scene;
  await made({ Publish: true });
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Description: 'two' }));
  await sandbox.settle();
  await lambda.send(new PublishVersionCommand({ FunctionName: 'f' }));
  const alias = (Name: string, FunctionVersion = '1', weights?: Record<string, number>, more: object = {}) =>
    answerOf(
      lambda.send(
        new CreateAliasCommand({
          FunctionName: 'f',
          Name,
          FunctionVersion,
          ...(weights && { RoutingConfig: { AdditionalVersionWeights: weights } }),
          ...more,
        }),
      ),
    );
  return { ...scene, alias };
}

describe('equal: aliases', () => {
  it('test_alias_lifecycle, test_non_existent_alias_deletion, test_non_existent_alias_update', async () => {
    const { lambda, alias } = await twoVersions();
    const shown = {
      AliasArn: `${ARN}:a`,
      Description: 'd',
      FunctionVersion: '1',
      Name: 'a',
      RevisionId: expect.any(String),
    };
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.2 } };
    expect(await alias('a', '1', { 2: 0.2 }, { Description: 'd' })).toEqual({ ...shown, RoutingConfig });
    expect(await alias('b', '2')).toMatchObject({ Description: '', FunctionVersion: '2' });
    const get = new GetFunctionCommand({ FunctionName: `${ARN}:a` });
    expect(await answerOf(lambda.send(get))).toMatchObject({
      Configuration: { FunctionArn: `${ARN}:a`, Version: '1' },
    });
    const update = (more: object) =>
      answerOf(lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'a', ...more })));
    expect(await update({ Description: 'd' })).toEqual({ ...shown, RoutingConfig });
    expect(await update({ RoutingConfig: { AdditionalVersionWeights: {} } })).toEqual(shown);
    const list = new ListAliasesCommand({ FunctionName: 'f', FunctionVersion: '1' });
    expect(await answerOf(lambda.send(list))).toEqual({ Aliases: [shown] });
    expect(await update({ Name: 'none' })).toEqual(notFound(`Alias not found: ${ARN}:none`));
    expect(await answerOf(lambda.send(new DeleteAliasCommand({ FunctionName: 'f', Name: 'none' })))).toEqual({});
    expect(await answerOf(lambda.send(new DeleteAliasCommand({ FunctionName: 'f', Name: 'a' })))).toEqual({});
    expect(await answerOf(lambda.send(get))).toEqual(notFound(`Function not found: ${ARN}:a`));
  });

  it('test_notfound_and_invalid_routingconfigs', async () => {
    const { lambda, alias } = await twoVersions();
    const weights = (value: string, constraint: string) =>
      refusal(
        'ValidationException',
        `1 validation error detected: Value '${value}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: ${constraint}`,
      );
    const range =
      'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]';
    expect(await alias('a', '1', { 1: 0.1, 2: 0.2 })).toEqual(
      invalid('Number of items in AdditionalVersionWeights cannot be greater than 1'),
    );
    expect(await alias('a', '1', { 2: 2 })).toEqual(weights('{2=2.0}', range));
    expect(await alias('a', '1', { 2: -1 })).toEqual(weights('{2=-1.0}', range));
    expect(await alias('a', '1', { 1: 0.5 })).toEqual(
      invalid('Invalid function version 1. Function version 1 is already included in routing configuration.'),
    );
    expect(await alias('a', '10')).toEqual(notFound(`Function not found: ${ARN}:10`));
    expect(await alias('a', '1', { 10: 0.5 })).toEqual(notFound(`Function not found: ${ARN}:10`));
    expect(await alias('a', '$LATEST', { 1: 0.5 })).toEqual(
      invalid('$LATEST is not supported for an alias pointing to more than 1 version'),
    );
    expect(await alias('a', '1', { $LATEST: 0.5 })).toEqual(
      weights(
        '{$LATEST=0.5}',
        'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]',
      ),
    );
    await alias('a', '$LATEST');
    expect(await alias('a')).toEqual(refusal('ResourceConflictException', `Alias already exists: ${ARN}:a`, 409));
    expect(await answerOf(lambda.send(new GetAliasCommand({ FunctionName: 'f', Name: 'b' })))).toEqual(
      notFound(`Cannot find alias arn: ${ARN}:b`),
    );
  });
});

describe('equal: permissions', () => {
  const S3 = { Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::b' };

  it('test_add_lambda_permission_aws, test_remove_multi_permissions, test_create_multiple_lambda_permissions, test_lambda_permission_revisions', async () => {
    const { lambda, made } = await open();
    await made();
    const add = (StatementId: string, more: Partial<AddPermissionCommandInput> = {}) =>
      answerOf(lambda.send(new AddPermissionCommand({ FunctionName: 'f', StatementId, ...S3, ...more })));
    const policy = async () => answerOf(lambda.send(new GetPolicyCommand({ FunctionName: 'f' })));
    const remove = (StatementId: string, more: object = {}) =>
      answerOf(lambda.send(new RemovePermissionCommand({ FunctionName: 'f', StatementId, ...more })));
    const statement = {
      Sid: 's3',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: ARN,
      Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::b' } },
    };
    expect(await add('s3')).toEqual({ Statement: JSON.stringify(statement) });
    await add('sqs');
    expect(await policy()).toEqual({
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Id: 'default',
        Statement: [statement, { ...statement, Sid: 'sqs' }],
      }),
      RevisionId: expect.any(String),
    });
    expect(await add('s3')).toEqual(
      refusal(
        'ResourceConflictException',
        'The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.',
        409,
      ),
    );
    const stale =
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id';
    expect(await add('x', { RevisionId: 'wrong' })).toEqual(refusal('PreconditionFailedException', stale, 412));
    expect(await remove('s3', { RevisionId: 'wrong' })).toEqual(refusal('PreconditionFailedException', stale, 412));
    expect(await remove('non-existent')).toEqual(notFound('Statement non-existent is not found in resource policy.'));
    expect(await remove('s3')).toEqual({});
    expect(await remove('sqs')).toEqual({});
    expect(await policy()).toEqual(notFound('The resource you requested does not exist.'));
  });

  it('test_permission_exceptions', async () => {
    const { lambda, made } = await open();
    const add = (more: Partial<AddPermissionCommandInput>) =>
      answerOf(lambda.send(new AddPermissionCommand({ FunctionName: 'f', StatementId: 's3', ...S3, ...more })));
    const remove = (more: object) =>
      answerOf(lambda.send(new RemovePermissionCommand({ FunctionName: 'f', StatementId: 's3', ...more })));
    expect(await add({})).toEqual(notFound(`Function not found: ${ARN}`));
    expect(await remove({})).toEqual(notFound(`No policy found for: ${ARN}`));
    await made();
    expect(await add({ StatementId: 'example.com' })).toEqual(
      refusal(
        'ValidationException',
        "1 validation error detected: Value 'example.com' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)",
      ),
    );
    expect(await add({ FunctionName: `${ARN}:a`, Qualifier: 'b' })).toEqual(
      invalid('The derived qualifier from the function name does not match the specified qualifier.'),
    );
    expect(await add({ Qualifier: '$LATEST' })).toEqual(
      invalid('We currently do not support adding policies for $LATEST.'),
    );
    expect(await add({ Principal: 'invalid.nonaws.com' })).toEqual(
      invalid('The provided principal was invalid. Please check the principal and try again.'),
    );
    expect(await remove({})).toEqual(notFound('No policy is associated with the given resource.'));
    expect(await add({ Qualifier: 'a' })).toEqual(notFound(`Cannot find alias arn: ${ARN}:a`));
    expect(await add({ Qualifier: '42' })).toEqual(notFound(`Function not found: ${ARN}:42`));
    expect(await add({ Qualifier: 'with-$-sign' })).toEqual(notFound(`Function not found: ${ARN}:with-$-sign`));
    expect(await remove({ Qualifier: 'a' })).toEqual(notFound(`Cannot find alias arn: ${ARN}:a`));
  });
});
