/**
 * What the function costs above bare sharp, and how much memory its largest originals take: `node functions/image-transform/bench.ts`
 * writes docs/performance-images.md. Every measurement is a process of its own, since memory once used stays.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { MOST_IMAGE_BYTES } from './answer.ts';
import { lookAt } from './look-at.ts';
import { settings } from './settings.ts';
import { animation, noise } from './testing/corpus.ts';
import { transform } from './transform.ts';

const SIZE = { width: 800, height: 800 };
const IMAGES = 4;
const ROUNDS = 3;

interface Measured {
  ms: number;
  maxMb: number;
  /** What was written, or why not. */
  outcome: string;
}

const CONTENDERS = {
  async ours(bytes: Buffer): Promise<string> {
    const seen = await lookAt(bytes, settings.maxInputPixels);
    if ('refused' in seen) return seen.refused;
    const limits = {
      maxPixels: settings.maxInputPixels,
      maxBytes: MOST_IMAGE_BYTES,
      until: Date.now() + settings.budgetMs,
    };
    const done = await transform(bytes, seen, { mode: 'fit-in', ...SIZE }, limits);
    if (typeof done === 'string') return done;
    return 'refused' in done ? done.refused : `${Math.round(done.bytes.length / 1024)} KB`;
  },
  /** The same picture with the fewest words. */
  async bare(bytes: Buffer): Promise<string> {
    const { format = '', pages = 1 } = await sharp(bytes).metadata();
    const image = sharp(bytes, { animated: pages > 1 });
    const upright = pages > 1 ? image : image.autoOrient();
    const done = await WRITE[format]!(upright.resize({ ...SIZE, fit: 'inside', withoutEnlargement: true })).toBuffer();
    return `${Math.round(done.length / 1024)} KB`;
  },
};
type Contender = keyof typeof CONTENDERS;

const WRITE: Record<string, (image: Sharp) => Sharp> = {
  jpeg: (image) => image.jpeg({ quality: 80, progressive: true }),
  png: (image) => image.png(),
  webp: (image) => image.webp({ quality: 80, effort: 2 }),
  gif: (image) => image.webp({ quality: 80, effort: 2 }),
  heif: (image) => image.avif({ quality: 50, effort: 2 }),
};

/** Smooth shapes with a grain over them: as hard to write small as a photograph. */
async function photograph(width: number, height: number): Promise<Buffer> {
  const coarse = await noise(40, 30).png().toBuffer();
  const grain = await noise(512, 512).linear(0.08).png().toBuffer();
  return sharp(await sharp(coarse).resize(width, height, { kernel: 'cubic', fit: 'fill' }).raw().toBuffer(), {
    raw: { width, height, channels: 3 },
  })
    .composite([{ input: grain, tile: true, blend: 'add' }])
    .removeAlpha()
    .raw()
    .toBuffer();
}

async function measureHere(contender: Contender, file: string, images: number): Promise<Measured> {
  const bytes = readFileSync(file);
  if (images > 1) await CONTENDERS[contender](bytes);
  const started = performance.now();
  let outcome = '';
  for (let at = 0; at < images; at++) outcome = await CONTENDERS[contender](bytes);
  return { ms: (performance.now() - started) / images, maxMb: largestMb(), outcome };
}

