import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFrontClient, ListInvalidationsCommand } from '@aws-sdk/client-cloudfront';
import { HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(
  `sites: { app: { kind: spa, dir: web, build: sh build.sh, buildEnv: { VITE_URL: "\${site.app.url}/api", VITE_TOKEN: "\${ci.TOKEN}", VITE_MORE: "\${ci.MORE?}" } } }`,
);
/** Writes a page that names an asset, as bundlers do. */
const build = (asset: string) => `set -e
rm -rf dist && mkdir -p dist/assets
echo "url=$VITE_URL more=\${VITE_MORE-unset}" > dist/config.txt
echo "<script src=/assets/${asset}></script>" > dist/index.html
echo "script of ${asset}" > dist/assets/${asset}
`;

async function start(): Promise<Deployable> {
  const project = await startDeployable({ yaml: YAML, files: { 'web/build.sh': build('index-AAAA1111.js') } });
  return project;
}

const write = ({ directory }: Deployable, path: string, text: string) => writeFileSync(join(directory, path), text);

describe('S3-88 S3-97 S3-98: platform site deploy', () => {
  it('asks for what is missing before anything is built, and brings files up for browsers (F-118)', async () => {
    const project = await start();
    const env = { TOKEN: 'public-token' };
    const early = await project.platform('site deploy --env dev --yes', { env });
    expect([early.exitCode, early.stderr]).toEqual([
      2,
      expect.stringContaining('nothing is deployed that tells ${site.app.url}'),
    ]);
    const { outputs } = (await project.succeed('deploy --env dev --yes --no-build --json')).json();
    const s3 = project.aws.client(S3Client, { account: '111111111111' });
    const Bucket = outputs['sites.app.bucket'];
    const keys = async () =>
      ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);
    const run = (words: string) => project.platform(words, { env });

    const unset = await project.platform('site deploy --env dev --yes');
    expect([unset.exitCode, unset.stderr]).toEqual([2, expect.stringContaining('TOKEN')]);
    expect((await run('site deploy --env dev')).exitCode).toBe(2);
    expect((await run('site deploy none --env dev --yes')).exitCode).toBe(2);
    const unbuilt = await run('site deploy --env dev --dry-run');
    expect([unbuilt.exitCode, unbuilt.stdout]).toEqual([0, expect.stringContaining('there is no build yet')]);
    expect(existsSync(join(project.directory, 'web/dist'))).toBe(false);
    expect(await keys()).toEqual([]);

    const first = await run('site deploy --env dev --yes --json');
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.json().sites).toMatchObject([
      { name: 'app', uploaded: ['assets/index-AAAA1111.js', 'config.txt', 'index.html'], removed: [], unchanged: 0 },
    ]);
    const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(await head('index.html')).toMatchObject({
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-cache',
    });
    expect(await head('assets/index-AAAA1111.js')).toMatchObject({
      ContentType: 'text/javascript; charset=utf-8',
      CacheControl: 'public, max-age=31536000, immutable',
    });
    const site = (path: string) => fetch(`${project.aws.endpoint}/_cloudfront/${outputs['sites.app.host']}${path}`);
    expect(await (await site('/')).text()).toContain('index-AAAA1111.js');
    expect(await (await site('/config.txt')).text()).toBe(`url=${outputs['sites.app.url']}/api more=unset\n`);
    const cloudfront = project.aws.client(CloudFrontClient, { account: '111111111111' });
    const invalidations = async () =>
      (await cloudfront.send(new ListInvalidationsCommand({ DistributionId: outputs['sites.app.distributionId'] })))
        .InvalidationList!.Items ?? [];
    expect(await invalidations()).toMatchObject([{ Status: 'Completed' }]);

    // The same again is nothing.
    project.forget();
    expect((await run('site deploy --env dev --yes --json')).json().sites).toMatchObject([
      { uploaded: [], release: null },
    ]);
    expect(project.writes()).toEqual([]);

    // The files of the release before stay, those of the one before that go; pages go last.
    write(project, 'web/build.sh', build('index-BBBB2222.js'));
    const dry = (await run('site deploy --env dev --dry-run --json')).json();
    expect(dry).toMatchObject({ dryRun: true, sites: [{ uploaded: [], filesOf: 'the last build' }] });
    expect((await run('site deploy --env dev --dry-run')).stdout).toContain('of the last build: 3 files, none changed');
    expect(project.writes()).toEqual([]);
    const second = (await run('site deploy --env dev --yes --json')).json();
    expect(second.sites).toMatchObject([{ uploaded: ['assets/index-BBBB2222.js', 'index.html'], removed: [] }]);
    expect(await keys()).toContain('assets/index-AAAA1111.js');
    write(project, 'web/build.sh', build('index-CCCC3333.js'));
    const third = (await run('site deploy --env dev --yes --json')).json();
    expect(third.sites).toMatchObject([{ removed: ['assets/index-AAAA1111.js'] }]);
    expect(await keys()).toEqual(['assets/index-BBBB2222.js', 'assets/index-CCCC3333.js', 'config.txt', 'index.html']);

    // What fails uploads nothing, and what must not be seen is not.
    project.forget();
    write(project, 'web/build.sh', 'echo "API_KEY=very-secret-value" && exit 3');
    const failed = await run('site deploy --env dev --yes --json');
    expect(failed.exitCode).toBe(1);
    expect(failed.json().error).toMatchObject({
      id: 'site-build-failed',
      message: expect.stringContaining('exit code 3'),
    });
    expect(failed.stdout).not.toContain('very-secret-value');
    write(project, 'web/build.sh', 'no-such-bundler build');
    const without = await run('site deploy --env dev --yes --json');
    expect(without.json().error).toMatchObject({
      id: 'site-build-failed',
      remedy: expect.stringContaining('install the packages of web'),
    });
    write(project, 'web/build.sh', `${build('index-CCCC3333.js')}echo x > dist/.env`);
    const leaking = await run('site deploy --env dev --yes --json');
    expect(leaking.json().error.id).toBe('site-file-private');
    write(project, 'web/build.sh', 'rm -rf dist && mkdir dist && touch dist/app.js');
    expect((await run('site deploy --env dev --yes --json')).json().error.id).toBe('site-output-missing');
    // What lies elsewhere on this machine is put up by no link that a build has left.
    const elsewhere = mkdtempSync(join(tmpdir(), 'platform-elsewhere-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    writeFileSync(join(elsewhere, 'index.html'), 'mine');
    write(project, 'web/build.sh', `rm -rf dist && ln -s ${elsewhere} dist`);
    expect((await run('site deploy --env dev --yes --json')).json().error.id).toBe('path-leaves-repository');
    expect(project.writes()).toEqual([]);
  });

  it('goes on where it was cut off, and tells the edges although every file is there', async () => {
    const project = await start();
    const env = { TOKEN: 't' };
    const { outputs } = (await project.succeed('deploy --env dev --yes --no-build --json')).json();
    project.aws.faults.push({
      service: 'cloudfront',
      operation: 'CreateInvalidation',
      with: new AwsFault('AccessDenied', 'not now', { status: 403 }),
    });
    expect((await project.platform('site deploy --env dev --yes', { env })).exitCode).not.toBe(0);
    project.aws.faults.length = 0;
    const again = (await project.platform('site deploy --env dev --yes --json', { env })).json();
    expect(again.sites).toMatchObject([
      { uploaded: [], invalidation: expect.any(String), url: outputs['sites.app.url'] },
    ]);
  });

  it('asks for the page through CloudFront, and says when a visitor does not get what is expected', async () => {
    const project = await start();
    const at = '--env dev --sandbox --yes --json';
    await project.succeed(`deploy ${at} --no-build`);
    const env = { TOKEN: 't' };
    const first = await project.platform(`site deploy ${at}`, { env });
    expect(first.json().smoke).toMatchObject({
      checks: [{ component: 'sites.app', path: '/', status: 'passed', answer: { status: 200 } }],
      summary: { passed: 1, failed: 0, skipped: 0 },
    });
    const unasked = await project.platform(`site deploy ${at} --no-build --no-wait`, { env });
    expect(unasked.json().smoke).toBe(null);

    project.configure(YAML.replace('kind: spa,', 'kind: spa, smoke: [{ path: /, text: welcome }],'));
    const refused = await project.platform(`site deploy ${at}`, { env });
    expect([refused.exitCode, refused.json().error]).toMatchObject([
      1,
      { id: 'site-unanswered', problems: [{ path: 'sites.app', rule: 'smoke' }] },
    ]);
  });

  it('site build builds with the variables of the environment and uploads nothing', async () => {
    const project = await start();
    await project.succeed('deploy --env dev --yes --no-build');
    project.forget();
    const built = await project.platform('site build app --env dev --json', { env: { TOKEN: 't', MORE: 'm' } });
    expect(built.json().sites).toMatchObject([{ name: 'app', folder: join(project.directory, 'web/dist') }]);
    expect(project.writes()).toEqual([]);
  });
});
