import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import fc from 'fast-check';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  type FetchImplementation,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHttps } from '../testing/start-https.ts';
import { type KeySource, keySet, sharedSecret } from './keys.ts';
import { readSettings, type Settings } from './settings.ts';
import { forge, SECRET, unsigned } from './testing/forge.ts';
import { verify } from './verify.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const AT = NOW.getTime() / 1000;
const ISSUER = 'https://issuer.example.com';
const GOOD: JWTPayload = { sub: 'u1', iss: ISSUER, aud: 'shop', iat: AT - 60, exp: AT + 600 };

describe('attacks on tokens that a secret signs', () => {
  const settings = readSettings({ JWT_SECRET_ARN: 'arn', JWT_ISSUER: ISSUER, JWT_AUDIENCE: 'shop' });
  const judge = (token: string) =>
    verify(
      token,
      settings,
      sharedSecret(async () => SECRET),
      NOW,
    );
  const hs256 = { alg: 'HS256', typ: 'JWT' };

  it('S4-35: a good token is taken', async () => {
    expect(await judge(forge(hs256, GOOD))).toEqual({ claims: GOOD });
    expect(await judge(forge(hs256, { ...GOOD, aud: ['other', 'shop'] }))).toHaveProperty('claims');
  });

  it.each([
    ['none', 'malformed', unsigned({ alg: 'none' }, GOOD)],
    ['none, with a signature', 'algorithm', unsigned({ alg: 'none' }, GOOD, 'AAAA')],
    ['None, in other capitals', 'algorithm', unsigned({ alg: 'nOnE' }, GOOD, 'AAAA')],
    ['of nobody', 'malformed', forge({ typ: 'JWT' }, GOOD)],
    ['that is a list', 'malformed', forge({ alg: ['HS256'] }, GOOD)],
    ['HS512, which is not allowed', 'algorithm', forge({ alg: 'HS512' }, GOOD)],
    ['RS256, for a secret', 'algorithm', forge({ alg: 'RS256' }, GOOD)],
    ['dir, an encryption', 'algorithm', forge({ alg: 'dir', enc: 'A256GCM' }, GOOD)],
  ])('S4-35: algorithm %s', async (_, refused, token) => {
    expect(await judge(token)).toEqual({ refused });
  });

  it.each([
    ['empty', unsigned(hs256, GOOD), 'malformed'],
    ['of zeros', unsigned(hs256, GOOD, Buffer.alloc(32).toString('base64url')), 'signature'],
    ['cut off', forge(hs256, GOOD).slice(0, -3), 'signature'],
    ['of another secret', forge(hs256, GOOD, `${SECRET}!`), 'signature'],
    ['of an empty secret', forge(hs256, GOOD, ''), 'signature'],
    [
      'of other claims',
      [...forge(hs256, GOOD).split('.').slice(0, 2), forge(hs256, {}).split('.')[2]].join('.'),
      'signature',
    ],
    ['twice', `${forge(hs256, GOOD)}.${'A'.repeat(43)}`, 'malformed'],
  ])('S4-35: a signature that is %s', async (_, token, refused) => {
    expect(await judge(token)).toEqual({ refused });
  });

  it.each([
    ['over', { exp: AT - 31 }, 'expired'],
    ['without an end', { exp: undefined }, 'claim'],
    ['with an end that is text', { exp: '9999999999' }, 'claim'],
    ['with an end beyond numbers', { exp: 'Infinity' }, 'claim'],
    ['not yet valid', { nbf: AT + 31 }, 'claim'],
    ['of another issuer', { iss: `${ISSUER}.evil.example` }, 'claim'],
    ['of an issuer that looks alike', { iss: ISSUER.replace('e', '\u0435') }, 'claim'],
    ['of a list of issuers', { iss: [ISSUER] }, 'claim'],
    ['of no issuer', { iss: undefined }, 'claim'],
    ['for others', { aud: 'bank' }, 'claim'],
    ['for nobody', { aud: undefined }, 'claim'],
    ['for others whose name begins alike', { aud: 'shopping' }, 'claim'],
    ['for an object', { aud: { shop: true } }, 'claim'],
  ])('S4-35: a token %s', async (_, claims, refused) => {
    expect(await judge(forge(hs256, { ...GOOD, ...claims }))).toEqual({ refused });
  });

  it('S4-35: clocks may differ by the skew, and no more', async () => {
    expect(await judge(forge(hs256, { ...GOOD, exp: AT - 29 }))).toHaveProperty('claims');
    expect(await judge(forge(hs256, { ...GOOD, nbf: AT + 29 }))).toHaveProperty('claims');
  });

  it.each([
    ['a claim named twice', forge(hs256, `{"sub":"u1","sub":"admin",${JSON.stringify(GOOD).slice(1)}`)],
    ['a header named twice', forge('{"alg":"none","alg":"HS256"}', GOOD)],
    ['eight kilobytes and one', forge(hs256, { ...GOOD, filler: 'x'.repeat(8192) })],
    ['a part that must be understood and is not', forge({ ...hs256, crit: ['exp-by'], 'exp-by': 1 }, GOOD)],
    ['claims that are not encoded', forge({ ...hs256, b64: false, crit: ['b64'] }, GOOD)],
    ['letters that are no base64url', `${forge(hs256, GOOD)}\n`],
    ['full-width dots', forge(hs256, GOOD).replaceAll('.', '\uff0e')],
  ])('S4-35: a token with %s is none', async (_, token) => {
    expect(await judge(token)).toEqual({ refused: 'malformed' });
  });

  it('S4-35: no text is taken, and none makes it stumble', async () => {
    const part = fc.oneof(
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
        expect(await judge(parts.join('.'))).toHaveProperty('refused');
      }),
    );
  });

  it('S4-35: a good token with one letter changed is none', async () => {
    const token = forge(hs256, GOOD);
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=');
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), letter, async (at, other) => {
        fc.pre(token[at] !== other);
        expect(await judge(token.slice(0, at) + other + token.slice(at + 1))).toHaveProperty('refused');
      }),
    );
  });

  it('S4-35: a `kid` chooses nothing where there is one key', async () => {
    const path = '../../../../dev/null';
    for (const kid of [path, "x' UNION SELECT 'secret", '|/usr/bin/id', '']) {
      expect(await judge(forge({ ...hs256, kid }, GOOD, ''))).toEqual({ refused: 'signature' });
      expect(await judge(forge({ ...hs256, kid }, GOOD))).toEqual({ claims: GOOD });
    }
  });

  it('S4-35: a secret that can be guessed is no secret', async () => {
    const weak = verify(
      forge(hs256, GOOD, 'secret'),
      settings,
      sharedSecret(async () => 'secret'),
      NOW,
    );
    await expect(weak).rejects.toThrow('the secret has 6 bytes; HS256 needs 32');
  });

  it('S4-35: a rotated secret is asked for again when a signature is wrong, and not at every wrong one', async () => {
    const rotated = 'another-secret-of-more-than-thirty-two-bytes';
    let [held, reads, time] = [SECRET, 0, 0];
    const keys = sharedSecret(
      async () => {
        reads++;
        return held;
      },
      () => time,
    );
    const judged = (token: string) => verify(token, settings, keys, NOW);
    await judged(forge(hs256, GOOD));
    held = rotated;

    expect(await judged(forge(hs256, GOOD, rotated))).toEqual({ refused: 'signature' });
    time = 31_000;
    expect(await judged(forge(hs256, GOOD, rotated))).toEqual({ claims: GOOD });
    for (let at = 0; at < 20; at++) await judged(forge(hs256, GOOD));
    expect(reads).toBe(2);
    time += 301_000;
    await judged(forge(hs256, GOOD, rotated));
    expect(reads).toBe(3);
  });
});

