import { EXIT, PlatformError } from '../errors/platform-error.ts';
import type { Reporter } from '../io/reporter.ts';
import type { Sink, Surroundings } from '../io/surroundings.ts';
import type { CliContext } from './cli-context.ts';
import { inSamePlace } from './same-place.ts';

/** The first Ctrl-C stops what can be stopped and says what goes on; the second leaves. Answers with what ends this. */
export function listenForInterrupts(
  surroundings: Pick<Surroundings, 'leave' | 'onInterrupt'> & { stderr: Pick<Sink, 'write'> },
  context: Pick<CliContext, 'close' | 'flags'> & { reporter: Pick<Reporter, 'note'> },
  { interruption, command }: { interruption: AbortController; command: string },
): () => void {
  return surroundings.onInterrupt(() => {
    if (!interruption.signal.aborted) {
      context.reporter.note('Stopping; Ctrl-C again leaves at once, and what AWS has begun goes on');
      interruption.abort(interrupted());
      return;
    }
    context.close();
    surroundings.stderr.write(`Left. What AWS had begun goes on: ${inSamePlace(wayOn(command), context.flags)}\n`);
    surroundings.leave(EXIT.pending);
  });
}

/** Only what deploys can be attached to: after anything else that would speak of the release before. */
function wayOn(command: string): string {
  if (['deploy', 'rollback'].includes(command)) return 'platform deploy --attach follows it';
  const isTakenUp = ['destroy', 'recover', 'rollback continue', 'bootstrap', 'bootstrap repair'].includes(command);
  return `platform status shows how things stand${isTakenUp ? `; platform ${command}, typed again, takes it up` : ''}`;
}

const interrupted = () =>
  new PlatformError({
    id: 'interrupted',
    kind: 'declined',
    message: 'Stopped at your request',
    remedy: 'platform status shows how things stand',
  });
