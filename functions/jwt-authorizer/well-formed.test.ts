import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasDuplicateKeys } from './duplicate-keys.ts';
import { forge } from './testing/forge.ts';
import { isWellFormed } from './well-formed.ts';

describe('duplicate keys', () => {
  it('are in nothing that JSON.stringify writes', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => !hasDuplicateKeys(JSON.stringify(value))));
    fc.assert(fc.property(fc.jsonValue(), (value) => !hasDuplicateKeys(JSON.stringify(value, null, 2))));
  });

  it('are found in any object, however deep it lies and however they are spelled', () => {
    const escaped = (key: string) =>
      [...key].map((_, at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.jsonValue(), fc.nat(5), (key, value, depth) => {
        const inner = `{${JSON.stringify(key)}: ${JSON.stringify(value)}, "${escaped(key)}" : 1}`;
        return hasDuplicateKeys('[{"a":'.repeat(depth) + inner + '}]'.repeat(depth));
      }),
    );
  });

  it('are not the same name in two objects, nor a text that equals one', () => {
    expect(hasDuplicateKeys('{"a":{"a":"a"},"b":["a","a"],"c":"\\"a\\":"}')).toBe(false);
  });
});

describe('a token', () => {
  const header = { alg: 'HS256' };

  it('is well formed when its parts are, and no longer otherwise', () => {
    const token = forge(header, { sub: 'ü' });
    expect(isWellFormed(token, 8192)).toBe(true);
    expect(isWellFormed(token, token.length - 1)).toBe(false);
    for (const at of [0, 1, 2]) {
      const parts = token.split('.');
      parts[at] = '';
      expect(isWellFormed(parts.join('.'), 8192)).toBe(false);
    }
    expect(isWellFormed(`${token}.x`, 8192)).toBe(false);
    expect(isWellFormed(`${token}=`, 8192)).toBe(false);
    expect(isWellFormed(token.replace('.', '\u2024'), 8192)).toBe(false);
  });

  it.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['no JSON', '{'],
    ['two values of a claim', '{"sub":"user","sub":"admin"}'],
    ['two values of a claim, one escaped', '{"sub":"user","s\\u0075b":"admin"}'],
    ['a byte order mark', '\ufeff{"sub":"user"}'],
  ])('with %s for its claims is none', (_, claims) => {
    expect(isWellFormed(forge(header, claims), 8192)).toBe(false);
  });

  it('has one spelling', () => {
    fc.assert(
      fc.property(fc.string(), (sub) => {
        const token = forge(header, { sub });
        const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        // A signature of 32 bytes leaves two bits of its last letter unused: four letters would give the same bytes.
        const others = [...last].filter((letter) => {
          const other = token.slice(0, -1) + letter;
          return Buffer.from(other.split('.')[2]!, 'base64url').equals(Buffer.from(token.split('.')[2]!, 'base64url'));
        });
        expect(others).toHaveLength(4);
        expect(others.filter((letter) => isWellFormed(token.slice(0, -1) + letter, 8192))).toEqual([token.at(-1)]);
      }),
    );
  });

  it('whose claims are no UTF-8 is none', () => {
    const broken = Buffer.concat([Buffer.from('{"sub":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]).toString(
      'base64url',
    );
    const [head, , signature] = forge(header, {}).split('.');
    expect(isWellFormed(`${head}.${broken}.${signature}`, 8192)).toBe(false);
  });
});
