import sharp, { type Sharp } from 'sharp';
import type { Format, Look } from './look-at.ts';
import type { Mode, Wanted } from './parse-path.ts';

export interface Image {
  bytes: Uint8Array;
  format: Format;
}

export type Transformed = Image | { refused: 'damaged' } | 'too-large' | 'too-slow';

interface Limits {
  maxPixels: number;
  maxBytes: number;
  /** When to give up, in milliseconds since 1970. */
  until: number;
}

const FIT = { exact: 'fill', 'fit-in': 'inside', cover: 'cover', contain: 'contain' } as const satisfies Record<
  Mode,
  string
>;

/** One way to write an image. */
interface Way {
  format: Format;
  write(image: Sharp): Sharp;
}

const webp = (...qualities: number[]): Way[] =>
  qualities.map((quality) => ({ format: 'webp', write: (image) => image.webp({ quality, effort: 2 }) }));

/** How each format is written, and what is tried when that is too large to be answered with. */
const WAYS: Record<Format, readonly Way[]> = {
  jpeg: [80, 60, 40].map((quality) => ({
    format: 'jpeg',
    write: (image) => image.jpeg({ quality, progressive: true }),
  })),
  png: [{ format: 'png', write: (image) => image.png() }, ...webp(80, 50)],
  webp: webp(80, 60, 40),
  // Effort is time, of which the edge has little: with 2 a file is a little larger than with the usual 4, and much sooner there.
  avif: [50, 35].map((quality) => ({ format: 'avif', write: (image) => image.avif({ quality, effort: 2 }) })),
};

/** The image in the size that is wanted, in colours of the web, upright, and without what a camera wrote into it. */
export async function transform(
  bytes: Uint8Array,
  { format, animated }: Look,
  wanted: Pick<Wanted, 'mode' | 'width' | 'height'>,
  { maxPixels, maxBytes, until }: Limits,
): Promise<Transformed> {
  const made = () => {
    // Warnings are let pass: cameras write them into good pictures. Missing and wrong data are not.
    const input = sharp(bytes, { animated, limitInputPixels: maxPixels, failOn: 'error' });
    return resized(animated ? input : input.autoOrient(), format, wanted);
  };
  try {
    // Reading is most of the work, so a picture is read once, however often it is written. Frames have times besides pixels.
    const still = animated ? undefined : await within(until, made()).raw().toBuffer({ resolveWithObject: true });
    for (const way of WAYS[format]) {
      const image = still ? sharp(still.data, { raw: still.info }) : made();
      const written = await way.write(within(until, image)).toBuffer();
      if (written.length <= maxBytes) return { bytes: written, format: way.format };
      // Less quality saves a half, not nine tenths.
      if (written.length > 6 * maxBytes && format !== 'png') return 'too-large';
    }
    return 'too-large';
  } catch (error) {
    return /timeout/i.test((error as Error).message) ? 'too-slow' : { refused: 'damaged' };
  }
}

function within(until: number, image: Sharp): Sharp {
  const seconds = Math.floor((until - Date.now()) / 1000);
  if (seconds < 1) throw new Error('timeout before the work began');
  return image.timeout({ seconds });
}

function resized(
  image: Sharp,
  format: Format,
  { mode, width, height }: Pick<Wanted, 'mode' | 'width' | 'height'>,
): Sharp {
  // JPEG has no transparency: what `contain` leaves free is white there.
  const background = format === 'jpeg' ? '#ffffff' : { r: 0, g: 0, b: 0, alpha: 0 };
  return image
    .resize({ width, height, fit: FIT[mode], background, withoutEnlargement: mode === 'fit-in' })
    .toColourspace('srgb');
}
