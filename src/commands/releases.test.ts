import { expect, it } from 'vitest';
import { releaseIds } from '../release/release-record.ts';
import { QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const queue = (seconds: number) => smallYaml(`queues: { jobs: { visibilitySeconds: ${seconds} } }`);
const FOLDER = 'environments/dev';

it('releases are shared by the team: newest first, page by page, with what is live, who, when and how long', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  expect((await project.succeed('releases --env dev')).stdout).toContain('platform deploy --env dev makes one');
  expect((await project.succeed('releases --env dev --json')).json()).toEqual({
    environment: 'dev',
    live: null,
    unproven: null,
    unanswered: null,
    releases: [],
    next: null,
  });
  const ids: string[] = [];
  for (const seconds of [31, 32, 33]) {
    project.configure(queue(seconds));
    ids.unshift((await project.succeed('deploy --env dev --yes --json')).json().release.id);
  }
  project.forget();
  const all = (await project.succeed('releases --env dev --json')).json();
  expect(all).toMatchObject({ environment: 'dev', live: ids[0], unproven: null, unanswered: null, next: null });
  expect(all.releases.map(({ id, live }: { id: string; live: boolean }) => [id, live])).toEqual(
    ids.map((id, index) => [id, index === 0]),
  );
  expect(all.releases[0]).toEqual({
    id: ids[0],
    readable: true,
    live: true,
    commit: null,
    dirty: false,
    startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    finishedAt: expect.stringMatching(/Z$/),
    seconds: expect.any(Number),
    principal: expect.stringContaining('111111111111'),
    host: expect.any(String),
    version: expect.any(String),
    images: {},
    sites: {},
    simulated: false,
    migration: null,
    rollback: null,
    rolledBackToBy: [],
    stacks: [{ id: 'messaging', name: 'demo-dev-messaging', action: 'update', seconds: expect.any(Number) }],
  });
  expect(project.writes()).toEqual([]);

  const page = (await project.succeed('releases --env dev --limit 2 --json')).json();
  expect(page.releases.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
  expect(page.next).toBe(ids[1]);
  const { stdout } = await project.succeed(`releases --env dev --limit 2 --before ${page.next}`);
  expect(stdout).toContain(ids[2]);
  expect(stdout).not.toContain(ids[1]);

  const shown = (await project.succeed(`releases show ${ids[1]!.slice(-4)} --env dev --json`)).json();
  expect(shown).toMatchObject({ id: ids[1], live: false, parameters: { messaging: {} } });
  const text = (await project.succeed(`releases show ${ids[0]} --env dev`)).stdout;
  expect(text).toMatch(new RegExp(`^${ids[0]} {2}live\\n {2}commit {2}no commit\\n`));
});

it('a record that cannot be read is shown as such; those of an earlier version without a summary are read as before', async () => {
  const project = await startDeployable({ yaml: queue(31) });
  const first = (await project.succeed('deploy --env dev --yes --json')).json().release.id;
  project.configure(queue(32));
  const second = (await project.succeed('deploy --env dev --yes --json')).json().release.id;
  const objects = stateObjects(project.aws);
  expect(await releaseIds(objects, 'dev')).toEqual([first, second]);
  await objects.put(`${FOLDER}/release-summaries/${second}.json`, '{"id":');
  const read = (await project.succeed('releases --env dev --json')).json();
  expect(read.releases).toMatchObject([{ id: second, readable: true }, { id: first }]);

  await objects.put(`${FOLDER}/releases/${second}.json`, '{"half":');
  expect((await project.succeed('releases --env dev --json')).json().releases).toMatchObject([
    { id: second, readable: false },
    { id: first, readable: true },
  ]);
  expect((await project.succeed('releases --env dev')).stdout).toMatch(new RegExp(`${second} +cannot be read`));
  const shown = await project.platform(`releases show ${second} --env dev --json`);
  expect(shown.exitCode).toBe(1);
  expect(shown.json().error).toMatchObject({ id: 'state-unreadable' });
});

it.each([
  ['show 20200101T000000Z-abcd', 'id: release-missing', 'the newest are'],
  ['--before 20200101T000000Z-abcd', 'id: release-missing', 'platform releases --env dev lists all'],
  ['--limit 0', 'id: argument-invalid', 'from 1 to 1000'],
  ['show', 'id: argument-missing', 'platform releases show --env dev --help'],
])('releases %s: exit 2, with the ids that there are', async (words, id, text) => {
  const project = await startDeployable({ yaml: queue(31) });
  await project.succeed('deploy --env dev --yes');
  const run = await project.platform(`releases ${words} --env dev`);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(id);
  expect(run.stderr).toContain(text);
});
