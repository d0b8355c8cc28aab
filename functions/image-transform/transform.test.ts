import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { MOST_IMAGE_BYTES } from './answer.ts';
import { type Format, type Look, lookAt } from './look-at.ts';
import type { Mode } from './parse-path.ts';
import { animation, encoded, near, noise, picture, pixelAt, QUARTERS } from './testing/corpus.ts';
import { type Image, transform } from './transform.ts';

const limits = () => ({ maxPixels: 52_000_000, maxBytes: MOST_IMAGE_BYTES, until: Date.now() + 20_000 });

async function made(bytes: Uint8Array, mode: Mode, width: number, height: number): Promise<Image> {
  const seen = await lookAt(bytes, 52_000_000);
  if ('refused' in seen) throw new Error(seen.refused);
  const done = await transform(bytes, seen, { mode, width, height }, limits());
  if (typeof done === 'string' || 'refused' in done) throw new Error(JSON.stringify(done));
  return done;
}

const sizeOf = async ({ bytes }: Image) => {
  const { width, height } = await sharp(bytes).metadata();
  return [width, height];
};

describe('the four forms, of a picture of 120 by 80', () => {
  const jpeg = encoded('jpeg');

  it('S0-25: exact stretches', async () => {
    const image = await made(await jpeg, 'exact', 50, 100);
    expect(await sizeOf(image)).toEqual([50, 100]);
    expect(near(await pixelAt(image.bytes, 0.1, 0.1), QUARTERS.topLeft)).toBe(true);
    expect(near(await pixelAt(image.bytes, 0.9, 0.9), QUARTERS.bottomRight)).toBe(true);
  });

  it('S0-26: fit-in keeps the ratio, and never enlarges', async () => {
    expect(await sizeOf(await made(await jpeg, 'fit-in', 60, 60))).toEqual([60, 40]);
    expect(await sizeOf(await made(await jpeg, 'fit-in', 4096, 4096))).toEqual([120, 80]);
  });

  it('S0-27: cover fills and crops the middle', async () => {
    const image = await made(await jpeg, 'cover', 40, 40);
    expect(await sizeOf(image)).toEqual([40, 40]);
    expect(near(await pixelAt(image.bytes, 0.1, 0.9), QUARTERS.bottomLeft)).toBe(true);
  });

  it('S0-28: contain keeps the ratio and fills up: with white where a format has no transparency', async () => {
    const white = await made(await jpeg, 'contain', 60, 60);
    expect(await sizeOf(white)).toEqual([60, 60]);
    expect(near(await pixelAt(white.bytes, 0.5, 0.02), [255, 255, 255])).toBe(true);
    for (const format of ['png', 'webp', 'avif'] as const) {
      const clear = await made(await encoded(format), 'contain', 60, 60);
      expect((await pixelAt(clear.bytes, 0.5, 0.02)).a, format).toBeLessThan(4);
      expect(near(await pixelAt(clear.bytes, 0.25, 0.4), QUARTERS.topLeft), format).toBe(true);
    }
  });
});

