import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const AT = '--env dev --sandbox --yes';
const yaml = (more = '') => smallYaml(`sites: { app: { kind: spa, dir: web, build: sh build.sh${more} } }`);
/** A page that names a script of its own, as bundlers write it. */
const build = (name: string) => `set -e
rm -rf dist && mkdir -p dist/assets
echo "${name}" > dist/index.html
echo "script of ${name}" > dist/assets/index-${name}1111.js
`;

async function start(more = '') {
  const project = await startDeployable({
    yaml: yaml(more),
    files: { 'web/build.sh': build('AAAA'), '.gitignore': 'dist\n.platform\n' },
  });
  const show = (name: string) => writeFileSync(join(project.directory, 'web/build.sh'), build(name));
  const up = async (name: string) => {
    show(name);
    return (await project.succeed(`deploy ${AT} --json`)).json();
  };
  return { project, show, up };
}

const visitor =
  ({ aws }: Deployable, host: string) =>
  async (path: string) => {
    const answer = await fetch(`${aws.endpoint}/_cloudfront/${host}${path}`);
    return { text: (await answer.text()).trim(), cache: answer.headers.get('cache-control') };
  };

describe('platform rollback of a site', () => {
  it('brings the pages of the release back with all that they name, and is done once (S3-97, F-118)', async () => {
    const { project, up } = await start();
    const first = await up('AAAA');
    const visit = visitor(project, first.outputs['sites.app.host']);
    const second = await up('BBBB');
    const third = await up('CCCC');
    const s3 = project.aws.client(S3Client, { account: '111111111111' });
    const keys = async () =>
      (await s3.send(new ListObjectsV2Command({ Bucket: first.outputs['sites.app.bucket'] }))).Contents!.map(
        ({ Key }) => Key,
      );
    expect(await keys()).not.toContain('assets/index-AAAA1111.js');

    project.forget();
    const dry = await project.succeed('rollback --env dev --sandbox --dry-run --json');
    expect([dry.json().rollback.to, Object.keys(dry.json().siteFiles)]).toEqual([second.release.id, ['app']]);
    expect(dry.stderr).toMatch(/~ bring back the files of site app as of release \d{8}T/);
    expect((await project.platform('rollback --env dev --sandbox')).exitCode).toBe(2);
    expect([project.writes(), (await visit('/')).text]).toEqual([[], 'CCCC']);

    const back = (await project.succeed(`rollback ${AT} --json`)).json();
    expect(back.rollback).toMatchObject({ to: second.release.id, from: third.release.id });
    expect(await visit('/')).toEqual({ text: 'BBBB', cache: 'no-cache' });
    // Whoever has the newer page open still gets what it names.
    expect((await visit('/assets/index-CCCC1111.js')).text).toBe('script of CCCC');
    const shown = async (id: string) =>
      (await project.succeed(`releases show ${id} --env dev --sandbox --json`)).json().sites;
    expect(await shown(back.release.id)).toEqual(await shown(second.release.id));
    project.forget();
    const twice = (await project.succeed(`rollback ${AT} --json`)).json();
    expect([twice.rollback.to, twice.release, project.writes()]).toEqual([second.release.id, null, []]);

    await project.succeed(`rollback ${AT} --to ${first.release.id}`);
    expect((await visit('/')).text).toBe('AAAA');
    expect(await visit('/assets/index-AAAA1111.js')).toEqual({
      text: 'script of AAAA',
      cache: 'public, max-age=31536000, immutable',
    });
    await project.succeed(`rollback ${AT} --to ${third.release.id}`);
    expect((await visit('/')).text).toBe('CCCC');

    // What is not kept is said, and nothing else stops for it.
    const objects = project.aws.client(S3Client, { account: '111111111111' });
    const Bucket = (await objects.send(new ListBucketsCommand({}))).Buckets!.find(({ Name }) =>
      Name!.startsWith('platform-demo-'),
    )!.Name!;
    const Prefix = 'environments/dev/sites/app/files/';
    for (const { Key } of (await objects.send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents!)
      await objects.send(new DeleteObjectCommand({ Bucket, Key: Key! }));
    const lost = await project.succeed(`rollback ${AT} --to ${first.release.id}`);
    expect([lost.stderr, (await visit('/')).text]).toEqual([
      expect.stringContaining(`The files of sites.app as of release ${first.release.id} are not kept`),
      'CCCC',
    ]);

    // The sources are those of the newest: the next deployment goes forward only where they are others.
    project.forget();
    await project.succeed(`deploy ${AT}`);
    expect(project.writes()).toEqual([]);
  });

  it('brings pages back before anything that they ask is changed', async () => {
    const { project, up } = await start();
    const first = await up('AAAA');
    project.configure(yaml(', priceClass: "200"'));
    await up('BBBB');
    const visit = visitor(project, first.outputs['sites.app.host']);
    project.forget();
    await project.succeed(`rollback ${AT}`);
    expect((await visit('/')).text).toBe('AAAA');
    const order = project.asked().filter((call) => /CopyObject|CreateInvalidation|ExecuteChangeSet/.test(call));
    // The script of then was still there, for those who had the page open.
    expect(order).toEqual(['s3:CopyObject', 'cloudfront:CreateInvalidation', 'cloudformation:ExecuteChangeSet']);
  });
});

describe('deploy --attach', () => {
  it('brings up the files that a deployment was cut off before, on a machine that has no sources (D14)', async () => {
    const { project, show, up } = await start();
    const { outputs } = await up('AAAA');
    const visit = visitor(project, outputs['sites.app.host']);
    project.forget();
    await up('BBBB');
    const asked = project.asked();
    const looks = asked.slice(0, asked.indexOf('cloudfront:CreateInvalidation'));
    project.aws.faults.push({
      service: 's3',
      operation: 'ListObjectsV2',
      skip: looks.filter((call) => call === 's3:ListObjectsV2').length - 1,
      with: new AwsFault('ExpiredToken', 'The provided token has expired.', { status: 400 }),
    });
    show('CCCC');
    const cut = await project.platform(`deploy ${AT}`);
    expect(cut.exitCode, cut.stderr).toBe(4);
    expect((await visit('/')).text).toBe('BBBB');
    rmSync(join(project.directory, 'web'), { recursive: true });

    project.forget();
    const dry = await project.succeed('deploy --env dev --sandbox --attach --dry-run');
    expect(dry.stderr).toContain('bring back the files of site app');
    expect(project.writes()).toEqual([]);
    const attached = (await project.succeed('deploy --env dev --sandbox --attach --json')).json();
    expect((await visit('/')).text).toBe('CCCC');
    const { sites } = (await project.succeed(`releases show ${attached.release.id} --env dev --sandbox --json`)).json();
    expect(sites.app).toMatch(/^\d{8}T/);
  });

  it('says which files nobody has built yet', async () => {
    const { project } = await start(', buildEnv: { URL: "${site.app.url}" }');
    writeFileSync(join(project.directory, 'web/build.sh'), 'exit 3');
    expect((await project.platform(`deploy ${AT}`)).exitCode).toBe(1);
    const { exitCode, json } = await project.platform('deploy --env dev --sandbox --attach --json');
    expect([exitCode, json().error.id]).toEqual([1, 'deploy-incomplete']);
    expect(json().error.problems).toMatchObject([{ path: 'sites.app' }]);
  });
});
