import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFrontClient, ListInvalidationsCommand } from '@aws-sdk/client-cloudfront';
import { GetPolicyCommand, LambdaClient, ListFunctionsCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';
import { openNextFiles, type StandIn } from '../testing/open-next.ts';

const account = '111111111111';
const at = '--env dev --sandbox --yes';
const YAML = smallYaml(`buckets: { pictures: { onDelete: destroy } }
sites: { web: { kind: next, dir: app, build: "node build.mjs", vpc: false, uses: [bucket.pictures], env: { LOG_LEVEL: debug }, smoke: ["/", "/api/health"] } }`);

/** A build that writes what lies in `next.json`, as OpenNext would. */
const BUILD = `import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
rmSync('.open-next', { recursive: true, force: true });
for (const [path, text] of Object.entries(JSON.parse(readFileSync('next.json', 'utf8')))) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
`;
const source = (standIn: StandIn) => JSON.stringify(openNextFiles(standIn));

const start = (standIn: StandIn = {}) =>
  startDeployable({ yaml: YAML, files: { 'app/build.mjs': BUILD, 'app/next.json': source(standIn) } });

it('S1-01 S1-70 S1-71 F-116 F-117: builds a Next.js application, brings it up whole, and asks it through CloudFront', async () => {
  const project = await start();
  const first = (await project.succeed(`deploy ${at} --json`)).json();
  const { outputs } = first;
  expect(first.unsetVariables).toEqual([]);
  expect(first.sites).toMatchObject([{ name: 'web', status: 'Deployed' }]);
  expect(first.smoke.summary).toMatchObject({ passed: 2, failed: 0, skipped: 0 });
  expect(first.functions.map(({ name }: { name: string }) => name)).toEqual([
    'site-web-default',
    'site-web-image-optimizer',
    'site-web-revalidation',
  ]);

  const s3 = project.aws.client(S3Client, { account });
  const Bucket = outputs['sites.web.bucket'];
  const keys = async () =>
    ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key!);
  expect(await keys()).toEqual([
    '_assets/BUILD_ID',
    '_assets/_next/static/b1/page.js',
    '_assets/favicon.ico',
    '_cache/b1/index.cache',
  ]);
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: '_assets/_next/static/b1/page.js' }))).toMatchObject({
    CacheControl: 'public, max-age=31536000, immutable',
  });
  const visit = (path: string, init: RequestInit = {}) =>
    fetch(`${project.aws.endpoint}/_cloudfront/${outputs['sites.web.host']}${path}`, init);
  const json = async (response: Response) => (await response.json()) as Record<string, unknown>;
  const page = await json(await visit('/orders'));
  expect(page).toMatchObject({ build: 'b1', path: '/orders', host: outputs['sites.web.host'] });
  expect(page.variables).toEqual([
    'BUCKET_NAME',
    'CACHE_BUCKET_KEY_PREFIX',
    'CACHE_BUCKET_NAME',
    'CACHE_BUCKET_REGION',
    'LOG_LEVEL',
    'REVALIDATION_QUEUE_REGION',
    'REVALIDATION_QUEUE_URL',
  ]);
  const posted = await visit('/api/orders', { method: 'POST', body: 'name=x' });
  expect([posted.status, (await json(posted)).body]).toEqual([200, 'name=x']);
  expect(await (await visit('/_next/static/b1/page.js')).text()).toContain('b1');
  expect((await visit('/_cache/b1/index.cache')).status).toBe(404);

  project.forget();
  const again = (await project.succeed(`deploy ${at} --json`)).json();
  expect(project.writes()).toEqual([]);
  expect(again.release.id).toBe(first.release.id);
  const record = (await project.succeed(`releases show ${first.release.id} --env dev --sandbox --json`)).json();
  expect(JSON.stringify(record)).toMatch(/"sites":\{"web":"\d{8}T/);

  // Other sources: files first, then the servers, then the edges are told; the files of before stay.
  writeFileSync(join(project.directory, 'app/next.json'), source({ build: 'b2' }));
  await project.succeed(`deploy ${at}`);
  expect((await json(await visit('/'))).build).toBe('b2');
  expect(await keys()).toContain('_assets/_next/static/b1/page.js');
  const calls = project.asked();
  expect(calls.indexOf('s3:PutObject')).toBeGreaterThan(-1);
  const cloudfront = project.aws.client(CloudFrontClient, { account });
  const DistributionId = outputs['sites.web.distributionId'];
  expect(
    (await cloudfront.send(new ListInvalidationsCommand({ DistributionId }))).InvalidationList!.Items!.length,
  ).toBeGreaterThan(0);

  // Where one of the two permissions is taken away, visitors get what AWS answers then.
  const { functions } = (await project.succeed('status --env dev --sandbox --json')).json();
  expect(functions.map(({ name }: { name: string }) => name)).toContain('site-web-default');
  const lambda = project.aws.client(LambdaClient, { account });
  const { Functions } = await lambda.send(new ListFunctionsCommand({}));
  const FunctionName = Functions!.find((one) => one.FunctionName!.includes('Default'))!.FunctionName!;
  const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: 'live' }));
  const { Sid } = JSON.parse(Policy!).Statement.find(
    ({ Action }: { Action: string }) => Action === 'lambda:InvokeFunction',
  );
  await lambda.send(new RemovePermissionCommand({ FunctionName, Qualifier: 'live', StatementId: Sid }));
  const closed = await visit('/');
  expect([closed.status, await closed.text()]).toEqual([403, expect.stringContaining('Function URL authorization')]);

  const { confirmations } = (await project.succeed('destroy --env dev --sandbox --dry-run --json')).json();
  const confirmed = confirmations.map((name: string) => `--confirm ${name}`).join(' ');
  const gone = (await project.succeed(`destroy ${at} ${confirmed} --json`)).json();
  expect(gone.retained).toMatchObject([
    { type: 'AWS::Lambda::Function', id: expect.stringContaining('BodyHash') },
    { id: expect.stringMatching(/^platform-demo-/), reason: 'holds the releases of this project' },
  ]);
});

