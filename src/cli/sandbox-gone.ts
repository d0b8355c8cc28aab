import { join } from 'node:path';
import { PlatformError } from '../errors/platform-error.ts';
import type { CliContext } from './cli-context.ts';

/**
 * An endpoint that is refused says nothing to whoever rehearses: of theirs only the sandbox has one. What it is for is
 * known here and not in the gateways, which see an address.
 */
export async function namedForSandbox(thrown: unknown, context: CliContext): Promise<unknown> {
  if (!(thrown instanceof PlatformError) || thrown.id !== 'aws-unreachable') return thrown;
  const configured = await context.configured().catch(() => undefined);
  if (!configured?.environment.sandboxed) return thrown;
  return sandboxGone(join(configured.project.root, '.platform', 'sandbox', 'server.log'), thrown);
}

const sandboxGone = (log: string, cause: PlatformError) =>
  new PlatformError({
    id: 'sandbox-gone',
    kind: 'failed',
    message: 'The sandbox has ended while it was being asked: its server no longer answers',
    remedy: `run this again: the server starts anew, and what was under way in it goes on; ${log} holds what it said last`,
    cause,
  });
