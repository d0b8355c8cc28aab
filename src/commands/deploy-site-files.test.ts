import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const at = '--env dev --sandbox --yes';
const yaml = (more = '') =>
  smallYaml(
    `sites: { app: { kind: spa, dir: web, build: sh build.sh, buildEnv: { VITE_URL: "\${site.app.url}"${more} } } }`,
  );
/** Counts how often it ran, outside of what it is made of. */
const BUILD = `set -e
echo run >> ../builds.txt
rm -rf dist && mkdir -p dist/assets
cp page.html dist/index.html
echo "url=$VITE_URL" > dist/config.txt
echo "script" > dist/assets/index-AAAA1111.js
`;

const start = (page = 'one') =>
  startDeployable({
    yaml: yaml(),
    files: { 'web/build.sh': BUILD, 'web/page.html': page, '.gitignore': 'dist\n.platform\n' },
  });

it('S3-13 S3-97 F-118: a deployment builds a site and brings its files up, again only when its sources have changed', async () => {
  const project = await start();
  const builds = async () =>
    (await import('node:fs')).readFileSync(join(project.directory, 'builds.txt'), 'utf8').split('\n').length - 1;
  const first = (await project.succeed(`deploy ${at} --json`)).json();
  expect(first.smoke.summary).toMatchObject({ passed: 1, failed: 0 });
  const visit = async (path: string) =>
    (await fetch(`${project.aws.endpoint}/_cloudfront/${first.outputs['sites.app.host']}${path}`)).text();
  expect(await visit('/')).toBe('one');
  expect(await visit('/config.txt')).toBe(`url=${first.outputs['sites.app.url']}\n`);
  const { sites } = (await project.succeed(`releases show ${first.release.id} --env dev --sandbox --json`)).json();
  expect(sites).toEqual({ app: expect.stringMatching(/^\d{8}T/) });

  project.forget();
  const second = (await project.succeed(`deploy ${at} --json`)).json();
  expect([second.release.id, project.writes(), await builds()]).toEqual([first.release.id, [], 1]);

  // Another page is another release, although no stack changes; a dry run builds nothing.
  writeFileSync(join(project.directory, 'web/page.html'), 'two');
  const dry = await project.succeed('deploy --env dev --sandbox --dry-run');
  expect([dry.stderr, await builds()]).toEqual([
    expect.stringContaining('build and bring up the files of site app'),
    1,
  ]);
  expect((await project.platform('deploy --env dev --sandbox')).exitCode).toBe(2);
  const third = (await project.succeed(`deploy ${at} --json`)).json();
  expect([
    await visit('/'),
    await builds(),
    third.stacks.every(({ action }: { action: string }) => action === 'none'),
  ]).toEqual(['two', 2, true]);
  expect(third.release.id).not.toBe(first.release.id);

  // A build that fails leaves everything as it was.
  project.forget();
  writeFileSync(join(project.directory, 'web/build.sh'), 'exit 3');
  const failed = await project.platform(`deploy ${at} --json`);
  expect([failed.exitCode, failed.json().error.id, await visit('/')]).toEqual([1, 'site-build-failed', 'two']);
  expect(project.writes().filter((call) => call !== 's3:PutObject' && call !== 's3:DeleteObject')).toEqual([]);

  // Whoever builds elsewhere says so: what lies there is brought up.
  writeFileSync(join(project.directory, 'web/dist/index.html'), 'three');
  await project.succeed(`deploy ${at} --no-build`);
  expect(await visit('/')).toBe('three');
});

it('demands the variables of a build before anything is changed, and goes on without a folder that is not there', async () => {
  const project = await start();
  project.configure(yaml(', TOKEN: "${ci.TOKEN}"'));
  const unset = await project.platform(`deploy ${at} --json`);
  expect([unset.exitCode, unset.json().error.id]).toEqual([2, 'build-variables-missing']);
  expect(project.writes()).toEqual([]);

  rmSync(join(project.directory, 'web'), { recursive: true });
  const { stderr, json } = await project.succeed(`deploy ${at} --json`);
  expect(stderr).toContain('sites.app: its folder web is not there');
  const s3 = project.aws.client(S3Client, { account: '111111111111' });
  const Bucket = json().outputs['sites.app.bucket'];
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toBeUndefined();
});
