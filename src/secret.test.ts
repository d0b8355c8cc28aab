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
  const hidden = (text: string, ...values: string[]) =>
    Secret.hider(values.map((value, index) => new Secret(`S${index}`, value)))(text);
  expect(hidden('a canary-1, b canary-1', 'canary-1')).toBe('a [secret S0], b [secret S0]');
  expect(hidden('> second-line', 'first-line\nsecond-line\n')).toBe('> [secret S0]');
  expect(hidden('dev', 'dev')).toBe('dev');
});

it('takes out what is written otherwise, and the whole of one that begins as another', () => {
  const hidden = (text: string, ...values: string[]) =>
    Secret.hider(values.map((value, index) => new Secret(`S${index}`, value)))(text);
  expect(hidden('canary-1 and canary-1-more', 'canary-1', 'canary-1-more')).toBe('[secret S0] and [secret S1]');
  expect(hidden(String.raw`{"key":"can\"ary\nrest"}`, 'can"ary\nrest')).toBe('{"key":"[secret S0]"}');
  expect(hidden('?key=c%40nary%2F1', 'c@nary/1')).toBe('?key=[secret S0]');
  expect(hidden('half a pair: \ud800canary', '\ud800canary')).toBe('half a pair: [secret S0]');
});
