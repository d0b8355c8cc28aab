import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InjectedFault } from '../../src/sandbox/injected-fault.ts';
import { startSandbox } from '../../src/testing/start-sandbox.ts';
import type { EdgeRequest, EdgeResponse } from '../shared/edge-event.ts';
import { type RunningFunction, startBundle } from '../testing/start-function.ts';
import { linuxBinary, NATIVE } from './linux-binary.ts';
import { packageImageTransform } from './package.ts';
import { bomb, encoded, noise } from './testing/corpus.ts';

const folder = mkdtempSync(join(tmpdir(), 'image-transform-'));
const packaged = join(folder, 'package');
let bytes: number;

beforeAll(async () => {
  bytes = await packageImageTransform({
    outFolder: packaged,
    cacheFolder: join(folder, 'cache'),
    settings: { cacheSeconds: 3600, maxInputBytes: 4_000_000 },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const JSON_OF = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;

describe('the package for Lambda@Edge', () => {
  it('S0-06 S0-24 F-111: is well under 50 MB even unzipped, and asks for no environment variable', () => {
    expect(bytes).toBeGreaterThan(10_000_000);
    expect(bytes).toBeLessThan(25_000_000);
    expect(readFileSync(join(packaged, 'index.js')).length).toBeLessThan(1_000_000);
    const { dependencies } = JSON_OF(join(packaged, 'node_modules/sharp/package.json'));
    for (const name of Object.keys(dependencies!))
      expect(JSON_OF(join(packaged, 'node_modules', name, 'package.json')).dependencies ?? {}, name).toEqual({});
  });

  it('S0-04: has the machine code of the sharp that is installed, by the bytes of our lock file', () => {
    const { optionalDependencies } = JSON_OF(join(packaged, 'node_modules/sharp/package.json'));
    const ours = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));
    const locked = JSON.parse(readFileSync(join(import.meta.dirname, 'linux-x64/package-lock.json'), 'utf8'));
    for (const name of NATIVE) {
      const { version, integrity } = locked.packages[`node_modules/${name}`];
      expect(version, name).toBe(optionalDependencies![name]);
      expect(integrity, name).toBe(ours.packages[`node_modules/${name}`].integrity);
    }
  });

  it('S0-04: gets that from npm where this machine is another, once, and without Docker', async () => {
    const lock = join(import.meta.dirname, 'linux-x64');
    const cache = join(folder, 'elsewhere');
    const fetched = await linuxBinary(lock, cache, join(folder, 'no-such-modules'));
    for (const name of NATIVE) expect(JSON_OF(join(fetched, name, 'package.json')).name).toBe(name);
    expect(await linuxBinary(lock, cache, join(folder, 'no-such-modules'))).toBe(fetched);
  });
});

describe('S0-53: the function as Lambda@Edge runs it, with originals in the S3 of a sandbox', () => {
  let invoke: (uri: string, request?: Partial<EdgeRequest>) => Promise<EdgeRequest | EdgeResponse>;
  let put: (key: string, body: Buffer, more?: { ContentType?: string; CacheControl?: string }) => Promise<void>;
  let logs: RunningFunction['logs'];
  let faults: InjectedFault[];

  beforeEach(async () => {
    const sandbox = await startSandbox();
    faults = sandbox.faults;
    const client = sandbox.client(S3Client);
    await client.send(new CreateBucketCommand({ Bucket: 'media' }));
    put = async (Key, Body, more) =>
      void (await client.send(new PutObjectCommand({ Bucket: 'media', Key, Body, ...more })));
    const running = startBundle(join(packaged, 'index.js'), {
      // What Lambda sets itself; functions at the edge have no other variables.
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
      AWS_ENDPOINT_URL_S3: sandbox.endpoint,
    });
    logs = running.logs;
    invoke = (uri, more) => {
      const request: EdgeRequest = {
        method: 'GET',
        uri,
        querystring: '',
        headers: { host: [{ value: 'media.s3.us-east-1.amazonaws.com' }] },
        origin: { s3: { domainName: 'media.s3.us-east-1.amazonaws.com', path: '' } },
        ...more,
      };
      return running.invoke({ Records: [{ cf: { config: { requestId: 'r1' }, request } }] });
    };
  });

  const imageIn = (answer: EdgeRequest | EdgeResponse) =>
    sharp(Buffer.from((answer as EdgeResponse).body!, 'base64')).metadata();

  it('S0-19 S0-24 S0-25 S0-26 S0-27 S0-28: answers the four forms, to be kept as long as the uploader says', async () => {
    await put('avatars/123/a b.jpg', await encoded('jpeg'), { CacheControl: 'public, max-age=600' });
    await put('plain.png', await encoded('png'), { ContentType: 'text/html' });

    const sizes = [];
    for (const form of ['/30x60', '/fit-in/60x60', '/cover/30x60', '/contain/30x60']) {
      const answer = await invoke(`${form}/avatars/123/a%20b.jpg`);
      expect(answer).toMatchObject({
        status: '200',
        bodyEncoding: 'base64',
        headers: {
          'content-type': [{ value: 'image/jpeg' }],
          'cache-control': [{ value: 'public, max-age=600' }],
          etag: [{ value: expect.stringMatching(/^"[0-9a-f]{32}"$/) }],
        },
      });
      const { width, height } = await imageIn(answer);
      sizes.push([width, height]);
    }
    expect(sizes).toEqual([
      [30, 60],
      [60, 40],
      [30, 60],
      [30, 60],
    ]);

    // What an object says of itself is not believed, and what says nothing of caching is kept as the site is set.
    expect(await invoke('/30x30/plain.png')).toMatchObject({
      headers: { 'content-type': [{ value: 'image/png' }], 'cache-control': [{ value: 'public, max-age=3600' }] },
    });
    expect(logs().at(-1)).toMatchObject({ event: 'transformed', width: 30, format: 'png' });
  });

  it('S0-19: leaves alone what is no image of a size, and lets S3 speak of what is not there', async () => {
    for (const uri of ['/avatars/photo.jpg', '/']) expect(await invoke(uri)).toMatchObject({ uri, origin: {} });
    expect(await invoke('/30x30/a.jpg', { method: 'POST' })).toMatchObject({ uri: '/30x30/a.jpg' });
    expect(await invoke('/cover/30x30/missing%20one.jpg')).toMatchObject({ uri: '/missing%20one.jpg', method: 'GET' });
    expect(await invoke('/30x30/a.jpg', { origin: { custom: { domainName: 'example.com' } } })).toMatchObject({
      uri: '/a.jpg',
    });
    expect(logs().at(-1)).toMatchObject({ level: 'error', event: 'original-unread' });
  });

  it('S0-24: a folder before the origin counts', async () => {
    await put('uploads/a.webp', await encoded('webp'));
    const origin = { s3: { domainName: 'media.s3.us-east-1.amazonaws.com', path: '/uploads' } };
    expect(await invoke('/30x30/a.webp', { origin })).toMatchObject({ status: '200' });
  });

  it('D13 F-112: an image that never fits into an answer is the original, which CloudFront fetches itself', async () => {
    await put('noise.jpg', await noise(1500, 1500).jpeg({ quality: 95 }).toBuffer());
    expect(await invoke('/4096x4096/noise.jpg')).toMatchObject({ uri: '/noise.jpg', origin: {} });
    expect(logs()).toMatchObject([{ event: 'original-instead', reason: 'too-large', width: 4096 }]);
    const fits = (await invoke('/900x900/noise.jpg')) as EdgeResponse;
    expect(fits.status).toBe('200');
    expect(JSON.stringify(fits).length).toBeLessThan(1_048_576);
  });

  it('D13 F-112: an original that is too large is not read, and the next one is', async () => {
    await put('scan.jpg', Buffer.alloc(4_000_001));
    await put('a.jpg', await encoded('jpeg'));
    expect(await invoke('/30x30/scan.jpg')).toMatchObject({ uri: '/scan.jpg' });
    expect(logs()).toMatchObject([{ event: 'original-instead', reason: 'input-bytes' }]);
    expect(await invoke('/30x30/a.jpg', { method: 'HEAD' })).toMatchObject({ status: '200' });
  });

  it('F-112: S3 is asked twice, and where it does not answer CloudFront may try', async () => {
    await put('a.jpg', await encoded('jpeg'));
    faults.push({ service: 's3', operation: 'GetObject', with: 'cut-before' });
    expect(await invoke('/30x30/a.jpg')).toMatchObject({ status: '200' });
    faults.push({ service: 's3', operation: 'GetObject', times: 2, with: 'cut-before' });
    expect(await invoke('/30x30/a.jpg')).toMatchObject({ uri: '/a.jpg' });
    expect(logs().at(-1)).toMatchObject({ level: 'error', event: 'original-unread' });
  });

  it('F-112: refuses with a reason, and never with 5xx', async () => {
    await put('bomb.png', await bomb(60_000, 60_000));
    await put('logo.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), { ContentType: 'image/svg+xml' });
    await put('cut.jpg', (await encoded('jpeg')).subarray(0, 300));
    await put('empty.jpg', Buffer.alloc(0));

    const status = async (uri: string) => ((await invoke(uri)) as EdgeResponse).status;
    expect(await status('/30x30/bomb.png')).toBe('422');
    expect(await status('/30x30/logo.svg')).toBe('415');
    expect(await status('/30x30/cut.jpg')).toBe('422');
    expect(await status('/30x30/empty.jpg')).toBe('422');
    expect(await status('/5000x30/cut.jpg')).toBe('400');
    expect(await invoke('/30x30/bomb.png')).toMatchObject({
      headers: {
        'cache-control': [{ value: 'public, max-age=60' }],
        'content-type': [{ value: 'text/plain; charset=utf-8' }],
      },
    });
  });
});
