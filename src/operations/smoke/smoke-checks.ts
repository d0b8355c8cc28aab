import { type SmokeRequest, type SmokeSpec, smokeRequestOf } from '../../config/blocks/smoke.ts';
import type { Blocks } from '../../config/blocks.ts';
import type { ExpectedAnswer } from '../../domain/judge-answer.ts';

/** One request to a component, and what must come back. */
export interface SmokeCheck {
  /** As platform.yaml calls it: `services.web`. */
  component: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  expected: ExpectedAnswer;
  /** It is of use with a bearer token only. */
  needsToken: boolean;
}

/** What an environment’s configuration says must answer: health paths of services, and `smoke` of every kind of block. */
export function smokeChecks(blocks: Pick<Blocks, 'services' | 'sites' | 'apis'>): SmokeCheck[] {
  const services = Object.entries(blocks.services).flatMap(([name, { http, health, smoke }]) => {
    if (!http) return [];
    const own = health?.path
      ? [
          {
            ...checkOf(`services.${name}`, smokeRequestOf(health.path)),
            expected: { statuses: health.matcher.split(',') },
          },
        ]
      : [];
    return [...own, ...smoke.map((one) => checkOf(`services.${name}`, smokeRequestOf(one)))];
  });
  const rest = (['sites', 'apis'] as const).flatMap((block) =>
    Object.entries(blocks[block]).flatMap(([name, { smoke }]) =>
      smoke.map((one: SmokeSpec) => checkOf(`${block}.${name}`, smokeRequestOf(one))),
    ),
  );
  return [...services, ...rest];
}

function checkOf(component: string, request: SmokeRequest): SmokeCheck {
  const { path, method, status, json, text, contentType, body, origin, token } = request;
  return {
    component,
    method,
    path,
    headers: {
      accept: '*/*',
      ...(body && { 'content-type': 'application/json' }),
      ...(origin && { origin }),
      ...(origin && method === 'OPTIONS' && { 'access-control-request-method': 'GET' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    expected: {
      statuses: [status].flat(),
      ...(json && { json }),
      ...(text && { text }),
      ...(contentType && { contentType }),
      ...(origin && { origin }),
    },
    needsToken: token === 'required',
  };
}
