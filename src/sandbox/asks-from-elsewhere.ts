import type { IncomingHttpHeaders } from 'node:http';

/** The names of this machine; the last is what it is called inside its containers. */
const LOOPBACK = /^(?:127\.0\.0\.1|\[::1\]|(?:.+\.)?localhost|host\.docker\.internal)(?::\d+)?$/i;

/** A page of the web whose name was bent to 127.0.0.1 must not reach the sandbox through a browser. */
export const isLoopback = (host = ''): boolean => LOOPBACK.test(host);

/**
 * Whether a page of somebody else's asks, through the browser of whoever runs the sandbox. A browser sends what needs no
 * leave (a form, an image, a text by POST) to any address, whoever is shown the answer; and here nobody checks
 * signatures, and what is deployed runs on this machine. Programs say neither where they come from nor what for.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function asksFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const { origin, referer } = headers;
  if (origin !== undefined) return !isLoopback(hostOf(origin));
  const site = headers['sec-fetch-site'] ?? 'none';
  return site !== 'none' && site !== 'same-origin' && !isLoopback(hostOf(referer));
}

/** `null` of a page without a name is no address. */
function hostOf(address = ''): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}
