import sharp from 'sharp';

export type Format = 'jpeg' | 'png' | 'webp' | 'avif';

export interface Look {
  /** What it is written as again. */
  format: Format;
  animated: boolean;
}

/** What an image is, or why it is not transformed. */
export type Seen = Look | { refused: 'unsupported' | 'damaged' | 'too-many-pixels' };

// Only these readers exist for us. SVG and PDF are programs rather than pictures, and the rest is nobody's upload.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((reader) => `VipsForeignLoad${reader}`),
});
// Originals differ from request to request, so what libvips would keep is only memory.
sharp.cache(false);

/** Every format comes back as itself; GIF, which browsers have had a better form of for years, as WebP. */
const WRITTEN: Record<string, Format> = { jpeg: 'jpeg', png: 'png', webp: 'webp', gif: 'webp', heif: 'avif' };

/** The reader of AVIF holds a picture several times over: 49 megapixels took 950 MB, of the 1,024 that the function has. */
const AVIF_SHARE = 0.5;

/** Reads the head of an image, whatever its name and its content type say. No pixel is decoded. */
export async function lookAt(bytes: Uint8Array, maxPixels: number): Promise<Seen> {
  if (bytes.length === 0) return { refused: 'damaged' };
  const head = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: Error) => ({ error }));
  if ('error' in head)
    return { refused: /unsupported image format/.test(head.error.message) ? 'unsupported' : 'damaged' };

  const format = WRITTEN[head.format];
  if (!format || (head.format === 'heif' && head.compression !== 'av1')) return { refused: 'unsupported' };
  const [frame, frames] = [head.width * head.height, head.pages ?? 1];
  if (frame > (head.format === 'heif' ? maxPixels * AVIF_SHARE : maxPixels)) return { refused: 'too-many-pixels' };
  // An animation that is too long is shown by its first picture.
  return { format, animated: format === 'webp' && frames > 1 && frame * frames <= maxPixels };
}
