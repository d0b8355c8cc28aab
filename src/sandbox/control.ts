import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { behave } from './behave.ts';
import type { BreakRequest } from './break/break-steps.ts';
import type { HttpRoute } from './kernel/http-route.ts';
import type { Sandbox } from './sandbox.ts';

export const CONTROL_PATH = '/_sandbox/';
export const TOKEN_HEADER = 'x-sandbox-token';

export interface ControlState {
  /** Real minutes without a request after which the server ends; 0: never. */
  idleMinutes: number;
}

/** What `platform sandbox` asks of its server. Every call needs the token that only the owner of the files can read. */
export function controlRoute(
  token: string,
  state: ControlState,
  parts: { sandbox: () => Sandbox; stop: () => void },
): HttpRoute {
  return async (request, response) => {
    const given = Buffer.from(String(request.headers[TOKEN_HEADER] ?? ''));
    const wanted = Buffer.from(token);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return answer(response, 403, {});
    const what = (request.url ?? '').slice(CONTROL_PATH.length);
    const body = request.method === 'POST' ? await jsonOf(request) : {};
    const sandbox = parts.sandbox();
    switch (`${request.method} ${what}`) {
      case 'GET status':
        return answer(response, 200, statusOf(sandbox, state));
      case 'POST configure':
        if (typeof body.speed === 'number') await sandbox.world.setSpeed(body.speed);
        if (body.speed === 'endless') await sandbox.world.setSpeed(Number.POSITIVE_INFINITY);
        if (typeof body.idleMinutes === 'number') state.idleMinutes = body.idleMinutes;
        return answer(response, 200, statusOf(sandbox, state));
      case 'POST advance':
        await sandbox.world.advance(Number(body.ms ?? 0));
        return answer(response, 200, statusOf(sandbox, state));
      case 'POST settle':
        await sandbox.world.settle();
        return answer(response, 200, statusOf(sandbox, state));
      case 'POST behave': {
        const wrong = await behave(sandbox.world, body);
        return wrong ? answer(response, 400, { message: wrong }) : answer(response, 200, statusOf(sandbox, state));
      }
      case 'POST reset':
        await sandbox.reset();
        return answer(response, 200, statusOf(sandbox, state));
      case 'POST break': {
        const { carryOut } = await import('./break/carry-out.ts');
        return answer(response, 200, await carryOut(sandbox, body as unknown as BreakRequest));
      }
      case 'POST mail': {
        const { allPosts } = await import('./services/sns/all-posts.ts');
        return answer(response, 200, { mail: allPosts(sandbox.world) });
      }
      case 'POST stop':
        answer(response, 200, {});
        return parts.stop();
      default:
        return answer(response, 404, {});
    }
  };
}

function statusOf(sandbox: Sandbox, { idleMinutes }: ControlState): object {
  return {
    pid: process.pid,
    port: sandbox.port,
    endpoint: sandbox.endpoint,
    speed: sandbox.world.speed,
    virtualMs: sandbox.world.clock.now(),
    busy: sandbox.world.busy,
    idleMinutes,
    calls: sandbox.calls.length,
    unknownOperations: [...new Set(sandbox.unknownOperations)],
    defects: sandbox.defects.map((error) => (error instanceof Error ? (error.stack ?? error.message) : String(error))),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function jsonOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>);
}
