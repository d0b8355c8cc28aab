import type { EffectiveEnvironment } from '../../config/project.ts';
import type { Context, Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { secretName } from '../../release/secret-name.ts';
import { LEAST_KEY_BYTES, signedToken } from '../../release/signed-token.ts';
import type { Secret } from '../../secret.ts';
import { readSecret } from '../secrets/look-at-secrets.ts';
import { chooseLocal } from './choose-local.ts';

export interface TokenInput {
  /** An API whose tokens one secret signs; absent: the only one, or one whose secret all share. */
  api?: string;
  sub: string;
  roles: readonly string[];
  claims: Readonly<Record<string, unknown>>;
  /** Milliseconds for which it is taken. */
  forMs: number;
}

/** The contract of `local token --json`. */
export interface TokenOutcome {
  environment: string;
  api: string;
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** Whom `local verify` asks as. */
export const VERIFIER = { sub: 'platform-verify', roles: [], claims: {}, forMs: 300_000 };

/**
 * A token as the application would hand it out, signed with the secret that the API’s authorizer reads. For
 * environments of kind local and sandbox alone, and refused before anybody is asked: whoever can sign for production
 * without being production can be anybody there.
 */
export async function localToken(context: Context, input: TokenInput): Promise<TokenOutcome> {
  const { environment, open } = await chooseLocal(context, ['local', 'sandbox']);
  const api = chosenApi(environment, input.api);
  return issueToken(await open(), { ...input, api });
}

/** Throws where the secret has no such key: it is made by the deployment. */
export async function issueToken(
  session: Pick<Session, 'aws' | 'clock' | 'environment'>,
  { api, sub, roles, claims, forMs }: TokenInput & { api: string },
): Promise<TokenOutcome> {
  const { clock, environment } = session;
  const now = Math.floor(clock.now() / 1_000);
  const exp = now + Math.max(1, Math.round(forMs / 1_000));
  const secret = await signingKey(session, api);
  const token = signedToken({ ...claims, sub, ...(roles.length > 0 ? { roles } : {}), iat: now, exp }, secret);
  return { environment: environment.name, api, token, expiresAt: new Date(exp * 1_000).toISOString() };
}

const secretOf = ({ blocks }: EffectiveEnvironment, api: string): string | undefined => {
  const authorizer = blocks.apis[api]?.authorizer;
  return authorizer?.kind === 'jwt-lambda' ? authorizer.secret : undefined;
};

/** Names of the APIs whose tokens a secret of the project signs. */
export const tokenApis = (environment: EffectiveEnvironment): string[] =>
  Object.keys(environment.blocks.apis).filter((name) => secretOf(environment, name) !== undefined);

function chosenApi(environment: EffectiveEnvironment, wanted: string | undefined): string {
  const names = tokenApis(environment);
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted;
    throw withoutSecret(environment, wanted, names);
  }
  const [first] = names;
  if (first === undefined) throw nothingToSign(environment);
  if (new Set(names.map((name) => secretOf(environment, name))).size > 1) throw several(environment, names);
  return first;
}

async function signingKey(session: Pick<Session, 'aws' | 'environment'>, api: string): Promise<Secret> {
  const { environment } = session;
  const [block = '', key = ''] = secretOf(environment, api)!.split('#');
  const name = secretName(environment, block.replace(/^secret\./, ''));
  const { contents } = await readSecret(session, name);
  const secret = contents.kind === 'json' ? contents.values.get(key) : undefined;
  if (!secret) throw keyMissing(environment, name, key);
  if (Buffer.byteLength(secret.reveal()) < LEAST_KEY_BYTES) throw keyShort(name, key);
  return secret;
}

const withoutSecret = ({ name }: EffectiveEnvironment, api: string, names: readonly string[]) =>
  new PlatformError({
    id: 'token-api-unknown',
    kind: 'usage',
    message: `${name} has no API ${JSON.stringify(api)} whose tokens a secret of the project signs`,
    remedy:
      names.length > 0
        ? `--api ${nearest(api, names) ?? names.join(' | ')}`
        : 'give the API authorizer: { kind: jwt-lambda, secret: "secret.<name>#<KEY>" }',
  });

const nothingToSign = ({ name }: EffectiveEnvironment) =>
  new PlatformError({
    id: 'token-nothing-to-sign',
    kind: 'usage',
    message: `No API of ${name} has an authorizer of kind jwt-lambda, so no secret of the project signs tokens`,
    remedy: 'tokens of Cognito and of other issuers come from there',
  });

const several = ({ name }: EffectiveEnvironment, names: readonly string[]) =>
  new PlatformError({
    id: 'token-several-apis',
    kind: 'usage',
    message: `The APIs of ${name} have secrets of their own, and a token is for one of them`,
    remedy: `--api ${names.join(' | ')}`,
  });

const keyMissing = (environment: EffectiveEnvironment, secret: string, key: string) =>
  new PlatformError({
    id: 'token-key-missing',
    kind: 'failed',
    message: `Secret ${secret} has no value for ${key}, which signs the tokens (F-90)`,
    remedy: `platform deploy ${environmentFlags(environment)} makes it, or platform secrets push where it comes from an env file`,
  });

const keyShort = (secret: string, key: string) =>
  new PlatformError({
    id: 'token-key-short',
    kind: 'failed',
    message: `${key} of secret ${secret} is shorter than ${LEAST_KEY_BYTES} bytes, and the authorizer takes no such key`,
    remedy: `give it a longer one: generate: { length: 64 }, or a value of at least ${LEAST_KEY_BYTES} characters`,
  });
