import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';

/**
 * What does not answer because somebody, or its schedule, has stopped it: by component, with the reason and the way back.
 */
export function resting(
  { environment }: Pick<Session, 'environment'>,
  { paused, pausedFunctions }: Pick<EnvironmentState, 'paused' | 'pausedFunctions'>,
  counts: readonly { name: string; desired: number }[],
): Map<string, string> {
  const { apis } = environment.blocks;
  const wake = (name: string) => `platform resume ${name} ${environmentFlags(environment)}`;
  return new Map([
    ...counts
      .filter(({ desired }) => desired === 0)
      .map(({ name }) => [`services.${name}`, 'it runs no task: its scaling has it at 0'] as const),
    ...Object.keys(paused).map((name) => [`services.${name}`, `it is paused: ${wake(name)}`] as const),
    ...Object.entries(apis).flatMap(([name, { handler }]) => {
      const fn = handler.split('.')[1]!;
      return pausedFunctions[fn] ? [[`apis.${name}`, `its function ${fn} is paused: ${wake(fn)}`] as const] : [];
    }),
  ]);
}
