import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { grantQuota } from '../servicequotas/state.ts';
import { ARN, open, ROLE, zip } from './lambda-scene.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/lambda_/test_lambda_api.py). */
const CONFIGURATION = {
  Architectures: ['x86_64'],
  CodeSha256: expect.any(String),
  CodeSize: expect.any(Number),
  Description: '',
  EphemeralStorage: { Size: 512 },
  FunctionArn: ARN,
  FunctionName: 'f',
  Handler: 'index.handler',
  LastModified: expect.stringMatching(/^\d{4}-.*\+0000$/),
  LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f' },
  MemorySize: 128,
  PackageType: 'Zip',
  RevisionId: expect.any(String),
  Role: ROLE,
  Runtime: 'nodejs24.x',
  RuntimeVersionConfig: { RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:/) },
  SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
  Version: '$LATEST',
};
const READY = { State: 'Active', LastUpdateStatus: 'Successful' };
const CHANGING = {
  State: 'Active',
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: 'The function is being created.',
  LastUpdateStatusReasonCode: 'Creating',
};

describe('equal: functions', () => {
  it('test_function_lifecycle', async () => {
    const { sandbox, lambda, create, configuration } = await open();
    // Between two calls nothing gets ready by itself.
    sandbox.world.pause();
    expect(await answerOf(create())).toEqual({
      ...CONFIGURATION,
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
    });
    await sandbox.settle();
    expect(await answerOf(lambda.send(new GetFunctionCommand({ FunctionName: ARN })))).toEqual({
      Code: { RepositoryType: 'S3', Location: expect.any(String) },
      Configuration: { ...CONFIGURATION, ...READY },
    });
    const changed = { Description: 'changed', MemorySize: 512, Timeout: 10, Environment: { Variables: { A: 'a' } } };
    const update = new UpdateFunctionConfigurationCommand({
      FunctionName: 'f',
      ...changed,
      Environment: { Variables: { AA: 'a' } },
    });
    expect(await answerOf(lambda.send(update))).toEqual({
      ...CONFIGURATION,
      ...changed,
      Environment: { Variables: { AA: 'a' } },
      ...CHANGING,
    });
    expect(await answerOf(lambda.send(update))).toEqual(
      refusal(
        'ResourceConflictException',
        `The operation cannot be performed at this time. An update is in progress for resource: ${ARN}`,
        409,
      ),
    );
    await sandbox.settle();
    const code = new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: zip('exports.handler = () => 1') });
    expect(await answerOf(lambda.send(code))).toMatchObject(CHANGING);
    await sandbox.settle();
    expect(await configuration()).toMatchObject(READY);
    expect(await answerOf(lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' })))).toEqual({ StatusCode: 204 });
    expect(await configuration()).toEqual(refusal('ResourceNotFoundException', `Function not found: ${ARN}`, 404));
  });

  it('test_ops_with_arn_qualifier_mismatch, test_ops_on_nonexisting_version, test_ops_on_nonexisting_fn, test_get_function_wrong_region', async () => {
    const { lambda, made } = await open();
    const get = (FunctionName: string, Qualifier?: string) =>
      answerOf(lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier })));
    const mismatch = 'The derived qualifier from the function name does not match the specified qualifier.';
    expect(await get(`${ARN}:1`, '$LATEST')).toEqual(refusal('InvalidParameterValueException', mismatch));
    expect(await get(`${ARN}:$LATEST`, '$LATEST')).toEqual(
      refusal('ResourceNotFoundException', `Function not found: ${ARN}:$LATEST`, 404),
    );
    expect(await answerOf(lambda.send(new DeleteFunctionCommand({ FunctionName: ARN, Qualifier: '$LATEST' })))).toEqual(
      refusal('InvalidParameterValueException', '$LATEST version cannot be deleted without deleting the function.'),
    );
    expect(await answerOf(lambda.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '7' })))).toEqual(
      refusal('ResourceNotFoundException', `Function not found: ${ARN}`, 404),
    );
    expect(await get(ARN.replace('us-east-1', 'eu-west-1'))).toEqual(
      refusal(
        'ResourceNotFoundException',
        "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
        404,
      ),
    );
    expect(await answerOf(lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'f' })))).toEqual(
      refusal('ResourceNotFoundException', 'The resource you requested does not exist.', 404),
    );
    await made();
    expect(await get('f', '1221')).toEqual(
      refusal('ResourceNotFoundException', `Function not found: ${ARN}:1221`, 404),
    );
  });

  it('test_function_name_and_qualifier_validation[…], the cases of get_function and create_function', async () => {
    const { lambda, create } = await open();
    const get = async (FunctionName: string, Qualifier?: string) =>
      answerOf(lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier })));
    const name =
      '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?';
    const wrong = (value: string, member: string, constraint: string) =>
      refusal(
        'ValidationException',
        `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
      );
    const pattern = `Member must satisfy regular expression pattern: ${name}([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`;
    for (const value of [
      '*',
      'my-function!',
      'invalid-account:function:my-function',
      'arn:aws:lambda:invalid-region:111111111111:function:my-function',
      'arn:aws:ec2:us-east-1:111111111111:instance:i-1234567890abcdef0',
      'arn:aws:lambda:us-east-1:111111111111:function:my-function:1:2',
    ])
      expect(await get(value)).toEqual(wrong(value, 'functionName', pattern));
    expect(await get('my-function', 'invalid!')).toEqual(
      wrong(
        'invalid!',
        'qualifier',
        'Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+',
      ),
    );
    expect(await get('my-function', 'a'.repeat(129))).toEqual(
      wrong('a'.repeat(129), 'qualifier', 'Member must have length less than or equal to 128'),
    );
    expect(await get('a'.repeat(65))).toEqual(
      refusal('ResourceNotFoundException', `Function not found: ${ARN.slice(0, -1)}${'a'.repeat(65)}`, 404),
    );
    const long = 'a'.repeat(65);
    expect(await answerOf(create({ FunctionName: long }))).toEqual(
      refusal(
        'InvalidParameterValueException',
        `1 validation error detected: Value '${long}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
      ),
    );
    expect(await answerOf(create({ FunctionName: '*' }))).toEqual(
      wrong(
        '*',
        'functionName',
        `Member must satisfy regular expression pattern: ${name}([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
      ),
    );
  });

  it('test_create_lambda_exceptions, test_lambda_code_location_s3_errors, test_large_environment_variables_fails, test_tag_limits', async () => {
    const { refused } = await open();
    const constraint = (value: string, member: string, what: string) =>
      refusal(
        'ValidationException',
        `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${what}`,
      );
    const invalid = (message: string) => refusal('InvalidParameterValueException', message);
    expect(await refused({ Role: 'r1' })).toEqual(
      constraint(
        'r1',
        'role',
        'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
      ),
    );
    const runtimes =
      'nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2';
    expect(await refused({ Runtime: 'PYTHON3.9' as never })).toEqual(
      invalid(
        `Value PYTHON3.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${runtimes}] or be a valid ARN`,
      ),
    );
    expect(await refused({ Architectures: ['x86_64', 'arm64'] })).toEqual(
      constraint('[x86_64, arm64]', 'architectures', 'Member must have length less than or equal to 1'),
    );
    expect(await refused({ Architectures: ['X86_64' as never] })).toEqual(
      constraint(
        '[X86_64]',
        'architectures',
        'Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
      ),
    );
    expect(await refused({ Code: { ZipFile: Buffer.from('no archive') } })).toEqual(
      invalid('Could not unzip uploaded file. Please check your file, then try to upload again.'),
    );
    expect(await refused({ Code: { S3Bucket: 'none', S3Key: 'k' } })).toEqual(
      invalid(
        'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
      ),
    );
    const LARGE_VAR = 'x'.repeat(4_100);
    expect(await refused({ Environment: { Variables: { LARGE_VAR } } })).toEqual(
      invalid(
        `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: {"LARGE_VAR":"${LARGE_VAR}"}`,
      ),
    );
    const Tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']));
    expect(await refused({ Tags })).toEqual(invalid('Number of tags exceeds resource tag limit.'));
  });

  it('test_version_lifecycle, test_publish_with_wrong_revisionid, test_publish_with_wrong_sha256, test_publish_version_on_create', async () => {
    const { sandbox, lambda, made } = await open();
    const first = await made({ Publish: true, Description: 'one' });
    expect(first).toMatchObject({ Version: '1', FunctionArn: `${ARN}:1`, State: 'Pending' });
    const publish = (more: object = {}) =>
      answerOf(lambda.send(new PublishVersionCommand({ FunctionName: 'f', ...more })));
    expect(await publish()).toMatchObject({ Version: '1', State: 'Active', LastUpdateStatus: 'Successful' });
    expect(await publish({ RevisionId: 'wrong' })).toEqual(
      refusal(
        'PreconditionFailedException',
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
        412,
      ),
    );
    expect(await publish({ CodeSha256: 'none' })).toEqual(
      refusal(
        'InvalidParameterValueException',
        `CodeSHA256 (none) is different from current CodeSHA256 in $LATEST (${first.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      ),
    );
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Description: 'two' }));
    await sandbox.settle();
    expect(await publish()).toMatchObject({ Version: '2', Description: 'two' });
    expect(await publish({ Description: 'ignored' })).toMatchObject({ Version: '2', Description: 'two' });
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '1' }));
    const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'f' }));
    expect(Versions!.map(({ Version, FunctionArn, State }) => [Version, FunctionArn, State])).toEqual([
      ['$LATEST', `${ARN}:$LATEST`, undefined],
      ['2', `${ARN}:2`, undefined],
    ]);
  });

  it('test_list_functions', async () => {
    const { lambda, made } = await open();
    await made({ Publish: true });
    await made({ FunctionName: 'g' });
    const list = (FunctionVersion?: string) =>
      answerOf(lambda.send(new ListFunctionsCommand({ FunctionVersion: FunctionVersion as never })));
    expect(await list('invalid')).toEqual(
      refusal(
        'ValidationException',
        "1 validation error detected: Value 'invalid' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]",
      ),
    );
    const { RuntimeVersionConfig: _, ...listed } = CONFIGURATION;
    expect(await list()).toEqual({ Functions: [listed, expect.objectContaining({ FunctionName: 'g' })] });
    expect(
      ((await list('ALL')) as { Functions: { FunctionArn: string }[] }).Functions.map((f) => f.FunctionArn),
    ).toEqual(expect.arrayContaining([`${ARN}:$LATEST`, `${ARN}:1`]));
  });
});

