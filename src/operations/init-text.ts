import type { InitOutcome } from './init.ts';
import type { InitAnswers } from './init-files.ts';

/** What was written, and what to type next. */
export function initText({ files, dryRun }: InitOutcome, { environments, account, domain }: InitAnswers): string {
  const width = Math.max(...files.map(({ action }) => action.length));
  const changed = files.some(({ action }) => action === 'created' || action === 'changed');
  const examples = account === '000000000000' || domain.endsWith('.example.com');
  return [
    ...files.map(({ path, action }) => `${action.padEnd(width)}  ${path}`),
    ...(dryRun ? ['Nothing was written'] : []),
    ...(changed && examples && environments.length > 0
      ? ['Lines with "change me" hold example values: enough for the sandbox, not for AWS']
      : []),
    'Next: platform deploy --env sandbox',
  ].join('\n');
}
