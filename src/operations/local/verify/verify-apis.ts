import { randomUUID } from 'node:crypto';
import type { Api } from '../../../config/blocks/api.ts';
import { askAddress, type HttpAnswer } from '../../../process/ask-address.ts';
import { issueToken, tokenApis, VERIFIER } from '../token.ts';
import { attempt, check, type Finding, type VerifyCheck, type VerifyScene } from './verify-check.ts';

const WITHIN_MS = 30_000;
/** A path of nobody: what a handler answers to it does nothing, and the gateway judges it as any other. */
const PATH = '/platform-verify';

/** Each API as a visitor meets it: with and without a token, from a web page, and with a body that is wrong. */
export async function verifyApis(scene: VerifyScene): Promise<VerifyCheck[]> {
  const { apis } = scene.session.environment.blocks;
  const found = await Promise.all(Object.entries(apis).map(([name, api]) => verifyApi(scene, name, api)));
  return found.flat();
}

async function verifyApi(scene: VerifyScene, name: string, api: Api): Promise<VerifyCheck[]> {
  const { session, urls } = scene;
  const component = `apis.${name}`;
  const base = urls.get(component);
  const unreached =
    base === undefined
      ? 'it is not deployed, or the emulator answers for it at no address that is known'
      : api.apiKeys
        ? 'callers need an API key'
        : undefined;
  const each = (id: string, title: string, look: () => Promise<Finding>) =>
    check(session, { component, id, title }, async () => (unreached ? { skipped: unreached } : look()));
  const ask = (asked: Partial<Pick<Parameters<typeof askAddress>[0], 'method' | 'headers' | 'body'>>, path = PATH) =>
    askAddress({
      url: new URL(`${base}${path}`),
      method: 'GET',
      headers: {},
      withinMs: WITHIN_MS,
      variables: session.variables,
      signal: session.signal,
      ...asked,
    });
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const signs = tokenApis(session.environment).includes(name);
  const issued = signs && !unreached ? await attempt(() => issueToken(session, { ...VERIFIER, api: name })) : undefined;
  const token = issued && 'value' in issued ? issued.value.token : undefined;
  const closed = api.authorizer.kind !== 'none';
  const without: Finding | undefined = token
    ? undefined
    : issued && 'why' in issued
      ? { wrong: issued.why }
      : { skipped: 'tokens for it come from elsewhere' };

  return Promise.all([
    ...(closed
      ? [
          each('token-missing', 'A request without a token is refused', async () => refused(await ask({}))),
          each('token-forged', 'A token that nobody signed is refused', async () =>
            // The last character of a signature may not matter; the claims always do.
            refused(await ask(bearer(token ? forged(token) : 'a.b.c'))),
          ),
          each(
            'token',
            'A request with a token reaches the function',
            async () => without ?? reached(await ask(bearer(token!))),
          ),
        ]
      : [each('reached', 'A request reaches the function', async () => reached(await ask({})))]),
    each('preflight', 'A web page that may call is told so', async () => preflight(api, ask)),
    ...bodyChecks(api, { each, ask, bearer, token, without: closed ? without : undefined }),
  ]);
}

/** Signed by a key of nobody: the form is right, the signature is not. */
function forged(token: string): string {
  const [header, claims] = token.split('.');
  return `${header}.${claims}.${Buffer.from(randomUUID()).toString('base64url').slice(0, 43)}`;
}

type Ask = (
  asked: { method?: string; headers?: Record<string, string>; body?: string },
  path?: string,
) => Promise<HttpAnswer>;

function refused({ status }: HttpAnswer): Finding {
  return status === 401 || status === 403
    ? `it answered ${status}`
    : { wrong: `it answered ${status}, not 401 or 403` };
}

/** Whoever sends what API Gateway sends by itself is API Gateway: the handler's own 403 or 404 is an answer. */
function reached({ status, headers, body }: HttpAnswer): Finding {
  const own =
    headers['x-amzn-errortype'] ?? (/^\{"message":\s*"(Unauthorized|Forbidden)"\}$/.test(body) ? body : undefined);
  if (own !== undefined) return { wrong: `API Gateway itself answered ${status}: ${own}` };
  if (status >= 500) return { wrong: `it answered ${status}: ${body.slice(0, 200)}` };
  return `it answered ${status}`;
}

async function preflight({ cors }: Api, ask: Ask): Promise<Finding> {
  if (!cors) return { skipped: 'no cors is configured' };
  const origin = cors.origins[0] === '*' ? 'https://platform-verify.example' : cors.origins[0]!;
  const headers = { origin, 'access-control-request-method': cors.methods[0]! };
  const answer = await ask({ method: 'OPTIONS', headers });
  const allowed = answer.headers['access-control-allow-origin'];
  const methods = answer.headers['access-control-allow-methods'] ?? '';
  if (answer.status >= 300) return { wrong: `it answered ${answer.status}` };
  if (allowed !== '*' && allowed !== origin) return { wrong: `it allows ${allowed ?? 'nobody'}, not ${origin}` };
  const lacking = cors.methods.filter((method) => methods !== '*' && !methods.includes(method));
  return lacking.length > 0 ? { wrong: `it does not allow ${lacking.join(', ')}` } : `it allows ${allowed}`;
}

interface BodyParts {
  each: (id: string, title: string, look: () => Promise<Finding>) => Promise<VerifyCheck>;
  ask: Ask;
  bearer: (token: string) => { headers: Record<string, string> };
  token: string | undefined;
  /** Where a token is needed and none is at hand. */
  without: Finding | undefined;
}

/** A body that is no JSON keeps no schema, and is answered before any function is asked. */
function bodyChecks(api: Api, { each, ask, bearer, token, without }: BodyParts): Promise<VerifyCheck>[] {
  const title = 'A body that is wrong is refused before the function is asked';
  const routes = Object.entries(api.routes).filter(([, { body }]) => body !== undefined);
  const validates = api.kind === 'rest' && (api.validation === 'body' || api.validation === 'both');
  if (!validates || routes.length === 0)
    return [each('body', title, async () => ({ skipped: 'no route has a schema for its body that is checked' }))];
  return routes.map(([route, { open }]) =>
    each(`body ${route}`, title, async () => {
      if (without && !open) return without;
      const [method = '', path = ''] = route.split(' ');
      const headers = { 'content-type': 'application/json', ...(token && !open ? bearer(token).headers : {}) };
      const answer = await ask(
        { method: method === 'ANY' ? 'POST' : method, headers, body: '{' },
        path.replace(/\{[^}]+\}/g, 'platform-verify'),
      );
      return answer.status === 400 ? 'it answered 400' : { wrong: `it answered ${answer.status}, not 400` };
    }),
  );
}
