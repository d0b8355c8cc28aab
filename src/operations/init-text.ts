import type { InitOutcome } from './init.ts';
import type { InitAnswers } from './init-files.ts';

/** What was written, and what to type next. */
export function initText({ files, dryRun }: InitOutcome, { environments, account, domain }: InitAnswers): string {
  const done = ({ action }: InitOutcome['files'][number]) =>
    dryRun && (action === 'created' || action === 'changed') ? `would be ${action}` : action;
  const width = Math.max(...files.map((file) => done(file).length));
  const changed = files.some(({ action }) => action === 'created' || action === 'changed');
  const examples = account === '000000000000' || domain.endsWith('.example.com');
  return [
    ...files.map((file) => `${done(file).padEnd(width)}  ${file.path}`),
    ...(dryRun ? ['Nothing was written'] : []),
    ...(changed && examples && environments.length > 0
      ? ['Lines with "change me" hold example values: enough for the sandbox, not for AWS']
      : []),
    ...(dryRun ? [] : ['Next: platform deploy --env sandbox']),
  ].join('\n');
}
