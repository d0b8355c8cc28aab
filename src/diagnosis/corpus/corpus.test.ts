import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { FailureId } from '../../domain/failure-id.ts';
import { failure } from '../failures.ts';

/** Of the file as it was before the first classifier: it fails when anybody edits the file to suit the rules. */
const HOLD_OUT_SHA256 = '9dbd69a489cbbe8883708b3723396f22d284dc11eb607fcdfe30699d75a6140b';
const FILES = ['hold-out.yaml', 'messages.yaml'];
const CONTEXTS = [
  'stack-event',
  'stopped-reason',
  'container-log',
  'cli',
  'service-event',
  'target-health',
  'api-error',
];

interface Message {
  text: string;
  source: string;
  context: string;
  expected: FailureId[];
}

const contentOf = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');
const messagesOf = (file: string): Message[] => parse(contentOf(file));
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('the corpus of real messages (issue 4, section 6)', () => {
  it.each(FILES.flatMap((file) => messagesOf(file).map((message, index) => ({ file, index, ...message }))))(
    '$file $index says what stood where, who quotes it and what is behind it',
    ({ text, source, context, expected }) => {
      expect(text.trim()).not.toBe('');
      expect(new URL(source)).toMatchObject({ protocol: 'https:', username: '', search: '' });
      expect(CONTEXTS).toContain(context);
      expect(expected.map((id) => failure(id).id)).toEqual(expected);
      expect(new Set(expected).size).toBe(expected.length);
    },
  );

  it('has no message twice, and none that differs from another by space or case alone', () => {
    const texts = FILES.flatMap(messagesOf).map(({ text }) => text.replace(/\s+/g, ' ').trim().toLowerCase());
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  it('holds out 30 messages, chosen by their hash, in a file that nobody has edited', () => {
    const hashes = messagesOf('hold-out.yaml').map(({ text }) => sha256(text));
    expect(hashes).toHaveLength(30);
    expect(hashes).toEqual([...hashes].sort());
    expect(sha256(contentOf('hold-out.yaml'))).toBe(HOLD_OUT_SHA256);
  });

  it('has at least 100 messages, and look-alikes in both files', () => {
    expect(FILES.flatMap(messagesOf).length).toBeGreaterThanOrEqual(100);
    for (const file of FILES) expect(messagesOf(file).some(({ expected }) => expected.length === 0)).toBe(true);
  });
});
