import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellText } from './shell-words.ts';

it('quotes only what has to be', () => {
  expect(shellText(['python', 'manage.py', 'shell', '--plan'])).toBe('python manage.py shell --plan');
  expect(shellText(['echo', 'a b', "it's", '$HOME', ''])).toBe("echo 'a b' 'it'\\''s' '$HOME' ''");
});

it('is taken apart by a shell into the same words', () => {
  const word = fc.string({ unit: 'grapheme-ascii' }).map((text) => text.replaceAll('\n', ' '));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const printed = execFileSync('sh', ['-c', `printf '%s\\n' ${shellText(words)}`], { encoding: 'utf8' });
      expect(printed.split('\n').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 40 },
  );
});
