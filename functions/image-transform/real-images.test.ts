import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import type { Mode } from './parse-path.ts';
import { transform } from './transform.ts';

const REAL = join(import.meta.dirname, 'testing/real');
const MOST_PIXELS = 52_000_000;

/** The bytes of the answer, or why there is none. */
async function asked(file: string, mode: Mode, width: number, height = width): Promise<Uint8Array | string> {
  const bytes = readFileSync(join(REAL, file));
  const seen = await lookAt(bytes, MOST_PIXELS);
  if ('refused' in seen) return seen.refused;
  const limits = { maxPixels: MOST_PIXELS, maxBytes: 700_000, until: Date.now() + 30_000 };
  const done = await transform(bytes, seen, { mode, width, height }, limits);
  if (typeof done === 'string') return done;
  return 'refused' in done ? done.refused : done.bytes;
}

async function shown(file: string, mode: Mode, width: number, height = width) {
  const answer = await asked(file, mode, width, height);
  if (typeof answer === 'string') throw new Error(`${file}: ${answer}`);
  return sharp(answer);
}

const pngs = readdirSync(join(REAL, 'pngsuite'));

describe('PngSuite', () => {
  const damaged = pngs.filter((name) => name.startsWith('x'));
  const whole = pngs.filter((name) => !damaged.includes(name));

  it.each(whole)('S0-24: %s is shown in the size that was asked for, eight bits to a colour', async (name) => {
    const { format, width, height, depth } = await (await shown(`pngsuite/${name}`, 'exact', 40, 20)).metadata();
    expect([format, width, height, depth]).toEqual(['png', 40, 20, 'uchar']);
  });

  // The fourth letter: `n` is plain, `i` is interlaced; otherwise the two are the same picture.
  it.each(whole.filter((name) => name[3] === 'i'))(
    'S0-24: %s looks like its twin that is not interlaced',
    async (name) => {
      const pixels = async (one: string) =>
        (await shown(`pngsuite/${one}`, 'exact', 32)).ensureAlpha().raw().toBuffer();
      expect(await pixels(name)).toEqual(await pixels(`${name.slice(0, 3)}n${name.slice(4)}`));
    },
  );

  it.each(damaged)('F-112: %s is damaged, and refused', async (name) => {
    expect(['damaged', 'unsupported']).toContain(await asked(`pngsuite/${name}`, 'cover', 16));
  });

  it('F-112: both kinds are there', () => {
    expect([whole.length, damaged.length]).toEqual([expect.toSatisfy((count) => count > 40), 14]);
  });
});

describe('JPEGs', () => {
  it.each(['testorig.jpg', 'testimgint.jpg', 'testimgari.jpg'])('S0-26: %s keeps its ratio', async (name) => {
    const { width, height } = await (await shown(name, 'fit-in', 100)).metadata();
    expect([width, height]).toEqual([100, 66]);
  });

  it('S0-24: one that is coded arithmetically looks like the original', async () => {
    const means = async (name: string) =>
      (await (await shown(name, 'exact', 32)).stats()).channels.map(({ mean }) => mean);
    const [plain, arithmetic] = [await means('testorig.jpg'), await means('testimgari.jpg')];
    for (const [at, mean] of plain.entries()) expect(Math.abs(mean - arithmetic[at]!)).toBeLessThan(2);
  });

  it('F-112: twelve bits to a sample is what no browser shows either, and refused', async () => {
    expect(await asked('monkey12.jpg', 'fit-in', 100)).toBe('damaged');
  });

  it('S0-24: a photograph on its side stands upright, and nothing tells of the camera', async () => {
    const { width, height, orientation, exif, xmp } = await (await shown('portrait-6.jpg', 'fit-in', 300)).metadata();
    expect([width, height, orientation, exif, xmp]).toEqual([200, 300, undefined, undefined, undefined]);
  });
});
