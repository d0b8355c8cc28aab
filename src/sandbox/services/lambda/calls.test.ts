import { randomUUID } from 'node:crypto';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateAliasCommand,
  InvokeCommand,
  type InvokeCommandInput,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, open, zip } from './lambda-scene.ts';
import { writeZip } from './zip.ts';

async function scene(source: string | Record<string, string>, more: object = {}) {
  const opened = await open();
  const ZipFile = typeof source === 'string' ? zip(source) : writeZip(source);
  await opened.made({ Code: { ZipFile }, Timeout: 30, ...more });
  const call = async (event: unknown = {}, input: Partial<InvokeCommandInput> = {}) => {
    const answer = await opened.lambda.send(
      new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from(JSON.stringify(event)), ...input }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString('utf8');
    return { ...answer, payload: text === '' ? undefined : JSON.parse(text) };
  };
  const logged = async () => {
    const { events = [] } = await opened.sandbox
      .client(CloudWatchLogsClient)
      .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/f' }));
    return events.map(({ message = '' }) => message);
  };
  return { ...opened, call, logged };
}

it('runs a CommonJS handler for an event, tells it where it is, and writes its log', async () => {
  const { call, logged, sandbox } = await scene(
    `exports.handler = async (event, context) => {
      console.log('got', event, 'twice\\nlined');
      console.error('bad');
      return { event, id: context.awsRequestId, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() > 0,
        env: [process.env.AWS_REGION, process.env.GIVEN, process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.HOME === process.env.TMPDIR] };
    };`,
    { Environment: { Variables: { GIVEN: 'by me' } } },
  );
  const first = await call({ name: 'x' }, { LogType: 'Tail' });
  expect(first).toMatchObject({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    payload: { event: { name: 'x' }, arn: ARN, left: true, env: ['us-east-1', 'by me', 'f', true] },
  });
  expect(first.FunctionError).toBeUndefined();
  const id = first.payload.id as string;
  const lines = await logged();
  expect(lines[0]).toBe(`START RequestId: ${id} Version: $LATEST`);
  expect(lines[1]).toMatch(new RegExp(`^\\d{4}-\\S+Z\\t${id}\\tINFO\\tgot \\{ name: 'x' \\} twice\\nlined$`));
  expect(lines[2]).toMatch(/\tERROR\tbad$/);
  expect(lines[3]).toBe(`END RequestId: ${id}`);
  expect(lines[4]).toMatch(
    new RegExp(
      `^REPORT RequestId: ${id}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\\t$`,
    ),
  );
  expect(Buffer.from(first.LogResult!, 'base64').toString()).toContain(`END RequestId: ${id}`);
  const second = await call({ name: 'y' });
  expect(second.payload.event).toEqual({ name: 'y' });
  expect((await logged()).at(-1)).not.toContain('Init Duration');
  const { Datapoints } = await sandbox.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: 'f' }],
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 3_600_000),
      Period: 3_600,
      Statistics: ['Sum'],
    }),
  );
  expect(Datapoints!.reduce((sum, { Sum = 0 }) => sum + Sum, 0)).toBe(2);
});

it('runs ES modules, in folders, and keeps what a module remembers between calls', async () => {
  const { call } = await scene(
    {
      'dist/index.mjs': "import { next } from './count.mjs'; export const handler = async () => ({ count: next() });",
      'dist/count.mjs': 'let count = 0; export const next = () => (count += 1);',
    },
    { Handler: 'dist/index.handler' },
  );
  expect((await call()).payload).toEqual({ count: 1 });
  expect((await call()).payload).toEqual({ count: 2 });
});

it('says what a handler has thrown, and goes on with the same process', async () => {
  const { call, logged } = await scene(
    "exports.handler = async (event) => { if (event.bad) { class Odd extends Error { name = 'Odd'; } throw new Odd('boom'); } return process.pid; };",
  );
  const pid = (await call()).payload;
  expect(await call({ bad: true })).toMatchObject({
    StatusCode: 200,
    FunctionError: 'Unhandled',
    payload: { errorType: 'Odd', errorMessage: 'boom', trace: expect.arrayContaining(['Odd: boom']) },
  });
  expect(
    (await logged()).some((line) =>
      /\tERROR\tInvoke Error \t\{"errorType":"Odd","errorMessage":"boom","stack":/.test(line),
    ),
  ).toBe(true);
  expect((await call()).payload).toBe(pid);
});

it('says what went wrong before the handler was there', async () => {
  const { lambda, sandbox, call } = await scene("require('not-there'); exports.handler = async () => 1;");
  const change = async (source: string) => {
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: zip(source) }));
    await sandbox.settle();
    return call();
  };
  expect(await call()).toMatchObject({
    FunctionError: 'Unhandled',
    payload: {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringMatching(/^Error: Cannot find module 'not-there'\nRequire stack:/),
    },
  });
  expect((await change('exports.other = 1;')).payload).toMatchObject({
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: 'index.handler is undefined or not exported',
  });
  expect((await change('exports.handler = async () => {')).payload).toMatchObject({
    errorType: 'Runtime.UserCodeSyntaxError',
  });
  expect((await change("throw new Error('MISSING is not set');")).payload).toMatchObject({
    errorType: 'Error',
    errorMessage: 'MISSING is not set',
  });
});

