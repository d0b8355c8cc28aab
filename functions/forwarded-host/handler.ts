import type { ViewerRequest, ViewerRequestEvent } from '../shared/viewer-request.ts';

/** The headers in which OpenNext looks for the place of the viewer, and those in which CloudFront tells it. */
const PLACES = [
  ['x-open-next-city', 'cloudfront-viewer-city'],
  ['x-open-next-country', 'cloudfront-viewer-country'],
  ['x-open-next-region', 'cloudfront-viewer-country-region'],
  ['x-open-next-latitude', 'cloudfront-viewer-latitude'],
  ['x-open-next-longitude', 'cloudfront-viewer-longitude'],
] as const;

/**
 * A function URL answers to its own host name only, so the one that the viewer asked travels in `x-forwarded-host`.
 * What a viewer wrote into these headers is overwritten or taken out: the application trusts them.
 */
export function handler(event: ViewerRequestEvent): ViewerRequest {
  const headers = event.request.headers;
  replace(headers, 'x-forwarded-host', headers.host);
  for (let at = 0; at < PLACES.length; at++) replace(headers, PLACES[at]![0], headers[PLACES[at]![1]]);
  return event.request;
}

function replace(headers: ViewerRequest['headers'], name: string, by: { value: string } | undefined): void {
  if (by) headers[name] = { value: by.value };
  else delete headers[name];
}
