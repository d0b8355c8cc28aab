import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRoute } from '../../kernel/http-route.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { CALLBACK_PATH, type CustomResponse, callbacks, WAIT_HANDLE_PATH, waitHandles } from './callbacks.ts';
import { lookAgain, lookAtLeftover, lookAtRemoval } from './engine/schedule.ts';
import { leftoversOf, operations, resourcesOf, stacks } from './state.ts';

/** Where custom resources answer and wait conditions are signalled: addresses that CloudFormation gave away itself. */
export const callbackRoute: HttpRoute = async (request, response, { world }) => {
  const path = new URL(request.url ?? '/', 'http://sandbox').pathname;
  const token = path.slice(path.lastIndexOf('/') + 1);
  const body = await bodyOf(request);
  const known = await world.transaction(() =>
    path.startsWith(CALLBACK_PATH)
      ? takeResponse(world, token, body)
      : path.startsWith(WAIT_HANDLE_PATH) && takeSignal(world, token, body),
  );
  finish(response, known ? 200 : 404);
};

function takeResponse(world: World, token: string, body: string): boolean {
  const rows = callbacks.in({ world, account: '', region: '' });
  const row = rows.get(token);
  if (!row) return false;
  rows.update(token, (draft) => {
    draft.response = parse<CustomResponse>(body) ?? { Status: 'FAILED', Reason: 'Invalid response object' };
  });
  wake({ world, account: row.account, region: row.region }, row.stackId, row.logicalId);
  return true;
}

function takeSignal(world: World, token: string, body: string): boolean {
  const rows = waitHandles.in({ world, account: '', region: '' });
  const row = rows.get(token);
  const signal = parse<{ UniqueId?: string; Status?: string; Reason?: string; Data?: string }>(body);
  if (!row || !signal?.Status) return false;
  rows.update(token, ({ signals }) => {
    const UniqueId = signal.UniqueId ?? String(signals.length);
    if (!signals.some((known) => known.UniqueId === UniqueId))
      signals.push({ ...signal, UniqueId, Status: signal.Status! });
  });
  const scope = { world, account: row.account, region: row.region };
  for (const { id } of stacks.in(scope).values())
    for (const waiting of resourcesOf(scope, id).values())
      if (waiting.step?.state === 'running' && waiting.properties.Handle === row.handle)
        wake(scope, id, waiting.logicalId);
  return true;
}

/** The engine looks at the resource now instead of when its time is up; the later timer finds nothing to do. */
function wake(scope: Scope, stackId: string, logicalId: string): void {
  const operation = operations.in(scope).get(stackId);
  if (!operation) return;
  const timer = { stackId, operation: operation.id };
  for (const leftover of leftoversOf(scope, stackId).values())
    if (leftover.logicalId === logicalId && leftover.state === 'running')
      lookAtLeftover(scope, { ...timer, leftover: leftover.id, token: leftover.token!, done: false }, 0);
  const step = resourcesOf(scope, stackId).get(logicalId)?.step;
  if (step?.state !== 'running') return;
  if (step.action === 'delete') lookAtRemoval(scope, { ...timer, logicalId, token: step.token, done: false }, 0);
  else lookAgain(scope, { ...timer, logicalId, token: step.token }, 0);
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function finish(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