describe('concurrency', () => {
  it('equal: test_function_concurrency, test_function_concurrency_exceptions, test_function_concurrency_limits, test_account_settings (F-100)', async () => {
    const { sandbox, lambda, made } = await open();
    const put = (ReservedConcurrentExecutions: number, FunctionName = 'f') =>
      answerOf(lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions })));
    const get = () => answerOf(lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'f' })));
    const below = (least: number) =>
      refusal(
        'InvalidParameterValueException',
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`,
      );
    expect(await put(1)).toEqual(refusal('ResourceNotFoundException', `Function not found: ${ARN}:$LATEST`, 404));
    await made();
    await made({ FunctionName: 'g' });
    expect(await put(0)).toEqual({ ReservedConcurrentExecutions: 0 });
    expect(await put(500, 'g')).toEqual({ ReservedConcurrentExecutions: 500 });
    expect(await put(401)).toEqual(below(100));
    expect(await put(400)).toEqual({ ReservedConcurrentExecutions: 400 });
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 100 });
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'f' }));
    expect(await get()).toEqual({});
    grantQuota(sandbox.scope, { service: 'lambda', code: 'L-B99A9384', value: 10 });
    expect(await put(1)).toEqual(below(10));
    expect(await put(1, `${ARN}:1`)).toEqual(
      refusal(
        'InvalidParameterValueException',
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
      ),
    );
  });
});

it('takes no role that Lambda cannot assume, no reserved variables, and no runtime of yesterday (F-104)', async () => {
  const { refused, lambda } = await open();
  expect(await refused({ Role: 'arn:aws:iam::000000000000:role/none' })).toEqual(
    refusal('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.'),
  );
  expect(await refused({ Environment: { Variables: { AWS_REGION: 'x' } } })).toEqual(
    refusal(
      'InvalidParameterValueException',
      'Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION',
    ),
  );
  expect(await refused({ Runtime: 'nodejs14.x' })).toMatchObject({
    refused: {
      message:
        'The runtime parameter of nodejs14.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.',
    },
  });
  expect(await refused({})).toMatchObject({ FunctionName: 'f' });
  expect(await refused({})).toEqual(refusal('ResourceConflictException', 'Function already exist: f', 409));
  const missing = new CreateFunctionCommand({ FunctionName: 'g', Role: ROLE, Code: { ZipFile: zip() } });
  expect(await answerOf(lambda.send(missing))).toMatchObject({ refused: { code: 'InvalidParameterValueException' } });
});
