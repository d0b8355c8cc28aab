export const MODES = ['exact', 'fit-in', 'cover', 'contain'] as const;
export type Mode = (typeof MODES)[number];

export interface Wanted {
  mode: Mode;
  width: number;
  height: number;
  /** The key of the original in the bucket. */
  key: string;
  /** The path of the original as the viewer wrote it, for CloudFront to ask. */
  path: string;
}

const FORM = /^\/(?:(fit-in|cover|contain)\/)?(\d{1,9})x(\d{1,9})(\/.+)$/;

/** What a path wants: an image of a size, or the object as it is (`undefined`); or why it can be neither. */
export function parsePath(uri: string, maxDimension: number): Wanted | { refused: string } | undefined {
  const [, form, wide = '', high = '', path = ''] = FORM.exec(uri) ?? [];
  if (!path) return undefined;
  // One size has one address: `0100x100` would be a second copy in every cache.
  const [width, height] = [wide, high].map((digits) => (digits.startsWith('0') ? 0 : Number(digits)));
  if (![width, height].every((each) => each! >= 1 && each! <= maxDimension))
    return { refused: `width and height are from 1 to ${maxDimension}` };

  const key = keyOf(path);
  if (key === undefined || key.split('/').some((part) => part === '.' || part === '..'))
    return { refused: 'the path names no object' };
  return { mode: (form as Mode | undefined) ?? 'exact', width: width!, height: height!, key, path };
}

/** S3 reads a plus sign in a path as a space, so both ways to an object agree. */
function keyOf(path: string): string | undefined {
  try {
    return decodeURIComponent(path.slice(1).replaceAll('+', '%20'));
  } catch {
    return undefined;
  }
}
