import sharp from 'sharp';
import type { Format } from '../look-at.ts';

/** Four quarters of different colours: what is cropped, turned or stretched shows. */
export const QUARTERS = {
  topLeft: [220, 20, 20],
  topRight: [20, 200, 20],
  bottomLeft: [20, 20, 220],
  bottomRight: [240, 240, 240],
};

export function picture(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const top = y < height / 2;
      const colour = x < width / 2 ? (top ? 'topLeft' : 'bottomLeft') : top ? 'topRight' : 'bottomRight';
      pixels.set(QUARTERS[colour], (y * width + x) * 3);
    }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** What no compression makes small. The generator is fixed, so the bytes are the same in every run. */
export function noise(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3);
  let seed = 1;
  for (let at = 0; at < pixels.length; at++) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    pixels[at] = seed >> 16;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export const encoded = (format: Format, width = 120, height = 80): Promise<Buffer> =>
  picture(width, height)[format]({ quality: 90 }).toBuffer();

/** Frames of one colour each. */
export async function animation(format: 'gif' | 'webp', frames: number, width = 40, height = 30): Promise<Buffer> {
  const pixels = Buffer.concat(
    Array.from({ length: frames }, (_, at) => Buffer.alloc(width * height * 3, Math.round((255 * at) / frames))),
  );
  const strip = sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } });
  return strip[format]({ loop: 0, delay: Array(frames).fill(100) }).toBuffer();
}

/** A PNG whose head promises so many pixels, and whose data is a few bytes of zeros. */
export async function bomb(width: number, height: number): Promise<Buffer> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'black' } })
    .png()
    .toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  // The checksum of the head is of its name and its thirteen bytes.
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

const crc32 = (bytes: Buffer): number => {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
};

export interface Pixel {
  r: number;
  g: number;
  b: number;
  a: number;
}

/** The colour at a place, given as shares of width and height. */
export async function pixelAt(bytes: Uint8Array, across: number, down: number): Promise<Pixel> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const [x, y] = [Math.floor(across * info.width), Math.floor(down * info.height)];
  const [r, g, b, a] = data.subarray((y * info.width + x) * 4);
  return { r: r!, g: g!, b: b!, a: a! };
}

/** Whether two colours are the same to the eye of a lossy encoder. */
export const near = ({ r, g, b }: Pixel, [red, green, blue]: number[], by = 24): boolean =>
  Math.abs(r - red!) <= by && Math.abs(g - green!) <= by && Math.abs(b - blue!) <= by;
