import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { judgeText } from './judge-text.ts';
import type { TextContext } from './text-rule.ts';

interface Message {
  text: string;
  source: string;
  context: TextContext;
  expected: string[];
}

const messages: Message[] = parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'diagnosis', 'corpus', 'messages.yaml'), 'utf8'),
);
const title = ({ text }: Message) => text.trim().replace(/\s+/g, ' ').slice(0, 90);

describe('real messages', () => {
  it.each(messages.map((message) => [title(message), message.expected.join(', ') || 'none', message] as const))(
    '%s: %s',
    (_title, _expected, { text, context, expected }) => {
      const answer = judgeText(text, context)[0]?.id;
      if (expected.length === 0) expect(answer).toBeUndefined();
      else expect(expected).toContain(answer);
    },
  );
});

it('answers texts of any kind and length', () => {
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(judgeText(text, 'container-log'))));
  expect(judgeText('x'.repeat(10_000_000), 'container-log')).toEqual([]);
  const words = 'already exists failed to resolve ref CannotPull unable to pull secrets '.repeat(200_000);
  expect(judgeText(`${words}\ndid not contain json key API_KEY`, 'stopped-reason')[0]?.id).toBe('F-44');
});

it('judges one long word as fast as many short ones', () => {
  const seconds = (text: string) => {
    const start = performance.now();
    for (let time = 0; time < 50; time += 1) judgeText(text, 'stack-event');
    return (performance.now() - start) / 1000;
  };
  const usual = seconds('a word '.repeat(2_000));
  expect(seconds('a'.repeat(16_000))).toBeLessThan(usual * 20 + 5);
});

it('names what a text is about', () => {
  const text =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key API_KEY';
  expect(judgeText(text, 'stopped-reason')).toEqual([{ id: 'F-44', open: false, named: { key: 'API_KEY' } }]);
});

it('F-71 and not F-71: a certificate that something still uses, and one that only is not there', () => {
  const first = (text: string) => judgeText(text, 'api-error')[0]?.id;
  const arn = 'arn:aws:acm:us-east-1:111111111111:certificate/1a2b';
  expect(first(`ResourceInUseException: Certificate ${arn} in account 111111111111 is in use.`)).toBe('F-71');
  expect(first(`ResourceNotFoundException: Could not find certificate ${arn}.`)).toBeUndefined();
  expect(first('ResourceInUseException: Table already exists: users')).not.toBe('F-71');
});

it('F-63 and not F-63: redirects without an end, and one that leads somewhere', () => {
  const first = (text: string) => judgeText(text, 'cli')[0]?.id;
  expect(first('curl: (47) Maximum (50) redirects followed')).toBe('F-63');
  expect(first('net::ERR_TOO_MANY_REDIRECTS')).toBe('F-63');
  expect(first('HTTP/1.1 301 Moved Permanently')).toBeUndefined();
});
