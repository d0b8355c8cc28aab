import type { PausedAll } from '../operations/services/pause-all.ts';
import type { FunctionPace } from '../operations/services/pause-functions.ts';
import type { CountsOutcome } from '../operations/services/scale.ts';

/** What changes of counts say when they are done. */
export function countsText(
  { environment, services, functions = [], unchanged, dryRun }: CountsOutcome & Partial<Pick<PausedAll, 'functions'>>,
  verb: string,
  hint?: string,
): string {
  const head =
    services.length === 0 && functions.length === 0
      ? unchanged.length === 0
        ? `Nothing runs in ${environment}: nothing was changed`
        : `Nothing was changed in ${environment}`
      : dryRun
        ? `Would change what runs in ${environment}; nothing was changed`
        : `${verb} in ${environment}${hint === undefined ? '' : `: ${hint}`}`;
  return [
    head,
    ...services.map(({ name, before, after, running, settled }) => {
      const bounds =
        after.min === null
          ? ''
          : after.min === after.max
            ? `, exactly ${after.min}`
            : `, between ${after.min} and ${after.max}`;
      return `  ${name}  ${before.desired} → ${after.desired} tasks${bounds}${settled ? `  ${running} running` : ''}`;
    }),
    ...functions.map(({ name, before, after }) => `  ${name}  ${paceText(before)} → ${paceText(after)}`),
    ...unchanged.map(({ name, why }) => `  ${name}  ${why}`),
  ].join('\n');
}

const paceText = ({ concurrency, trigger }: FunctionPace): string =>
  [
    concurrency === 0 ? 'no invocations' : concurrency === null ? 'invocations' : `up to ${concurrency} invocations`,
    ...(trigger === null ? [] : [trigger ? 'started' : 'not started']),
  ].join(', ');
