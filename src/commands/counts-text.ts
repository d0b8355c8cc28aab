import type { CountsOutcome } from '../operations/scale.ts';

/** What changes of counts say when they are done. */
export function countsText(
  { environment, services, unchanged, dryRun }: CountsOutcome,
  verb: string,
  hint?: string,
): string {
  const head =
    services.length === 0
      ? unchanged.length === 0
        ? `No service runs in ${environment}: nothing was changed`
        : `Nothing was changed in ${environment}`
      : dryRun
        ? `Would change how many tasks run in ${environment}; nothing was changed`
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
    ...unchanged.map(({ name, why }) => `  ${name}  ${why}`),
  ].join('\n');
}