it('keeps servers warm where somebody asks for it, by the warmer that OpenNext has built', async () => {
  const warm = YAML.replace('vpc: false,', 'vpc: false, warm: 2,');
  const bare = await startDeployable({
    yaml: warm,
    files: {
      'app/build.mjs': BUILD,
      'app/next.json': source({ changes: { additionalProps: { disableTagCache: true } } }),
    },
  });
  const missing = await bare.platform(`deploy ${at} --json`);
  expect([missing.exitCode, missing.json().error.id]).toEqual([2, 'open-next-warmer-missing']);

  writeFileSync(join(bare.directory, 'app/next.json'), source({}));
  const { functions } = (await bare.succeed(`deploy ${at} --json`)).json();
  expect(functions.map(({ name }: { name: string }) => name)).toContain('site-web-warmer');
  const lambda = bare.aws.client(LambdaClient, { account });
  const { Functions } = await lambda.send(new ListFunctionsCommand({}));
  const of = (part: string) => Functions!.find(({ FunctionName }) => FunctionName!.includes(part))!;
  expect(JSON.parse(of('Warmer').Environment!.Variables!.WARM_PARAMS!)).toEqual([
    { concurrency: 2, function: `${of('OriginDefault').FunctionArn}:live` },
  ]);
  bare.forget();
  await bare.succeed(`deploy ${at}`);
  expect(bare.writes()).toEqual([]);
});

it('says what OpenNext has built that has no place here, and what is not built at all', async () => {
  const project = await start({ changes: { edgeFunctions: { middleware: { bundle: '.open-next/middleware' } } } });
  const strange = await project.platform(`deploy ${at} --json`);
  expect([strange.exitCode, strange.json().error.id]).toEqual([2, 'open-next-unsupported']);
  expect(strange.json().error.message).toContain('middleware at the edge');

  rmSync(join(project.directory, 'app/.open-next'), { recursive: true });
  const bare = await project.platform(`deploy ${at} --no-build --json`);
  expect([bare.exitCode, bare.json().error.id]).toEqual([1, 'site-unbuilt']);
  project.forget();
  const dry = await project.platform('deploy --env dev --sandbox --dry-run --json');
  expect(dry.json().error.id).toBe('site-unbuilt');
  const offline = await project.platform('synth --env dev');
  expect([offline.exitCode, offline.stderr]).toEqual([0, expect.stringContaining('OpenNext has not built it')]);
  const alone = await project.platform(`site deploy web ${at} --json`);
  expect([alone.exitCode, alone.json().error.id]).toEqual([2, 'site-served']);
  expect(project.writes()).toEqual([]);
});
