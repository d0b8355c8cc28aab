import type { LogLine } from '../tasks/follow-log.ts';
import type { OneOffOutcome } from '../tasks/run-one-off.ts';
import type { Recorder } from './recorder.ts';

const LINES_KEPT = 40;

/** Keeps how a task that runs once has ended, with its last lines. */
export function keepOneOff(
  recorder: Recorder | undefined,
  { component, command }: { component: string; command: readonly string[] },
  onLine: (line: LogLine) => void,
): { onLine: (line: LogLine) => void; ended: (outcome: OneOffOutcome) => void } {
  const lines: string[] = [];
  return {
    onLine: (line) => {
      lines.push(line.text);
      if (lines.length > LINES_KEPT) lines.shift();
      onLine(line);
    },
    ended: ({ task, end, exitCode, stoppedReason: reason }) =>
      recorder?.saw({ kind: 'one-off', component, command: command.join(' '), task, end, exitCode, reason, lines }),
  };
}
