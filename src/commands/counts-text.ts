import type { CountsOutcome } from '../operations/scale.ts';

/** What changes of counts say when they are done. */
export function countsText({ environment, services, unchanged, dryRun }: CountsOutcome, verb: string): string {
  const head =
    services.length === 0
      ? `Nothing was changed in ${environment}`
      : dryRun
        ? `Would change how many tasks run in ${environment}; nothing was changed`
        : `${verb} in ${environment}`;
  return [
    head,
    ...services.map(({ name, before, after, running, settled }) => {
      const bounds = after.min === null ? '' : `, between ${after.min} and ${after.max}`;
      return `  ${name}  ${before.desired} → ${after.desired} tasks${bounds}${settled ? `  ${running} running` : ''}`;
    }),
    ...unchanged.map(({ name, why }) => `  ${name}  ${why}`),
  ].join('\n');
}
