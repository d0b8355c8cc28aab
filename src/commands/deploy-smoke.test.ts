import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`functions: { api: { source: src/api.ts } }
apis: { open: { kind: http, handler: fn.api, smoke: [{ path: /health, json: { status: ok } }] } }
sites: { app: { kind: spa, dir: app, build: "true" } }
`);

const handler = (status: string, more = '') =>
  `export const handler = async () => ({ statusCode: 200, body: JSON.stringify({ status: '${status}' }) });\n${more}`;
const PAGE = { 'app/dist/index.html': '<h1>hello</h1>' };
const FILES = { 'src/api.ts': handler('ok'), ...PAGE };
const on = '--env dev --sandbox';

const write = ({ directory }: Deployable, text: string) => writeFileSync(join(directory, 'src/api.ts'), text);
const deployed = async (project: Deployable, words = '') =>
  (await project.succeed(`deploy ${on} --yes --json ${words}`)).json();

it('S1-70 S4-70: asks what it has rolled out, and a release that does not answer as expected is not the one to go back to', async () => {
  const project = await startDeployable({ yaml: YAML, files: { 'src/api.ts': handler('ok') } });

  // The site is there before its files are: said, and no failure.
  const first = await project.succeed(`deploy ${on} --no-build --yes --json`);
  expect(first.json().smoke.summary).toEqual({ passed: 1, failed: 0, skipped: 1 });
  expect(first.stderr).toContain('Not asked: sites.app GET /: it answered 403: none of its files is up yet');
  expect(first.stderr).toContain(`platform site deploy app ${on}`);
  const good = first.json().release.id;

  mkdirSync(join(project.directory, 'app', 'dist'), { recursive: true });
  for (const [path, text] of Object.entries(PAGE)) writeFileSync(join(project.directory, path), text);
  await project.succeed(`site deploy app --no-build ${on} --yes`);
  project.forget();
  const again = await deployed(project, '--no-build');
  expect(again.smoke.summary).toEqual({ passed: 2, failed: 0, skipped: 0 });
  expect(again.release.id).toBe(good);
  expect(project.writes()).toEqual([]);

  write(project, handler('ill'));
  const ill = await project.platform(`deploy ${on} --yes --json`);
  expect(ill.exitCode).toBe(1);
  expect(ill.json().error).toMatchObject({
    id: 'deploy-unanswered',
    message: expect.stringContaining('1 of 2 requests'),
    problems: [{ path: 'apis.open', message: 'GET /health: status is "ill", not "ok"' }],
  });
  expect(ill.json().error.remedy).toContain(`platform rollback ${on} goes back to release ${good}`);
  const listed = (await project.succeed(`releases ${on} --json`)).json();
  expect(listed).toMatchObject({ live: good, unanswered: expect.stringContaining('status is "ill"') });
  expect((await project.succeed(`releases ${on}`)).stdout).toContain(`${listed.unproven} runs, but 1 of 2 requests`);

  // Nobody else proves it either, and the way back leads to what answered.
  expect((await project.platform(`deploy --attach ${on}`)).stderr).toContain('deploy-unanswered');
  const back = (await project.succeed(`rollback ${on} --yes --json`)).json();
  expect(back.rollback.to).toBe(good);
  expect((await project.succeed(`releases ${on} --json`)).json()).toMatchObject({ unproven: null, unanswered: null });
});

it('asks nobody with --no-smoke, nor what is paused; where something failed it asks again though nothing changed', async () => {
  const project = await startDeployable({ yaml: YAML, files: { ...FILES, 'src/api.ts': handler('ill') } });
  const ill = await project.platform(`deploy ${on} --yes`);
  expect(ill.exitCode).toBe(1);
  // There is nothing before it to go back to.
  expect(ill.stderr).not.toContain('platform rollback');
  expect((await project.platform(`deploy ${on} --yes`)).stderr).toContain('id: deploy-unanswered');

  expect((await deployed(project, '--no-smoke')).smoke).toBeNull();
  const { live } = (await project.succeed(`releases ${on} --json`)).json();
  expect(live).not.toBeNull();

  await project.succeed(`pause api ${on} --yes`);
  const { smoke } = await deployed(project);
  expect(smoke.checks[1]).toMatchObject({
    status: 'skipped',
    why: [`its function api is paused: platform resume api ${on}`],
  });
  expect((await project.succeed(`smoke ${on} --json`)).json().checks[1].status).toBe('skipped');
  expect((await project.succeed(`deploy ${on} --yes --dry-run --json`)).json().smoke).toBeNull();
});
