import type { ViewerRequest } from '../shared/viewer-request.ts';

/** Endings of files. A missing file must stay missing: HTML in the place of a script breaks a page without a word. */
const FILES =
  '.avif.bmp.br.css.csv.eot.gif.gz.htm.html.ico.jpeg.jpg.js.json.map.md.mjs.mp3.mp4.ogg.otf.pdf.png.rss.svg.ttf.txt.wasm.wav.webm.webmanifest.webp.woff.woff2.xhtml.xml.zip.';

/** Whether a person's browser wants a page here, and not a file, an API or a part of a page. */
export function isNavigation(request: ViewerRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  // Apple, certificate authorities and others look for files without an ending there.
  if (request.uri.startsWith('/.well-known/')) return false;

  const ending = /\.([A-Za-z0-9]+)$/.exec(request.uri);
  if (ending && FILES.includes(`.${ending[1]!.toLowerCase()}.`)) return false;

  // Browsers since 2023 say it outright: https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header
  const mode = headerOf(request, 'sec-fetch-mode');
  if (mode !== '') return mode === 'navigate';
  const accept = headerOf(request, 'accept');
  if (accept.includes('text/html')) return true;
  // curl, monitors and crawlers take anything. `/v1.2` of theirs may as well be a file.
  return !ending && (accept === '' || accept.includes('*/*'));
}

function headerOf(request: ViewerRequest, name: string): string {
  const header = request.headers[name];
  return header ? header.value : '';
}
