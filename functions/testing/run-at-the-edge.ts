import { createContext, runInContext } from 'node:vm';
import type { ViewerRequest } from '../shared/viewer-request.ts';

/** Runs a CloudFront function as CloudFront does: a strict script in a world without modules, timers and network. */
export function runAtTheEdge(code: string): (request: ViewerRequest) => ViewerRequest {
  const world = createContext(Object.create(null));
  runInContext(`'use strict';${code}`, world);
  return (request) => {
    const event = JSON.stringify({ version: '1.0', request });
    return JSON.parse(runInContext(`JSON.stringify(handler(${event}))`, world) as string) as ViewerRequest;
  };
}
