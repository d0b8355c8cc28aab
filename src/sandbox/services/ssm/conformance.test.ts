import * as sdk from '@aws-sdk/client-ssm';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/refusal.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

// Titles name the recordings of the public LocalStack suite (`tests/aws/services/ssm/test_ssm.snapshot.json`) whose
// answers are expected; the cases are our own.

async function start() {
  const { client, scope } = await startSandbox({ account: '111111111111' });
  const ssm = client(SSMClient);
  const put = (Name: string, Value = 'v', more: Partial<sdk.PutParameterCommandInput> = {}) =>
    ssm.send(new sdk.PutParameterCommand({ Name, Value, Type: 'String', ...more }));
  const get = (Name: string, WithDecryption?: boolean) =>
    ssm.send(new sdk.GetParameterCommand({ Name, WithDecryption }));
  return { ssm, put, get, scope };
}

const ARN = 'arn:aws:ssm:us-east-1:111111111111:parameter';

describe('test_ssm.py::TestSSM', () => {
  it('test_get_parameter_by_arn', async () => {
    const { put, get } = await start();
    await put('plain', 'test');
    expect((await get(`${ARN}/plain`)).Parameter).toEqual({
      ARN: `${ARN}/plain`,
      DataType: 'text',
      LastModifiedDate: expect.any(Date),
      Name: 'plain',
      Type: 'String',
      Value: 'test',
      Version: 1,
    });
  });

  it('test_parameters_with_path', async () => {
    const { ssm, put, get } = await start();
    expect(await put('/a/b', '123')).toMatchObject({ Tier: 'Standard', Version: 1 });
    const parameter = { ARN: `${ARN}/a/b`, DataType: 'text', Name: '/a/b', Type: 'String', Value: '123', Version: 1 };
    expect((await get('/a/b')).Parameter).toMatchObject(parameter);
    expect((await get(`${ARN}/a/b`)).Parameter).toMatchObject(parameter);
    for (const name of ['/a/b', `${ARN}/a/b`])
      expect(await ssm.send(new sdk.GetParametersCommand({ Names: [name] }))).toMatchObject({
        InvalidParameters: [],
        Parameters: [parameter],
      });
  });
});

describe('ssm', () => {
  it('keeps versions, found by number and by label', async () => {
    const { ssm, put, get } = await start();
    await put('/x', 'one');
    expect(await refusal(put('/x', 'two'))).toMatchObject({
      status: 400,
      Code: 'ParameterAlreadyExists',
      Message:
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    });
    expect((await put('/x', 'two', { Overwrite: true, Type: undefined })).Version).toBe(2);
    await ssm.send(new sdk.LabelParameterVersionCommand({ Name: '/x', ParameterVersion: 1, Labels: ['old'] }));
    expect((await get('/x:1')).Parameter).toMatchObject({ Value: 'one', Selector: ':1' });
    expect((await get('/x:old')).Parameter).toMatchObject({ Value: 'one', Selector: ':old' });
    expect((await get('/x')).Parameter).toMatchObject({ Value: 'two', Version: 2 });
    expect(await refusal(get('/x:9'))).toMatchObject({
      Code: 'ParameterVersionNotFound',
      Message: 'Systems Manager could not find version 9 of /x. Verify the version and try again.',
    });
    const { Parameters } = await ssm.send(new sdk.GetParameterHistoryCommand({ Name: '/x' }));
    expect(Parameters?.map(({ Value, Labels }) => [Value, Labels])).toEqual([
      ['one', ['old']],
      ['two', []],
    ]);
    await ssm.send(new sdk.DeleteParameterCommand({ Name: '/x' }));
    expect(await refusal(get('/x'))).toMatchObject({ Code: 'ParameterNotFound' });
    expect(await refusal(ssm.send(new sdk.DeleteParameterCommand({ Name: '/x' })))).toMatchObject({
      Code: 'ParameterNotFound',
    });
  });

  it('shows a SecureString only to those who decrypt', async () => {
    const { put, get } = await start();
    await put('/secret', 'canary', { Type: 'SecureString' });
    expect((await get('/secret')).Parameter?.Value).not.toContain('canary');
    expect((await get('/secret', true)).Parameter?.Value).toBe('canary');
  });

  it('lists below a path, in pages', async () => {
    const { ssm, put } = await start();
    for (let at = 0; at < 12; at += 1) await put(`/app/p${String(at).padStart(2, '0')}`);
    await put('/app/deep/er');
    await put('/application');
    const list = (more: Partial<sdk.GetParametersByPathCommandInput> = {}) =>
      ssm.send(new sdk.GetParametersByPathCommand({ Path: '/app', ...more }));
    const first = await list();
    expect(first.Parameters).toHaveLength(10);
    expect((await list({ NextToken: first.NextToken })).Parameters).toHaveLength(2);
    const deep = await list({ Recursive: true, MaxResults: 1 });
    expect(deep.Parameters?.[0]?.Name).toBe('/app/deep/er');
    expect(await refusal(list({ MaxResults: 11 }))).toMatchObject({ Code: 'ValidationException' });
    const { Parameters } = await ssm.send(
      new sdk.DescribeParametersCommand({
        ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: ['/application'] }],
      }),
    );
    expect(Parameters?.map(({ Name }) => Name)).toEqual(['/application']);
  });

  it('refuses names and values that Parameter Store refuses', async () => {
    const { put } = await start();
    for (const [name, code] of [
      ['/aws/x', 'AccessDeniedException'],
      ['ssm-x', 'ValidationException'],
      ['a/b', 'ValidationException'],
      ['/a b', 'ValidationException'],
      [`/${'a/'.repeat(16)}b`, 'HierarchyLevelLimitExceededException'],
    ] as const)
      expect(await refusal(put(name))).toMatchObject({ Code: code });
    expect(await refusal(put('/x', 'x'.repeat(4097)))).toMatchObject({
      Message: expect.stringContaining(
        'Standard tier parameters support a maximum parameter value of 4096 characters.',
      ),
    });
    expect(await refusal(put('/x', ''))).toMatchObject({
      Message:
        "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
    expect(await refusal(put('/x', 'abc', { AllowedPattern: '\\d+' }))).toMatchObject({
      Code: 'ParameterPatternMismatchException',
    });
    expect(await refusal(put('/x', 'abc', { Type: undefined }))).toMatchObject({
      Message: 'A parameter type is required when you create a parameter.',
    });
  });
});
