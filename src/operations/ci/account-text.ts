import type { AccountOutcome } from './bring-account.ts';

export function accountText({
  action,
  provider,
  role,
  planRole,
  stack,
  dryRun,
  audienceAdded,
}: AccountOutcome): string {
  const done = { create: 'made', update: 'changed', none: 'as it is to be' }[action];
  return [
    `${stack} ${dryRun && action !== 'none' ? 'would be' : 'is'} ${done}`,
    provider === 'there'
      ? `the account's provider for GitHub was there already and is used${audienceAdded ? ', with sts.amazonaws.com added to its audiences' : ''}`
      : "the account's provider for GitHub belongs to it",
    `role-to-assume: ${role}`,
    `to plan with:   ${planRole}`,
  ].join('\n');
}
