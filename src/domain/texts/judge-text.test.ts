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

it('names what a text is about', () => {
  const text =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key API_KEY';
  expect(judgeText(text, 'stopped-reason')).toEqual([{ id: 'F-44', open: false, named: { key: 'API_KEY' } }]);
});
