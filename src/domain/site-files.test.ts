import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CACHE_CONTROL, contentTypeOf, inUploadOrder, isPrivateFile, roleOf } from './site-files.ts';

describe('files of a site (F-118)', () => {
  it.each([
    ['index.html', 'page'],
    ['about/index.html', 'page'],
    ['manifest.webmanifest', 'page'],
    ['config.json', 'page'],
    ['sw.js', 'page'],
    ['assets/index-D4f9_aB1.js', 'immutable'],
    ['assets/index-D4f9_aB1.js.map', 'immutable'],
    ['static/js/main.3f9ab2c1.chunk.css', 'immutable'],
    ['favicon.ico', 'file'],
    ['robots.txt', 'file'],
    ['images/team-photograph.jpg', 'file'],
    ['vendor.js', 'file'],
  ])('%s is a %s', (key, role) => {
    expect(roleOf(key)).toBe(role);
  });

  it('never lets a page be kept, whatever it is called', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9._/-]{1,40}$/), (name) => {
        expect(CACHE_CONTROL[roleOf(`${name}.html`)]).toBe('no-cache');
      }),
    );
  });

  it('uploads assets before the pages that name them', () => {
    const files = [{ role: 'page' }, { role: 'file' }, { role: 'immutable' }, { role: 'page' }] as const;
    expect(inUploadOrder(files).map((group) => group.map(({ role }) => role))).toEqual([
      ['immutable'],
      ['file'],
      ['page', 'page'],
    ]);
  });

  it('knows what browsers have to be told, and what nobody may see', () => {
    expect(contentTypeOf('a/b.MJS')).toBe('text/javascript; charset=utf-8');
    expect(contentTypeOf('LICENSE')).toBe('application/octet-stream');
    expect(['.env', 'a/.git/config', '.well-known/security.txt', 'a.b'].map(isPrivateFile)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
