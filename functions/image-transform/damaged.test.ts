import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Format, lookAt } from './look-at.ts';
import { animation, bomb, encoded } from './testing/corpus.ts';
import { transform } from './transform.ts';

const MOST_PIXELS = 52_000_000;

async function outcome(bytes: Uint8Array, maxPixels = MOST_PIXELS) {
  const seen = await lookAt(bytes, maxPixels);
  if ('refused' in seen) return seen.refused;
  const limits = { maxPixels, maxBytes: 700_000, until: Date.now() + 10_000 };
  const done = await transform(bytes, seen, { mode: 'cover', width: 16, height: 16 }, limits);
  if (typeof done === 'string') return done;
  return 'refused' in done ? done.refused : 'image';
}

const FORMATS = ['jpeg', 'png', 'webp', 'avif'] as const satisfies Format[];

describe('objects that are no images', () => {
  it.each([
    ['nothing', ''],
    ['a letter', 'a'],
    ['text', 'The quick brown fox jumps over the lazy dog'.repeat(20)],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="file:///etc/passwd"/></svg>'],
    [
      'SVG with entities',
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>',
    ],
    ['PDF', '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj'],
    ['PostScript', '%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (r) file'],
    ['an ImageMagick script', 'push graphic-context\nviewbox 0 0 1 1\nimage over 0,0 0,0 "https://evil.example/"'],
    ['a portable bitmap', 'P3 1 1 255 0 0 0'],
    ['a film', '\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom'],
    ['only the mark of a JPEG', '\u00ff\u00d8\u00ff'],
    ['only the mark of a GIF', 'GIF89a'],
  ])('F-112: %s is refused', async (_, text) => {
    expect(['unsupported', 'damaged']).toContain(await outcome(Buffer.from(text, 'latin1')));
  });

  it('F-112: TIFF and BigTIFF are no images of the web', async () => {
    const tiff = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .tiff()
      .toBuffer();
    expect(await outcome(tiff)).toBe('unsupported');
  });
});

describe('decompression bombs', () => {
  it.each([
    [10_000, 10_000],
    [65_500, 65_500],
    [1_000_000, 60],
  ])('F-112: %i by %i pixels are not decoded', async (width, height) => {
    const bytes = await bomb(width, height);
    expect(bytes.length).toBeLessThan(200);
    const before = process.memoryUsage().rss;
    expect(await outcome(bytes)).toBe('too-many-pixels');
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('F-112: what the head promises is compared with what is decoded, too', async () => {
    expect(await outcome(await bomb(5000, 5000))).toBe('damaged');
  });

  it('F-112: an AVIF may have half as many, since reading one takes several times the memory', async () => {
    const flat = sharp({ create: { width: 100, height: 100, channels: 3, background: 'red' } });
    expect(await outcome(await flat.clone().avif({ effort: 0 }).toBuffer(), 19_999)).toBe('too-many-pixels');
    expect(await outcome(await flat.clone().avif({ effort: 0 }).toBuffer(), 20_000)).toBe('image');
    expect(await outcome(await flat.clone().webp().toBuffer(), 10_000)).toBe('image');
  });

  it('F-112: a picture of one colour with as many pixels as are allowed is a picture', async () => {
    const flat = await sharp({ create: { width: 2000, height: 1000, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect(await outcome(flat, 2_000_000)).toBe('image');
    expect(await outcome(flat, 1_999_999)).toBe('too-many-pixels');
  });
});

describe.each(FORMATS)('damaged %s', (format) => {
  const whole = encoded(format);

  it('F-112: cut off anywhere, it is refused or shown, and nothing is thrown', async () => {
    const bytes = await whole;
    const outcomes = new Set<string>();
    for (let share = 0; share < 20; share++)
      outcomes.add(await outcome(bytes.subarray(0, (bytes.length * share) / 20)));
    for (const each of outcomes) expect(['unsupported', 'damaged', 'too-many-pixels', 'image']).toContain(each);
    expect(outcomes).toContain('damaged');
  });

  it('F-112: with a bit turned anywhere, it is refused or shown, and nothing is thrown', async () => {
    const bytes = await whole;
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const turned = Buffer.from(bytes);
        turned[at]! ^= 1 << bit;
        expect(['unsupported', 'damaged', 'too-many-pixels', 'image', 'too-slow']).toContain(await outcome(turned));
      }),
      { numRuns: 60 },
    );
  });

  it('F-112: what hangs on to it is not handed on', async () => {
    const both = Buffer.concat([await whole, Buffer.from('<script>planted</script>PK\u0003\u0004')]);
    const seen = await lookAt(both, MOST_PIXELS);
    if ('refused' in seen) throw new Error(seen.refused);
    const limits = { maxPixels: MOST_PIXELS, maxBytes: 700_000, until: Date.now() + 10_000 };
    const done = await transform(both, seen, { mode: 'cover', width: 16, height: 16 }, limits);
    expect(done).toHaveProperty('bytes');
    expect(Buffer.from((done as { bytes: Uint8Array }).bytes).includes('planted')).toBe(false);
  });
});

it('F-112: a cut-off animation is refused or shown, and nothing is thrown', async () => {
  for (const format of ['gif', 'webp'] as const) {
    const bytes = await animation(format, 6);
    for (const share of [0.1, 0.4, 0.8, 0.95])
      expect(['unsupported', 'damaged', 'image']).toContain(await outcome(bytes.subarray(0, bytes.length * share)));
  }
});

it('F-112: bytes of any kind are refused or shown, and nothing is thrown', async () => {
  const head = fc.constantFrom(
    '\u00ff\u00d8\u00ff\u00e0',
    '\u0089PNG\r\n\u001a\n',
    'RIFF\u0000\u0001\u0000\u0000WEBPVP8 ',
    'GIF89a',
    '\u0000\u0000\u0000\u001cftypavif',
    '',
  );
  await fc.assert(
    fc.asyncProperty(head, fc.uint8Array({ maxLength: 400 }), async (mark, rest) => {
      const bytes = Buffer.concat([Buffer.from(mark, 'latin1'), rest]);
      expect(['unsupported', 'damaged', 'too-many-pixels', 'image']).toContain(await outcome(bytes));
    }),
    { numRuns: 150 },
  );
});
