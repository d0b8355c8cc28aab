import type { CancelOutcome } from './cancel.ts';

/** What a cancellation says when everything has come to rest. */
export function cancelText({ environment, stacks, told, dryRun }: CancelOutcome): string {
  if (stacks.length === 0 && !told) return `Nothing is under way in ${environment}`;
  const lines = stacks.map(({ name, before, action, after }) =>
    dryRun
      ? `  ${name}  ${before}: ${action}`
      : `  ${name}  ${action}: ${before} → ${after ?? 'gone, as before its creation'}`,
  );
  return [
    dryRun ? `Would take back in ${environment}:` : `${environment} has come to rest:`,
    ...lines,
    ...(told ? [`  ${told} ${dryRun ? 'would be' : 'was'} told to stop`] : []),
  ].join('\n');
}
