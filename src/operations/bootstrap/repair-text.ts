import type { RepairOutcome } from './repair-bootstrap.ts';

/** The answer of `bootstrap repair`. */
export function repairText({ confirmations, dryRun, regions }: RepairOutcome): string {
  const lines = regions.map(({ actions, region, stack, version }) => {
    if (actions.length === 0)
      return `${region}: ${stack} is sound, version ${version ?? 'unknown'}: there is nothing to do`;
    if (dryRun) return `${region}: ${stack} would be repaired: ${actions.join(', ')}`;
    return `${region}: ${stack} is repaired (${actions.join(', ')}), version ${version ?? 'unknown'}, every part looked at again`;
  });
  return [
    ...lines,
    ...(dryRun && confirmations.length > 0
      ? [`It needs ${confirmations.map((one) => `--confirm ${one}`).join(' ')}`]
      : []),
  ].join('\n');
}