describe('attacks on tokens that a set of keys signs', () => {
  let pairs: { rsa: Awaited<ReturnType<typeof generateKeyPair>>; ec: typeof pairs.rsa; stranger: typeof pairs.rsa };
  let settings: Settings;
  let keys: KeySource;
  let asked: string[];
  /** Milliseconds that have passed for those who hold keys. */
  let later: number;
  let answer: () => { status: number; body: unknown };

  beforeAll(async () => {
    const [rsa, ec, stranger] = await Promise.all([
      generateKeyPair('RS256', { extractable: true }),
      generateKeyPair('ES256', { extractable: true }),
      generateKeyPair('RS256', { extractable: true }),
    ]);
    pairs = { rsa, ec, stranger };
  });

  beforeEach(async () => {
    asked = [];
    const jwks = {
      keys: [
        { ...(await exportJWK(pairs.rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
        { ...(await exportJWK(pairs.ec.publicKey)), kid: 'ec', use: 'sig' },
      ],
    };
    answer = () => ({ status: 200, body: jwks });
    const { url, certificateFile } = await startHttps((incoming, response) => {
      asked.push(incoming.url!);
      const { status, body } = answer();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    settings = readSettings({ JWT_JWKS_URL: `${url}/jwks.json`, JWT_ISSUER: ISSUER, JWT_AUDIENCE: 'shop' });
    later = 0;
    keys = keySet(new URL(`${url}/jwks.json`), trusting(certificateFile), () => later);
  });

  const judge = (token: string) => verify(token, settings, keys, NOW);
  const signed = (key: CryptoKey, header: { alg: string; [name: string]: unknown }, claims = GOOD) =>
    new SignJWT(claims).setProtectedHeader(header).sign(key);

  it('S4-35: tokens of RSA and of elliptic curves are taken, and the keys are asked for once', async () => {
    for (let at = 0; at < 3; at++) {
      expect(await judge(await signed(pairs.rsa.privateKey, { alg: 'RS256', kid: 'rsa' }))).toEqual({ claims: GOOD });
      expect(await judge(await signed(pairs.ec.privateKey, { alg: 'ES256', kid: 'ec' }))).toEqual({ claims: GOOD });
    }
    expect(asked).toEqual(['/jwks.json']);
  });

  it('S4-35: a public key is no secret: HS256 with its PEM or its JSON is refused', async () => {
    const pem = await exportSPKI(pairs.rsa.publicKey);
    const json = JSON.stringify(await exportJWK(pairs.rsa.publicKey));
    for (const secret of [pem, pem.trim(), json])
      expect(await judge(forge({ alg: 'HS256', kid: 'rsa' }, GOOD, secret))).toEqual({ refused: 'algorithm' });
  });

  it('S4-35: keys that a token brings along are not used, and no address in it is asked', async () => {
    const { url } = await startHttps((_, response) => {
      asked.push('evil');
      response.end();
    });
    const jwk = await exportJWK(pairs.stranger.publicKey);
    for (const brought of [{ jwk }, { jku: `${url}/jwks.json` }, { x5u: `${url}/chain.pem` }, { x5c: ['MIIB'] }, {}])
      expect(await judge(await signed(pairs.stranger.privateKey, { alg: 'RS256', kid: 'rsa', ...brought }))).toEqual({
        refused: 'signature',
      });
    expect(asked).toEqual(['/jwks.json']);
  });

  it('S4-35: a `kid` is compared, not followed, and strange ones do not make us ask again and again', async () => {
    for (const kid of ['../../etc/passwd', 'https://evil.example/key', "' OR 1=1 --", 'RSA', '__proto__', 'ec'])
      expect(await judge(await signed(pairs.stranger.privateKey, { alg: 'RS256', kid }))).toEqual({ refused: 'key' });
    expect(asked).toEqual(['/jwks.json']);
  });

  it('S4-35: a key signs with its own kind of algorithm only', async () => {
    expect(await judge(await signed(pairs.ec.privateKey, { alg: 'ES256', kid: 'rsa' }))).toEqual({ refused: 'key' });
    const pss = await generateKeyPair('PS256');
    expect(await judge(await signed(pss.privateKey, { alg: 'PS256', kid: 'rsa' }))).toEqual({ refused: 'algorithm' });
  });

  it('S4-35: keys that are known go on while the issuer is ill, and end when it says so', async () => {
    const token = await signed(pairs.rsa.privateKey, { alg: 'RS256', kid: 'rsa' });
    const healthy = answer;
    await judge(token);

    answer = () => ({ status: 503, body: {} });
    later = 700_000;
    expect(await judge(token)).toHaveProperty('claims');
    expect(await judge(token)).toHaveProperty('claims');
    expect(asked).toHaveLength(2);

    answer = () => ({ status: 200, body: { keys: (healthy().body as { keys: { kid: string }[] }).keys.slice(1) } });
    later = 1_400_000;
    expect(await judge(token)).toEqual({ refused: 'key' });
  });

  it('S4-38: an access token of Cognito names the application in client_id', async () => {
    const { aud: _, ...bare } = GOOD;
    const token = (claims: JWTPayload) => signed(pairs.rsa.privateKey, { alg: 'RS256', kid: 'rsa' }, claims);
    expect(await judge(await token({ ...bare, client_id: 'shop' }))).toHaveProperty('claims');
    expect(await judge(await token({ ...bare, client_id: 'bank' }))).toEqual({ refused: 'claim' });
    expect(await judge(await token({ ...bare, aud: 'bank', client_id: 'shop' }))).toEqual({ refused: 'claim' });
  });

  it.each([
    ['is ill', 500, { message: 'oops' }],
    ['sends elsewhere', 302, {}],
    ['answers with something else', 200, { keys: 'none' }],
  ])('S4-35: an issuer that %s is no reason to refuse a token: that cannot be told', async (_, status, body) => {
    answer = () => ({ status, body });
    const token = await signed(pairs.rsa.privateKey, { alg: 'RS256', kid: 'rsa' });
    await expect(judge(token)).rejects.toThrow(/JSON Web Key Set|200 OK/);
  });
});

/** The real thing, that believes one certificate more. */
const trusting = (certificateFile: string): FetchImplementation => {
  const ca = readFileSync(certificateFile);
  return (url, { headers, signal }) =>
    new Promise((resolve, reject) => {
      request(url, { ca, signal, headers: Object.fromEntries(headers) }, async (incoming) => {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk as Buffer);
        resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode! }));
      })
        .on('error', reject)
        .end();
    });
};
