import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SecretKey } from '../config/blocks/secret.ts';
import { parseDotenv } from '../domain/secrets/dotenv.ts';
import { envFileText } from './env-file-text.ts';
import type { KnownSecret } from './environment-secrets.ts';

const TEXT = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
const SPEC: fc.Arbitrary<SecretKey> = fc.record(
  {
    hint: TEXT,
    default: fc.oneof(TEXT, fc.constant('a\nINJECTED=1\n${bucket.media.name}')),
    pattern: TEXT,
    required: fc.boolean(),
    type: fc.constant('text' as const),
    phase: fc.constantFrom('before-deploy', 'after-deploy'),
    generate: fc.constant({ length: 20, alphabet: 'django' } as const),
  },
  { requiredKeys: ['required', 'type', 'phase'] },
);
const KEYS = fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/), SPEC, { maxKeys: 5 });
const BEFORE = fc.constantFrom(undefined, '', 'MINE=1', '# note\r\nMINE="a\r\nb"\r\n', '\uFEFFMINE=1\n');

const secret = (keys: Record<string, SecretKey>): KnownSecret => ({
  name: 'app',
  secretName: 'demo/dev/app',
  source: 'env-file',
  keys,
  usedBy: new Map(),
  usedWhole: [],
});

/** Known only when it speaks of nothing. */
const fill = (text: string) => (text.includes('${') ? undefined : text);

it('whatever is configured, the file can be read, has every key and nothing else, and is not written twice', () => {
  fc.assert(
    fc.property(KEYS, BEFORE, (keys, before) => {
      const write = (text: string | undefined) => {
        const present = new Set(parseDotenv(text ?? '').entries.map(({ key }) => key));
        return envFileText({ environment: 'dev', secrets: [secret(keys)], before: text, present, fill });
      };
      const first = write(before);
      const { entries, problems } = parseDotenv(first.text);
      expect(problems).toEqual([]);
      const mine = before ? ['MINE'] : [];
      expect(new Set(entries.map(({ key }) => key))).toEqual(new Set([...mine, ...Object.keys(keys)]));
      expect(first.text.startsWith(before ?? '')).toBe(true);
      expect(write(first.text)).toMatchObject({ text: first.text, added: new Set() });
    }),
  );
});
