import { EXIT, PlatformError } from '../errors/platform-error.ts';
import type { Surroundings } from '../io/surroundings.ts';
import type { CliContext } from './cli-context.ts';
import { inSamePlace } from './same-place.ts';

/** The first Ctrl-C stops what can be stopped and says what goes on; the second leaves. Answers with what ends this. */
export function listenForInterrupts(
  surroundings: Surroundings,
  context: CliContext,
  interruption: AbortController,
): () => void {
  return surroundings.onInterrupt(() => {
    if (!interruption.signal.aborted) {
      context.reporter.note('Stopping; Ctrl-C again leaves at once, and what AWS has begun goes on');
      interruption.abort(interrupted());
      return;
    }
    context.close();
    surroundings.stderr.write(
      `Left. What AWS had begun goes on: ${inSamePlace('platform deploy --attach', context.flags)} follows it\n`,
    );
    surroundings.leave(EXIT.pending);
  });
}

const interrupted = () =>
  new PlatformError({
    id: 'interrupted',
    kind: 'declined',
    message: 'Stopped at your request',
    remedy: 'platform status shows how things stand',
  });
