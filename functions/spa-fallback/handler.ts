import type { ViewerRequest, ViewerRequestEvent } from '../shared/viewer-request.ts';
import { isNavigation } from './navigation.ts';
import { matchesPath } from './path-pattern.ts';

/** The path patterns of the behaviours that are not the default one; set when the function is rendered. */
declare const API_PATHS: readonly string[];

const isApi = matchesPath(API_PATHS);

export function handler(event: ViewerRequestEvent): ViewerRequest {
  const request = event.request;
  if (!isApi(request.uri) && isNavigation(request)) request.uri = '/index.html';
  return request;
}
