import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIgnore } from './dockerignore.ts';

describe('a .dockerignore', () => {
  it.each([
    // https://docs.docker.com/build/concepts/context/#dockerignore-files: the examples of the manual.
    ['*/temp*', 'somedir/temporary.txt', true],
    ['*/temp*', 'somedir/temp', true],
    ['*/temp*', 'temp', false],
    ['*/*/temp*', 'somedir/subdir/temporary.txt', true],
    ['*/*/temp*', 'somedir/temporary.txt', false],
    ['temp?', 'tempa', true],
    ['temp?', 'temp', false],
    ['**/*.go', 'main.go', true],
    ['**/*.go', 'a/b/main.go', true],
    ['**/*.go', 'a/b/main.gone', false],
    ['*.md\n!README.md', 'README.md', false],
    ['*.md\n!README.md', 'NOTES.md', true],
    ['*.md\n!README*.md\nREADME-secret.md', 'README-secret.md', true],
    ['*.md\nREADME-secret.md\n!README*.md', 'README-secret.md', false],
    // What else the readers of the file do.
    ['/foo/bar', 'foo/bar', true],
    ['foo/bar/', 'foo/bar/deep/file', true],
    ['foo', 'a/foo', false],
    ['foo', 'foobar', false],
    ['# foo', '# foo', false],
    [' foo ', 'foo', true],
    ['./foo/../bar', 'bar', true],
    ['', 'foo', false],
    ['.', 'foo', false],
    ['**', 'a/b', true],
    ['a/**', 'a/b/c', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['[ab].txt', 'a.txt', true],
    ['[ab].txt', 'c.txt', false],
    ['[^ab].txt', 'c.txt', true],
    ['[z-a]', 'z', false],
    ['[', '[', true],
    ['\\*.txt', '*.txt', true],
    ['\\*.txt', 'a.txt', false],
    ['a+(b).txt', 'a+(b).txt', true],
    ['node_modules\n!node_modules/keep', 'node_modules/keep/index.js', false],
    ['\uFEFFfoo', 'foo', true],
    ['foo\r', 'foo', true],
  ])('%j leaves out %j: %s', (text, path, excluded) => {
    expect(parseIgnore(text).excludes(path)).toBe(excluded);
  });

  it('knows whether something comes back from an excluded folder', () => {
    expect(parseIgnore('a\n!a/b').hasExceptions).toBe(true);
    expect(parseIgnore('a').hasExceptions).toBe(false);
  });

  it('a path as a line leaves out that path and what lies below it, whatever it is made of', () => {
    const name = fc.stringMatching(/^[a-z+.(){}^$|-]{1,8}$/).filter((text) => !/^\.+$/.test(text));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (parts) => {
        const path = parts.join('/');
        expect(parseIgnore(`${path}\n`).excludes(path)).toBe(true);
        expect(parseIgnore(path).excludes(`${path}/below`)).toBe(true);
        expect(parseIgnore(path).excludes(`${path}x`)).toBe(false);
      }),
    );
  });

  it('never throws, and answers the same twice', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, path) => {
        const rules = parseIgnore(text);
        expect(rules.excludes(path)).toBe(rules.excludes(path));
      }),
    );
  });
});