describe('what an original is', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('S0-24: %s comes back as itself', async (format: Format) => {
    const image = await made(await encoded(format), 'cover', 30, 30);
    expect(image.format).toBe(format);
    expect((await lookAt(image.bytes, 1e6)) as Look).toMatchObject({ format });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'S0-24: EXIF orientation %i is turned upright, and the mark is gone',
    async (orientation) => {
      // Stored as the camera held it: the upright picture, turned back. sharp mirrors before it turns, whatever the order here.
      const back: Record<number, (image: Sharp) => Sharp> = {
        1: (image) => image,
        2: (image) => image.flop(),
        3: (image) => image.rotate(180),
        4: (image) => image.flip(),
        5: (image) => image.rotate(270).flop(),
        6: (image) => image.rotate(270),
        7: (image) => image.rotate(90).flop(),
        8: (image) => image.rotate(90),
      };
      const upright = await picture(120, 80).png().toBuffer();
      const turned = await back[orientation]!(sharp(upright)).png().toBuffer();
      const stored = await sharp(turned).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();

      const image = await made(stored, 'fit-in', 60, 60);
      expect(await sizeOf(image)).toEqual([60, 40]);
      expect(near(await pixelAt(image.bytes, 0.1, 0.1), QUARTERS.topLeft)).toBe(true);
      expect(near(await pixelAt(image.bytes, 0.9, 0.1), QUARTERS.topRight)).toBe(true);
      expect(near(await pixelAt(image.bytes, 0.1, 0.9), QUARTERS.bottomLeft)).toBe(true);
      expect((await sharp(image.bytes).metadata()).orientation).toBeUndefined();
    },
  );

  it('S0-24: colours of a wide profile look the same without it', async () => {
    const colour = { r: 200, g: 40, b: 60 };
    const flat = sharp({ create: { width: 40, height: 40, channels: 3, background: colour } });
    const wide = await flat.withIccProfile('p3').png().toBuffer();
    const stored = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
    expect(stored[0]).not.toBe(colour.r);

    const image = await made(wide, 'exact', 20, 20);
    expect(near(await pixelAt(image.bytes, 0.5, 0.5), [200, 40, 60], 3)).toBe(true);
    expect((await sharp(image.bytes).metadata()).icc).toBeUndefined();
  });

  it('S0-24: four inks and sixteen bits become what browsers show', async () => {
    const cmyk = await picture(60, 40).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const deep = await picture(60, 40).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    for (const original of [cmyk, deep]) {
      const { bytes } = await made(original, 'exact', 30, 20);
      expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar' });
      expect(near(await pixelAt(bytes, 0.1, 0.1), QUARTERS.topLeft, 60)).toBe(true);
    }
  });

  it('S0-24: transparency stays', async () => {
    const clear = await sharp({
      create: { width: 40, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(await pixelAt((await made(clear, 'cover', 20, 10)).bytes, 0.5, 0.5)).toMatchObject({ a: 0 });
  });

  it('S0-24: where a picture was taken, and by whom, is not handed on', async () => {
    const stored = await picture(60, 40)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'planted-name' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">planted-xmp</x:xmpmeta>')
      .toBuffer();
    expect(stored.includes('planted-name')).toBe(true);
    const { bytes } = await made(stored, 'fit-in', 30, 30);
    expect(await sharp(bytes).metadata()).not.toHaveProperty('exif');
    expect(Buffer.from(bytes).includes('planted')).toBe(false);
  });

  it.each(['gif', 'webp'] as const)('S0-24: an animated %s moves on, as WebP, in every form', async (format) => {
    const stored = await animation(format, 5);
    for (const mode of ['exact', 'fit-in', 'cover', 'contain'] as const) {
      const image = await made(stored, mode, 20, 20);
      expect(image.format).toBe('webp');
      expect(await sharp(image.bytes, { animated: true }).metadata(), mode).toMatchObject({ pages: 5, width: 20 });
    }
  });

  it('S0-24: an animation of too many pixels is shown by its first picture', async () => {
    expect(await lookAt(await animation('gif', 5), 40 * 30 * 4)).toEqual({ format: 'webp', animated: false });
  });
});

describe('the limit of an answer', () => {
  it('D13 S0-24: quality goes down until an image fits', async () => {
    const stored = await noise(1000, 1000).jpeg({ quality: 95 }).toBuffer();
    const plain = await sharp(stored).resize(1000, 1000).jpeg({ quality: 80 }).toBuffer();
    expect(plain.length).toBeGreaterThan(MOST_IMAGE_BYTES / 2);
    const seen = { format: 'jpeg', animated: false } as const;
    const maxBytes = Math.floor(plain.length * 0.8);
    const done = await transform(stored, seen, { mode: 'exact', width: 1000, height: 1000 }, { ...limits(), maxBytes });
    expect((done as Image).bytes.length).toBeLessThanOrEqual(maxBytes);
  });

  it('D13 S0-24: a PNG that does not fit becomes WebP', async () => {
    const image = await made(await noise(700, 700).png().toBuffer(), 'exact', 650, 650);
    expect(image.format).toBe('webp');
    expect(image.bytes.length).toBeLessThanOrEqual(MOST_IMAGE_BYTES);
  });

  it('D13 S0-24: what never fits, and what takes too long, is said', async () => {
    const stored = await noise(400, 400).webp({ quality: 95 }).toBuffer();
    const seen = { format: 'webp', animated: false } as const;
    const wanted = { mode: 'exact', width: 400, height: 400 } as const;
    expect(await transform(stored, seen, wanted, { ...limits(), maxBytes: 100 })).toBe('too-large');
    expect(await transform(stored, seen, wanted, { ...limits(), until: Date.now() })).toBe('too-slow');
  });
});
