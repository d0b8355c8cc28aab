export interface Settings {
  /** The largest width and height that may be asked for. */
  maxDimension: number;
  /** The most pixels that are decoded, over all frames; more are a decompression bomb or a scan. */
  maxInputPixels: number;
  /** The largest original that is read. */
  maxInputBytes: number;
  /** For originals that say nothing about it themselves. */
  cacheSeconds: number;
  /** After this, what is not done is given up: Lambda@Edge ends a function on origin requests at thirty seconds. */
  budgetMs: number;
}

const USUAL: Settings = {
  maxDimension: 4096,
  // 50-megapixel photographs of telephones pass; in memory they are 200 MB at most.
  maxInputPixels: 52_000_000,
  maxInputBytes: 32 * 1024 * 1024,
  cacheSeconds: 86_400,
  budgetMs: 20_000,
};

/** Lambda@Edge has no environment variables: this constant is set when the function is bundled. */
declare const IMAGE_SETTINGS: Partial<Settings> | undefined;

export const settings: Settings = {
  ...USUAL,
  ...(typeof IMAGE_SETTINGS === 'undefined' ? {} : IMAGE_SETTINGS),
};
