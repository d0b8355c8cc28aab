import { wholeNumber } from '../shared/variables.ts';

export const ALGORITHMS = ['HS256', 'RS256', 'ES256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface Settings {
  /** The only algorithms that a token may name; what it names never decides which kind of key is taken. */
  algorithms: readonly Algorithm[];
  keys: { kind: 'secret'; arn: string; field?: string } | { kind: 'jwks'; url: URL };
  issuer?: string;
  audience: readonly string[];
  skewSeconds: number;
  mostTokenBytes: number;
  /** Claims that the integration is given. */
  context: readonly string[];
  /** All of them must be in the token; who lacks one is known but may not. */
  scopes: readonly string[];
  /** What somebody without a valid token is told. */
  refusal: 401 | 403;
}

/** The environment of the function, read when it is loaded: a wrong one is an error before the first request. */
export function readSettings(variables: Record<string, string | undefined>): Settings {
  const text = (name: string): string | undefined => variables[name]?.trim() || undefined;
  const list = (name: string): string[] => (text(name) ?? '').split(',').flatMap((each) => each.trim() || []);

  const arn = text('JWT_SECRET_ARN');
  const jwks = text('JWT_JWKS_URL');
  if ((arn === undefined) === (jwks === undefined))
    throw new Error('set one of JWT_SECRET_ARN (HS256) and JWT_JWKS_URL (RS256, ES256)');

  const fitting: readonly Algorithm[] = arn ? ['HS256'] : ['RS256', 'ES256'];
  const named = list('JWT_ALGORITHMS');
  const algorithms = named.length > 0 ? named : [...fitting];
  // One kind of key for one kind of algorithm: a public key that is taken for a secret lets everybody sign.
  const wrong = algorithms.find((each) => !fitting.includes(each as Algorithm));
  if (wrong) throw new Error(`JWT_ALGORITHMS: ${wrong} is not one of ${fitting.join(', ')}, which fit the key`);

  const issuer = text('JWT_ISSUER');
  if (jwks && !issuer) throw new Error('JWT_ISSUER is needed with JWT_JWKS_URL: others may use the same keys');
  const refusal = text('JWT_REFUSAL') ?? '401';
  if (refusal !== '401' && refusal !== '403') throw new Error(`JWT_REFUSAL is 401 or 403, not ${refusal}`);
  const field = text('JWT_SECRET_KEY');

  return {
    algorithms: algorithms as Algorithm[],
    keys: arn ? { kind: 'secret', arn, ...(field && { field }) } : { kind: 'jwks', url: httpsUrl(jwks!) },
    ...(issuer && { issuer }),
    audience: list('JWT_AUDIENCE'),
    skewSeconds: wholeNumber(variables, 'JWT_CLOCK_SKEW_SECONDS', 30, [0, 300]),
    // API Gateway takes at most 10,240 bytes of headers together.
    mostTokenBytes: wholeNumber(variables, 'JWT_MOST_TOKEN_BYTES', 8192, [1, 10_240]),
    context: list('JWT_CONTEXT'),
    scopes: list('JWT_SCOPES'),
    refusal: refusal === '401' ? 401 : 403,
  };
}

function httpsUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:') return url;
  throw new Error(`JWT_JWKS_URL is an https URL, not ${text}`);
}
