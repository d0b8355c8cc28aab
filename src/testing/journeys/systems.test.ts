import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SYSTEM_SOURCES } from '../system-sources.ts';
import { type BuiltProject, builtProject, REPOSITORY } from './built-program.ts';

const yamlOf = (system: string) =>
  readFileSync(join(REPOSITORY, 'src', 'testing', 'systems', `${system}.yaml`), 'utf8');

const DOCKERFILES = {
  Dockerfile: 'FROM scratch\n',
  'backend/Dockerfile': 'FROM scratch\n',
  'Dockerfile.migrate': 'FROM scratch\n',
};

interface Acted {
  stacks: { name: string; action: string }[];
}
const actionsOf = ({ stacks }: Acted) => [...new Set(stacks.map(({ action }) => action))];

/** One environment of a project, rehearsed. */
function rehearse({ platform, succeed }: BuiltProject, environment: string) {
  const at = ['--env', environment, '--sandbox', '--json'];
  return {
    deploy: async () => (await succeed('deploy', '--yes', ...at)).json(),
    refusal: async (command: 'deploy' | 'destroy') => (await platform(command, '--yes', ...at)).json().error,
    read: async (...words: string[]) => (await succeed(...words, ...at)).json(),
    destroy: async () => {
      const { confirmations } = (await succeed('destroy', '--dry-run', ...at)).json();
      return (
        await succeed('destroy', '--yes', ...confirmations.flatMap((name: string) => ['--confirm', name]), ...at)
      ).json();
    },
  };
}

it('S2-10 S2-12 S2-15 C20: Express in prod, three zones and TLS, goes up, stays, goes, and comes again over what stayed (F-10, F-143)', async () => {
  const prod = rehearse(
    builtProject({
      ...DOCKERFILES,
      ...SYSTEM_SOURCES['express-workers'],
      'platform.yaml': yamlOf('express-workers'),
    }),
    'prod',
  );
  const first = await prod.deploy();
  expect(first.services).toMatchObject([{ name: 'api', desired: 2, running: 2, healthy: 2 }]);
  expect(first.outputs['services.api.url']).toBe('https://api.example.com');
  expect(first.unsetVariables).toEqual([]);

  const events = await prod.read('events');
  expect(actionsOf(await prod.deploy())).toEqual(['none']);
  expect(await prod.read('events')).toEqual(events);

  const { retained } = await prod.destroy();
  expect(retained).toContainEqual(expect.objectContaining({ type: 'AWS::ECR::Repository', id: 'notify-prod-api' }));
  const planned = await prod.read('diff');
  const takenOver = planned.stacks.flatMap(({ takesOver }: { takesOver: string[] }) => takesOver).sort();
  expect(takenOver).toEqual([
    'notify-prod-api',
    expect.stringContaining('MainRotatedDeadLetters'),
    expect.stringContaining('MainRotatedLog'),
    expect.stringContaining('MainRotationLog'),
    expect.stringContaining('NotificationWorkerLog'),
    expect.stringContaining('QueueNotificationsDeadLetters'),
    expect.stringContaining('ApiLog'),
  ]);
  // What no stack can be made with is imported first, and its stack then updated.
  expect(actionsOf(await prod.deploy()).sort()).toEqual(['create', 'update']);
});

/** The consumer of the file, moved into its provider's account under names of its own. */
const together = yamlOf('pikaia')
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

it('S3-113 S3-115 S3-119: a Pikaia consumer lives in its provider’s network, and neither without it nor it without them (F-144)', async () => {
  const project = builtProject({ ...DOCKERFILES, ...SYSTEM_SOURCES.pikaia, 'platform.yaml': together });
  const [provider, consumer] = [rehearse(project, 'prod'), rehearse(project, 'myproject')];

  const alone = await consumer.refusal('deploy');
  expect(alone).toMatchObject({ id: 'deploy-blocked', problems: [{ rule: 'S3-115' }] });
  expect(alone.problems[0].message).toContain('/shared-infra/prod/alb/https-listener-arn');
  expect((await consumer.read('status')).stacks).toEqual([]);

  await provider.deploy();
  const { services, outputs } = await consumer.deploy();
  expect(services).toMatchObject([{ name: 'web', running: 2, healthy: 2 }]);
  expect(outputs['services.web.url']).toBe('https://api.myproject.com');
  expect(actionsOf(await consumer.deploy())).toEqual(['none']);
  expect(actionsOf(await provider.deploy())).toEqual(['none']);

  const inUse = await provider.refusal('destroy');
  expect(inUse).toMatchObject({ id: 'shared-in-use' });
  expect(inUse.message).toContain('pikaia-myproject-service-web');
  await consumer.destroy();
  await provider.destroy();
  expect((await provider.read('status')).stacks).toEqual([]);
});

it('S4-03 S4-06: event scheduling in staging keeps its generated secret, and a second beginning takes it back (F-143)', async () => {
  const project = builtProject({
    ...DOCKERFILES,
    ...SYSTEM_SOURCES['event-scheduling'],
    'platform.yaml': yamlOf('event-scheduling'),
  });
  const staging = rehearse(project, 'staging');
  const versions = async () => (await staging.read('secrets', 'history', 'jwt')).versions;
  await staging.deploy();
  const before = await versions();
  expect(before).toHaveLength(1);
  await staging.destroy();
  await staging.deploy();
  expect(await versions()).toEqual(before);
  expect(actionsOf(await staging.deploy())).toEqual(['none']);
});
