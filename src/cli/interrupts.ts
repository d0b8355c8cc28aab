import { inSamePlace } from '../domain/same-place.ts';
import { EXIT, PlatformError } from '../errors/platform-error.ts';
import type { Reporter } from '../io/reporter.ts';
import type { Sink, Surroundings } from '../io/surroundings.ts';
import type { CliContext } from './cli-context.ts';
import { onlyReads } from './only-reads.ts';
import { systemClock } from './system-clock.ts';

/** A sandbox answers at once; one that does not must not hold up whoever wants to leave. */
const PACE_MS = 1_000;

interface Interruptible {
  interruption: AbortController;
  /** As it is typed, without `platform`. */
  command: string;
  /** The command's own. */
  options: Readonly<Record<string, unknown>>;
}

/** The first Ctrl-C stops what can be stopped and says what goes on; the second leaves. Answers with what ends this. */
export function listenForInterrupts(
  surroundings: Pick<Surroundings, 'leave' | 'onInterrupt'> & { stderr: Pick<Sink, 'write'> },
  context: Pick<CliContext, 'end' | 'flags'> & { reporter: Pick<Reporter, 'note'> },
  { interruption, command, options }: Interruptible,
): () => void {
  const goesOn = () => !onlyReads(command, context.flags, options);
  let leaving = false;
  return surroundings.onInterrupt(() => {
    if (!interruption.signal.aborted) {
      context.reporter.note(
        `Stopping; Ctrl-C again leaves at once${goesOn() ? ', and what AWS has begun goes on' : ''}`,
      );
      interruption.abort(interrupted());
      return;
    }
    if (leaving) return;
    leaving = true;
    // `--speed` was for this command alone: without this the sandbox would keep it for the next ones.
    void Promise.race([context.end(), systemClock.sleep(PACE_MS)]).then(() => {
      const left = `Left. What AWS had begun goes on: ${inSamePlace(wayOn(command), context.flags)}`;
      surroundings.stderr.write(`${goesOn() ? left : 'Stopped'}\n`);
      surroundings.leave(goesOn() ? EXIT.pending : EXIT.declined);
    });
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
