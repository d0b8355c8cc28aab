import type { EdgeRequest, EdgeResponse } from '../shared/edge-event.ts';
import { log } from '../shared/log.ts';
import { imageAnswer, MOST_IMAGE_BYTES, original, refusal } from './answer.ts';
import { lookAt } from './look-at.ts';
import { bucketOf, type ReadOriginal } from './originals.ts';
import { parsePath, type Wanted } from './parse-path.ts';
import type { Settings } from './settings.ts';
import { transform } from './transform.ts';

const TEXTS = {
  unsupported: 'This object is no JPEG, PNG, WebP, AVIF or GIF image',
  damaged: 'This image cannot be decoded',
  'too-many-pixels': 'This image has more pixels than are decoded here',
} as const;

/** The image that a path wants. Where it cannot be made, the original is better than an error, and an error than a bomb. */
export async function respond(
  request: EdgeRequest,
  settings: Settings,
  read: ReadOriginal,
): Promise<EdgeRequest | EdgeResponse> {
  if (!['GET', 'HEAD'].includes(request.method)) return request;
  const wanted = parsePath(request.uri, settings.maxDimension);
  if (!wanted) return request;
  if ('refused' in wanted) return refusal('address', wanted.refused);
  try {
    return await made(request, wanted, settings, read);
  } catch (error) {
    log('error', 'original-unread', { error: (error as Error).name, message: (error as Error).message });
    return original(request, wanted.path);
  }
}

async function made(
  request: EdgeRequest,
  wanted: Wanted,
  settings: Settings,
  read: ReadOriginal,
): Promise<EdgeRequest | EdgeResponse> {
  const started = Date.now();
  const bucket = bucketOf(request);
  if (!bucket) throw new Error('the origin of this behaviour is no bucket');
  const found = await read(bucket, wanted.key, settings.maxInputBytes);
  if (typeof found === 'string') {
    if (found === 'too-large') log('warn', 'original-instead', { reason: 'input-bytes' });
    return original(request, wanted.path);
  }

  const seen = await lookAt(found.bytes, settings.maxInputPixels);
  if ('refused' in seen) return refused(seen.refused, found.bytes.length);
  const done = await transform(found.bytes, seen, wanted, {
    maxPixels: settings.maxInputPixels,
    maxBytes: MOST_IMAGE_BYTES,
    until: started + settings.budgetMs,
  });
  const { mode, width, height } = wanted;
  if (typeof done === 'string') {
    log('warn', 'original-instead', { reason: done, mode, width, height, inputBytes: found.bytes.length });
    return original(request, wanted.path);
  }
  if ('refused' in done) return refused(done.refused, found.bytes.length);

  const { format, bytes } = done;
  const ms = Date.now() - started;
  log('info', 'transformed', { mode, width, height, format, inputBytes: found.bytes.length, bytes: bytes.length, ms });
  return imageAnswer(done, found.cacheControl ?? `public, max-age=${settings.cacheSeconds}`);
}

function refused(reason: keyof typeof TEXTS, inputBytes: number): EdgeResponse {
  log('warn', 'refused', { reason, inputBytes });
  return refusal(reason, TEXTS[reason]);
}