/** Not `resourceUsage`, which counts the memory of the process that started this one, too. */
function largestMb(): number {
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

const measure = (contender: Contender, file: string, images: number): Measured =>
  JSON.parse(
    execFileSync(process.execPath, [import.meta.filename, contender, file, String(images)], { encoding: 'utf8' }),
  ) as Measured;

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function originals(folder: string): Promise<{ usual: [string, string][]; largest: [string, string][] }> {
  const kept = (name: string, bytes: Buffer): string => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };
  const [small, large] = [
    { width: 4000, height: 3000 },
    { width: 8064, height: 6048 },
  ];
  const raw = await photograph(small.width, small.height);
  const twelve = () => sharp(raw, { raw: { ...small, channels: 3 } });
  const rawLarge = await photograph(large.width, large.height);
  const fifty = () => sharp(rawLarge, { raw: { ...large, channels: 3 } });
  return {
    usual: [
      ['JPEG, 12 megapixels', kept('a.jpg', await twelve().jpeg({ quality: 88 }).toBuffer())],
      ['PNG, 12 megapixels', kept('a.png', await twelve().png({ compressionLevel: 3 }).toBuffer())],
      ['WebP, 12 megapixels', kept('a.webp', await twelve().webp({ quality: 85, effort: 0 }).toBuffer())],
      ['AVIF, 12 megapixels', kept('a.avif', await twelve().avif({ quality: 50, effort: 0 }).toBuffer())],
      ['GIF, 30 frames of 640 by 480', kept('a.gif', await animation('gif', 30, 640, 480))],
    ],
    largest: [
      ['JPEG, 49 megapixels', kept('b.jpg', await fifty().jpeg({ quality: 88 }).toBuffer())],
      [
        'progressive JPEG, 49 megapixels',
        kept('c.jpg', await fifty().jpeg({ quality: 88, progressive: true }).toBuffer()),
      ],
      [
        'interlaced PNG, 49 megapixels',
        kept('b.png', await fifty().png({ compressionLevel: 1, progressive: true }).toBuffer()),
      ],
      ['WebP, 49 megapixels', kept('b.webp', await fifty().webp({ quality: 85, effort: 0 }).toBuffer())],
      ['AVIF, 25 megapixels', kept('b.avif', await fifty().resize(5800).avif({ quality: 40, effort: 0 }).toBuffer())],
    ],
  };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'image-bench-'));
  try {
    const { usual, largest } = await originals(folder);
    const compared = usual.map(([name, file]) => {
      const taken = { ours: [] as Measured[], bare: [] as Measured[] };
      for (let round = 0; round < ROUNDS; round++)
        for (const contender of ['ours', 'bare'] as const) taken[contender].push(measure(contender, file, IMAGES));
      const [ours, bare] = [taken.ours, taken.bare].map((all) => ({
        ms: median(all.map(({ ms }) => ms)),
        mb: Math.max(...all.map(({ maxMb }) => maxMb)),
        outcome: all[0]!.outcome,
      }));
      return `| ${name} | ${ours!.ms.toFixed(0)} | ${ours!.mb.toFixed(0)} | ${bare!.ms.toFixed(0)} | ${bare!.mb.toFixed(0)} | ${(ours!.ms / bare!.ms).toFixed(2)} | ${ours!.outcome} / ${bare!.outcome} |`;
    });
    const peaks = largest.map(([name, file]) => {
      const { ms, maxMb, outcome } = measure('ours', file, 1);
      return `| ${name} | ${ms.toFixed(0)} | ${maxMb.toFixed(0)} | ${outcome} |`;
    });
    const lines = [
      '# Performance of images at the edge',
      '',
      `Measured ${new Date().toISOString().slice(0, 10)} by \`node functions/image-transform/bench.ts\` on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}; the machine had a load of ${loadavg()[0]!.toFixed(0)}.`,
      `Reading the head, deciding and writing an image that fits into ${SIZE.width} by ${SIZE.height}, without S3, against the same pipeline in bare sharp. Milliseconds per image are medians of ${ROUNDS} processes of ${IMAGES} images each, the first not counted; memory is the largest resident size of a process in MB.`,
      '',
      '| original | ours: ms | MB | bare sharp: ms | MB | ratio | written |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...compared,
      '',
      '## The largest originals',
      '',
      `One image each; the function is meant to have 1,024 MB. What has more than ${settings.maxInputPixels / 1e6} megapixels, and an AVIF of more than half of that, is refused before it is decoded.`,
      '',
      '| original | ms | MB | written |',
      '| --- | --- | --- | --- |',
      ...peaks,
      '',
    ];
    writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'performance-images.md'), lines.join('\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [contender, file, images] = process.argv.slice(2);
if (contender === undefined) await main();
else console.log(JSON.stringify(await measureHere(contender as Contender, file!, Number(images))));
