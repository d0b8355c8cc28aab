import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODES, parsePath } from './parse-path.ts';

describe('the four forms of paths', () => {
  it.each([
    ['S0-25', '/300x200/a/b.jpg', { mode: 'exact', width: 300, height: 200, key: 'a/b.jpg', path: '/a/b.jpg' }],
    [
      'S0-26',
      '/fit-in/200x200/avatars/123/photo.jpg',
      { mode: 'fit-in', width: 200, height: 200, key: 'avatars/123/photo.jpg' },
    ],
    ['S0-27', '/cover/1x4096/a.png', { mode: 'cover', width: 1, height: 4096, key: 'a.png' }],
    ['S0-28', '/contain/10x10/a.png', { mode: 'contain', width: 10, height: 10, key: 'a.png' }],
    ['S0-25', '/10x10/20x20/a.png', { mode: 'exact', width: 10, key: '20x20/a.png' }],
    ['S0-25', '/10x10/%C3%BC%20b+c%2Bd.png', { key: 'ü b c+d.png', path: '/%C3%BC%20b+c%2Bd.png' }],
    ['S0-25', '/10x10//a.png', { key: '/a.png' }],
  ])('%s: %s', (_, uri, wanted) => {
    expect(parsePath(uri, 4096)).toMatchObject(wanted);
  });

  it.each([
    '/',
    '/a.jpg',
    '/fit-in/a.jpg',
    '/10x10',
    '/10x10/',
    '/10X10/a.jpg',
    '/x10/a.jpg',
    '/-1x10/a.jpg',
    '/1.5x10/a.jpg',
    '/stretch/10x10/a.jpg',
    '/a/10x10/b.jpg',
  ])('%s is an object like any other', (uri) => {
    expect(parsePath(uri, 4096)).toBeUndefined();
  });

  it.each([
    ['/0x10/a.jpg', 'from 1 to 4096'],
    ['/10x0/a.jpg', 'from 1 to 4096'],
    ['/4097x10/a.jpg', 'from 1 to 4096'],
    ['/10x999999999/a.jpg', 'from 1 to 4096'],
    ['/010x10/a.jpg', 'from 1 to 4096'],
    ['/10x10/%ff.jpg', 'names no object'],
    ['/10x10/%.jpg', 'names no object'],
    ['/10x10/../secret.jpg', 'names no object'],
    ['/10x10/a/%2e%2e/b.jpg', 'names no object'],
  ])('%s is refused', (uri, refused) => {
    expect(parsePath(uri, 4096)).toEqual({ refused: expect.stringContaining(refused) });
  });

  it('S0-25 S0-26 S0-27 S0-28: what is written is read, for every size and any key', () => {
    const size = fc.integer({ min: 1, max: 4096 });
    const key = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/(^|\/)\.\.?(\/|$)|\n|\r|\u2028|\u2029/.test(text) && text.isWellFormed());
    fc.assert(
      fc.property(fc.constantFrom(...MODES), size, size, key, (mode, width, height, name) => {
        const path = `/${encodeURIComponent(name)}`;
        const uri = `${mode === 'exact' ? '' : `/${mode}`}/${width}x${height}${path}`;
        expect(parsePath(uri, 4096)).toEqual({ mode, width, height, key: name, path });
      }),
    );
  });

  it('any text is an image, an object or a refusal', () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePath(`/${text}`, 4096)));
    fc.assert(fc.property(fc.string(), (text) => void parsePath(`/9x9/${text}`, 4096)));
  });
});
