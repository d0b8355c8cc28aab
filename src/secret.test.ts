import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from './secret.ts';

it('shows its name wherever it is printed, and its value to nobody who did not ask for it', () => {
  const secret = new Secret('STRIPE_KEY', 'canary-4711');
  const printed = [
    `${secret}`,
    String([secret]),
    JSON.stringify({ secret }),
    inspect({ deep: { secret } }, { showHidden: true, depth: 9 }),
    format('%s %o %j', secret, secret, secret),
    new Error(`about ${secret}`).stack,
    JSON.stringify(Object.entries(secret)),
    JSON.stringify(structuredClone({ ...secret })),
  ].join('\n');
  expect(printed).toContain('[secret STRIPE_KEY]');
  expect(printed).not.toContain('canary');
  expect(secret.reveal()).toBe('canary-4711');
});

it('takes itself out of texts of others, each line of it too, and leaves what is only a word', () => {
  expect(new Secret('TOKEN', 'canary-1').hideIn('a canary-1, b canary-1')).toBe('a [secret TOKEN], b [secret TOKEN]');
  expect(new Secret('KEY', 'first-line\nsecond-line\n').hideIn('> second-line')).toBe('> [secret KEY]');
  expect(new Secret('MODE', 'dev').hideIn('dev')).toBe('dev');
});
