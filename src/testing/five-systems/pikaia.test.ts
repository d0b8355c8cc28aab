import { expect, it } from 'vitest';
import { systemText } from '../write-project.ts';
import { KNOWN } from './known.ts';
import { goes, live, standingOf } from './life.ts';
import { outputsOf } from './look.ts';
import { type SystemProject, startSystem } from './system-project.ts';

const known = KNOWN.pikaia;
/** What the pipeline sets; the two that are optional are not. */
const env = { VITE_STYTCH_PUBLIC_TOKEN: 'public-token-1' };

/** The page is built with the variables of the pipeline, brought up, and names a script that is there. */
async function showsPage(project: SystemProject, environment: string): Promise<void> {
  const { aws, at, platform } = project;
  const deployed = await platform(`site deploy app ${at(environment)} --yes --json`, { env });
  expect(deployed.exitCode, deployed.stderr).toBe(0);
  const { host } = new URL((await outputsOf(project, environment))['sites.app.url']!);
  const read = async (path: string) => (await fetch(`${aws.endpoint}/_cloudfront/${host}${path}`)).text();
  const [, script = ''] = /src="([^"]+)"/.exec(await read('/'))!;
  expect(await read(script)).toContain(
    '{"VITE_API_URL":"https://app.example.com/api/v1","VITE_STYTCH_PUBLIC_TOKEN":"public-token-1"}',
  );
}

/** The consumer of the file, moved into its provider's account under names of its own. */
const together = systemText('pikaia')
  // Names of its own collide with nobody's.
  .replace(/^.*environment: myproject, reason.*\n/gm, '')
  .replace('rulePriority: 200 }', 'rulePriority: 200 }, image: { repository: myproject-backend }')
  .replace(
    /( {4})(kind: staging\n {4}shared: \{ mode: consume)/,
    [
      '    account: "111111111111"',
      '    buses: { domain: { name: myproject-events } }',
      '    secrets: { app-secrets: { path: "{project}/{env}/app-secrets" } }',
      '    sites: { app: { domain: app.myproject.com } }',
      '    $2',
    ].join('\n'),
  );

it('S3-100: Pikaia demo, whose page is built without the optional key of Google Places', async () => {
  const project = await startSystem('pikaia');
  const once = () => showsPage(project, 'demo');
  await live(project, 'demo', { known: known.demo!, answers: ['sites.app GET /'], once, env });
});

it('Pikaia prod, and a consumer in its network', async () => {
  const project = await startSystem('pikaia', { yaml: together });
  const once = (environment: string) => () => showsPage(project, environment);
  const answers = ['sites.app GET /'];
  await live(project, 'prod', { known: known.prod!, answers, once: once('prod'), env, stays: true });
  const provided = standingOf(project, 'prod');
  await live(project, 'myproject', { known: known.myproject!, answers, once: once('myproject'), env, stays: true });
  const left = await goes(project, 'myproject', { others: provided });
  await goes(project, 'prod', { others: left });
});
