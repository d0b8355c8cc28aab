/** Types of what a build writes; what is not here is sent as a stream of bytes. https://www.iana.org/assignments/media-types */
const TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  htm: 'text/html; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  md: 'text/markdown; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  otf: 'font/otf',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webm: 'video/webm',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  xml: 'application/xml',
};

const endingOf = (key: string): string => /\.([A-Za-z0-9]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';

export const contentTypeOf = (key: string): string => TYPES[endingOf(key)] ?? 'application/octet-stream';

/**
 * `immutable`: its name changes with its content, so browsers may keep it for ever. `page`: names the others, and is
 * asked for anew every time. `file`: keeps its name when its content changes. `cache`: what servers keep for themselves.
 */
export type FileRole = 'immutable' | 'cache' | 'file' | 'page';

/** `index-D4f9_aB1.js`, `main.3f9ab2c1.css`: the hash that bundlers put before the ending, of eight characters or more. */
const HASHED = /[-.](?=[A-Za-z0-9_-]*[0-9A-Z])[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9]+){1,2}$/;

export function roleOf(key: string): FileRole {
  const ending = endingOf(key);
  // A service worker decides what the next visit sees: kept for long, it would keep an old site alive.
  if (ending === 'html' || ending === 'htm' || ending === 'json' || ending === 'webmanifest') return 'page';
  if (/(?:^|\/)(?:sw|service-worker|serviceWorker)\.js$/.test(key)) return 'page';
  return HASHED.test(key) ? 'immutable' : 'file';
}

export const CACHE_CONTROL: Readonly<Record<FileRole, string>> = {
  immutable: 'public, max-age=31536000, immutable',
  cache: 'no-store',
  file: 'public, max-age=300, must-revalidate',
  page: 'no-cache',
};

/** Assets first: a page must never name what is not there yet (F-118). */
const ORDER: readonly FileRole[] = ['immutable', 'cache', 'file', 'page'];

export const inUploadOrder = <T extends { role: FileRole }>(files: readonly T[]): T[][] =>
  ORDER.map((role) => files.filter((file) => file.role === role)).filter((group) => group.length > 0);

/** What a folder must not give to the world: environment files, version control, leftovers of editors. */
export const isPrivateFile = (key: string): boolean =>
  key.split('/').some((part) => part.startsWith('.') && part !== '.well-known');
