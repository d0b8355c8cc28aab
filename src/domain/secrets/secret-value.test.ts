import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyMode, modeMismatch } from './key-mode.ts';
import { normalValue, type ValueType } from './secret-value.ts';

const rsa = () =>
  generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('a value is stored as it was meant (F-95)', () => {
  it.each<[ValueType, string, string, boolean]>([
    ['text', 'abc', 'abc', false],
    ['text', 'abc\n', 'abc', true],
    ['text', 'a\nb\r\n\n', 'a\nb', true],
    ['text', ' abc ', ' abc ', false],
    ['list', 'a,b', 'a,b', false],
    ['list', ' a, b ,,c ', 'a,b,c', true],
    ['url', 'https://a.example.com', 'https://a.example.com', false],
    ['url', ' https://a.example.com\n', 'https://a.example.com', true],
    ['pem', '', '', false],
  ])('%s %j (S3-33)', (type, text, value, changed) => {
    const normal = normalValue(type, text);
    expect(normal).toMatchObject({ value });
    expect(normal.problem).toBeUndefined();
    expect(normal.changes.length > 0).toBe(changed);
  });

  it('takes line ends off however many there are, and in between leaves them', () => {
    const text = `a${'\n'.repeat(60_000)}b`;
    expect(normalValue('text', `${text}\n`)).toMatchObject({ value: text });
  });

  it.each<[ValueType, string]>([
    ['url', 'example.com'],
    ['url', 'https://'],
    ['url', 'mailto:a@example.com'],
    ['url', 'https://a b'],
    ['list', ' , '],
    ['pem', 'abc'],
    ['pem', '-----BEGIN K-----\nabc'],
    ['pem', '-----BEGIN A-----\nAAAA\n-----END B-----'],
    ['pem', '-----BEGIN A-----\n!!!!\n-----END A-----'],
    ['pem', 'text -----BEGIN A-----\nAAAA\n-----END A-----'],
  ])('%s %j is refused (S3-28)', (type, text) => {
    expect(normalValue(type, text).problem).toEqual(expect.any(String));
  });

  it('doubts blanks and quotes that will be part of a value', () => {
    expect(normalValue('text', 'abc ').doubts).toEqual(['it begins or ends with a blank']);
    expect(normalValue('text', '"abc"').doubts).toEqual(['it has quotes around it that will be part of it']);
    expect(normalValue('text', '"').doubts).toEqual([]);
  });

  it('brings every way of writing a private key to the same lines (S3-32)', () => {
    const pem = rsa();
    const wanted = pem.trim();
    const ways = [
      pem,
      pem.replaceAll('\n', '\\n'),
      pem.replaceAll('\n', '\r\n'),
      pem.replaceAll('\n', '\\r\\n'),
      pem.replaceAll('\n', ' '),
      pem.replaceAll('\n', '\n   '),
      `\n\n${pem}\n\n`,
    ];
    for (const way of ways) expect(normalValue('pem', way).value).toBe(wanted);
    const encrypted = wanted.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n');
    expect(normalValue('pem', encrypted)).toMatchObject({ value: encrypted, changes: [] });
    expect(normalValue('pem', `${pem}${pem}`).value).toBe(`${wanted}\n${wanted}`);
  });

  it('is settled after the first time, and never told in what is said about it', () => {
    const types = fc.constantFrom<ValueType>('text', 'pem', 'list', 'url');
    fc.assert(
      fc.property(types, fc.oneof(fc.string(), fc.stringMatching(/^[-BEGIND \\nrA=\n]{0,60}$/)), (type, text) => {
        const { value, problem } = normalValue(type, text);
        if (problem === undefined) expect(normalValue(type, value)).toMatchObject({ value, changes: [] });
      }),
    );
    const canary = 'canary4711';
    for (const type of ['text', 'pem', 'list', 'url'] as const)
      for (const text of [canary, ` "${canary}"\n`, `${canary},,`, `-----BEGIN ${canary}-----`]) {
        const { value: _, ...said } = normalValue(type, text);
        expect(JSON.stringify(said)).not.toContain(canary);
      }
  });

  it.each(['-----BEGIN ', '-----BEGIN A-----', 'A: b\n', '-----BEGIN A-----\nA: '])('in time: %j', (part) => {
    const started = process.cpuUsage();
    normalValue('pem', part.repeat(65_536 / part.length));
    expect(process.cpuUsage(started).user).toBeLessThan(3_000_000);
  });
});

describe('a key for trying out is told from one for earnest (S3-22)', () => {
  it.each([
    ['sk_test_abc', 'test'],
    ['rk_live_abc', 'live'],
    ['pk_live_abc', 'live'],
    ['secret-test-abc', 'test'],
    ['project-live-abc', 'live'],
    ['public-token-test-abc', 'test'],
    ['whsec_abc', undefined],
    ['re_abc', undefined],
    ['contest_abc', undefined],
    ['', undefined],
  ])('%s', (value, mode) => expect(keyMode(value)).toBe(mode));

  it('by the kind of the environment', () => {
    expect(modeMismatch('sk_test_a', 'prod')).toContain('is a test key');
    expect(modeMismatch('sk_live_a', 'prod')).toBeUndefined();
    expect(modeMismatch('sk_live_a', 'dev')).toContain('is a live key');
    expect(modeMismatch('sk_test_a', 'staging')).toBeUndefined();
  });
});
