import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { type Handler, loadFunction } from './load-function.ts';
import type { FunctionError, InvokeMessage, RuntimeMessage } from './messages.ts';
import { awslambda } from './response-stream.ts';

/**
 * What stands in for Lambda's Node.js runtime: a program of its own that loads a handler and calls it for one event
 * after the other, as it is told by the sandbox that has started it.
 */

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_ANSWERED = 6_291_556;

const env = process.env;
const own = createRequire(import.meta.url);
let requestId = '';

const send = (message: RuntimeMessage): void => {
  process.send?.(message);
};
const rss = () => process.memoryUsage().rss;

// Whoever started this is gone: nobody will hear an answer.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

for (const level of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const)
  (console as unknown as Record<string, unknown>)[level] = (...words: unknown[]) =>
    send({ kind: 'log', level: level === 'log' ? 'INFO' : level.toUpperCase(), text: format(...words) });

// Lambda's runtime brings AWS's SDK along; here it is the sandbox's own that a function finds when it brings none.
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!/^@(?:aws-sdk|smithy)\//.test(specifier)) throw error;
      return { url: pathToFileURL(own.resolve(specifier)).href, shortCircuit: true };
    }
  },
});
(globalThis as Record<string, unknown>).awslambda = awslambda;

function shown(thrown: unknown): FunctionError {
  if (thrown instanceof Error)
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** What nobody caught ends the process, as it does at AWS; the sandbox sees to that. */
const fatal = (error: FunctionError) => send({ kind: 'failed', error, rss: rss(), fatal: true });
process.on('uncaughtException', (thrown) => fatal(shown(thrown)));
process.on('unhandledRejection', (reason) => {
  const { errorType, errorMessage, trace } = shown(reason);
  fatal({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: `${errorType}: ${errorMessage}`,
    ...(trace && { trace }),
  });
});

function contextOf(message: InvokeMessage, finish: (error: unknown, value?: unknown) => void) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: message.arn,
    awsRequestId: message.requestId,
    ...(message.clientContext !== undefined && { clientContext: message.clientContext }),
    getRemainingTimeInMillis: () => message.deadline - Date.now(),
    done: finish,
    fail: (error: unknown) => finish(error),
    succeed: (value: unknown) => finish(null, value),
  };
}

/** Callbacks are gone from the runtimes of Node.js 24 on: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
const takesCallbacks = !/nodejs(?:2[4-9]|[3-9]\d)\./.test(env.AWS_EXECUTION_ENV ?? '');

function call(handler: Handler, message: InvokeMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const finish = (error: unknown, value?: unknown) => (error ? reject(error) : resolve(value));
    const result = handler(JSON.parse(message.event), contextOf(message, finish), finish);
    if (typeof (result as Promise<unknown> | undefined)?.then === 'function')
      (result as Promise<unknown>).then(resolve, reject);
    else if (result !== undefined || !takesCallbacks || handler.length < 3) resolve(result);
  });
}

async function answer(handler: Handler, message: InvokeMessage): Promise<void> {
  requestId = message.requestId;
  try {
    const value = await call(handler, message);
    const body = stringified(value);
    if (Buffer.byteLength(body) > MOST_ANSWERED) {
      const errorMessage = `Response payload size (${Buffer.byteLength(body)} bytes) exceeded maximum allowed payload size (${MOST_ANSWERED} bytes).`;
      send({ kind: 'failed', error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage }, rss: rss() });
    } else send({ kind: 'done', body, rss: rss() });
  } catch (thrown) {
    if (requestId === message.requestId) send({ kind: 'failed', error: shown(thrown), rss: rss() });
  }
}

function stringified(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    throw Object.assign(new Error('Unable to stringify response body'), { name: 'Runtime.MarshalError' });
  }
}

try {
  const handler = await loadFunction(env.LAMBDA_TASK_ROOT!, env._HANDLER!);
  if (!takesCallbacks && handler.length >= 3)
    throw Object.assign(
      new Error(
        'Callback-based function handlers are no longer supported. Please use async/await or return a Promise.',
      ),
      { name: 'Runtime.CallbackHandlerDeprecated' },
    );
  process.on('message', (message: InvokeMessage) => void answer(handler, message));
  send({ kind: 'ready' });
} catch (thrown) {
  send({ kind: 'init-error', error: shown(thrown) });
}