it('ends a function that exits, runs out of time, or leaves a promise behind that fails, and starts it anew', async () => {
  const { call, logged, lambda, sandbox } = await scene(
    `exports.handler = (event) => {
      if (event.exit) process.exit(3);
      if (event.reject) { Promise.reject(new Error('left behind')); return new Promise(() => setTimeout(() => {}, 60000)); }
      if (event.wait) return new Promise((resolve) => setTimeout(resolve, 60000));
      return Promise.resolve('fine');
    };`,
  );
  expect((await call({ exit: true })).payload).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
  });
  expect((await call({ reject: true })).payload).toMatchObject({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: left behind',
  });
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 1 }));
  await sandbox.settle();
  expect(await call({ wait: true })).toMatchObject({
    FunctionError: 'Unhandled',
    payload: {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1.00 seconds$/),
    },
  });
  expect((await logged()).some((line) => line.includes('Task timed out after 1.00 seconds'))).toBe(true);
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 30 }));
  await sandbox.settle();
  expect((await call()).payload).toBe('fine');
});

it('gives a function keys of its role and the way to this sandbox, and nothing of the machine around it', async () => {
  const { call } = await scene(
    `const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts');
    exports.handler = async () => {
      const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
      return { Arn, names: Object.keys(process.env) };
    };`,
  );
  const { payload } = await call();
  expect(payload.Arn).toBe('arn:aws:sts::000000000000:assumed-role/r/f');
  const own = Object.keys(process.env).filter(
    (name) => !['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_PATH'].includes(name),
  );
  expect(payload.names.filter((name: string) => own.includes(name) && !name.startsWith('AWS_'))).toEqual([]);
});

it('refuses what is too large or no JSON, what is not there, and calls beyond the reserved concurrency', async () => {
  const { lambda, call } = await scene("exports.handler = async () => 'x'.repeat(6300000);");
  const raw = (Payload: Uint8Array, more: object = {}) =>
    answerOf(lambda.send(new InvokeCommand({ FunctionName: 'f', Payload, ...more })));
  expect(await raw(Buffer.from('{no'))).toMatchObject({
    refused: { code: 'InvalidRequestContentException', status: 400 },
  });
  expect(await raw(Buffer.from(`"${'x'.repeat(1_048_575)}"`), { InvocationType: 'Event' })).toEqual(
    refusal(
      'RequestTooLargeException',
      '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
      413,
    ),
  );
  expect((await call()).payload).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size (6300002 bytes) exceeded maximum allowed payload size (6291556 bytes).',
    trace: [],
  });
  expect(await raw(Buffer.from('{}'), { FunctionName: 'none' })).toEqual(
    refusal('ResourceNotFoundException', `Function not found: ${ARN.slice(0, -1)}none:$LATEST`, 404),
  );
  expect(await raw(Buffer.from('{}'), { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 0 }));
  expect(await raw(Buffer.from('{}'))).toEqual(refusal('TooManyRequestsException', 'Rate Exceeded.', 429));
});

it('shares the calls of an alias between two versions', async () => {
  const { sandbox, lambda, call } = await scene(
    'exports.handler = async () => process.env.AWS_LAMBDA_FUNCTION_VERSION;',
  );
  await lambda.send(new PublishVersionCommand({ FunctionName: 'f' }));
  const source = `exports.handler = async () => 'two ' + process.env.AWS_LAMBDA_FUNCTION_VERSION; // ${randomUUID()}`;
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: zip(source) }));
  await sandbox.settle();
  await lambda.send(new PublishVersionCommand({ FunctionName: 'f' }));
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } };
  await lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1', RoutingConfig }));
  const seen = new Set<string>();
  // By chance alone, sixty calls to one of two would be one in 10^18.
  for (let calls = 0; calls < 60 && seen.size < 2; calls += 1)
    seen.add((await call({}, { Qualifier: 'live' })).payload as string);
  expect([...seen].sort()).toEqual(['1', 'two 2']);
});

it('does not run what is not Node.js, and says so in the log', async () => {
  const { call, logged } = await scene('def handler(event, context): pass', { Runtime: 'python3.13' });
  expect(await call()).toMatchObject({ StatusCode: 200, payload: null });
  expect(await logged()).toEqual([expect.stringMatching(/^simulated: the sandbox does not run python3\.13/)]);
});
