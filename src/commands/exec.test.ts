import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { services, taskDefinitions, tasks } from '../sandbox/services/ecs/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { migratingYaml } from '../testing/migrating-yaml.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const WITH_EXEC = migratingYaml().replace('uses: [db.main],', 'uses: [db.main], exec: true,');
const REHEARSED = '--env dev --sandbox';
/** The same AWS as an account of somebody's, to which sessions lead. */
const REAL = '--env dev';

/** With a plugin on PATH that writes down how it was called. */
async function start({ yaml = WITH_EXEC, plugin = '1.2.700.0' }: { yaml?: string; plugin?: string | null } = {}) {
  const project = await startDeployed({ yaml });
  const bin = join(project.directory, 'bin');
  mkdirSync(bin);
  const heard = join(project.directory, 'heard.json');
  if (plugin !== null)
    writeFileSync(
      join(bin, 'session-manager-plugin'),
      `#!${process.execPath}
if (process.argv[2] === '--version') console.log('${plugin}');
else {
  const { AWS_SSM_START_SESSION_RESPONSE: session } = process.env;
  require('node:fs').writeFileSync(${JSON.stringify(heard)}, JSON.stringify({ args: process.argv.slice(2), session }));
  process.exitCode = process.argv[3] === 'us-east-1' ? 0 : 9;
}
`,
      { mode: 0o755 },
    );
  const exec = (words: string, options: Parameters<Deployable['platform']>[1] = {}) =>
    project.platform(`exec ${words}`, { ...options, env: { PATH: bin, ...options.env } });
  return { ...project, exec, heard: () => JSON.parse(readFileSync(heard, 'utf8')) };
}

const running = ({ aws }: Deployable) =>
  tasks
    .in(aws.scope)
    .values()
    .find(({ service, task }) => service !== undefined && task.lastStatus === 'RUNNING')!;

/** As if an engine ran it. */
function reallyRuns(project: Deployable): string {
  const row = running(project);
  tasks.in(project.aws.scope).update(`${row.cluster}/${row.taskId}`, (draft) => {
    draft.task.containers[0]!.runtimeId = `${row.taskId}-1234567890`;
  });
  return row.taskId;
}

describe('platform exec', () => {
  it('hands the session to the plugin as the AWS CLI does, its token in no argument (S3-64)', async () => {
    const project = await start();
    const id = reallyRuns(project);
    const { exitCode, json } = await project.exec(`worker ${REAL} --json -- python 'manage.py' 'a b'`);
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({ environment: 'dev', service: 'worker', task: id, exitCode: 0, simulated: false });
    const { args, session } = project.heard();
    expect(args).toEqual([
      'AWS_SSM_START_SESSION_RESPONSE',
      'us-east-1',
      'StartSession',
      '',
      JSON.stringify({ Target: `ecs:${running(project).cluster}_${id}_${id}-1234567890` }),
      'https://ecs.us-east-1.amazonaws.com',
    ]);
    expect(JSON.parse(session)).toMatchObject({ sessionId: expect.stringMatching(/^ecs-execute-command-/) });
  });

  it('says of every link whether it holds (S3-65)', async () => {
    const project = await start();
    const { exitCode, stdout } = await project.exec(`worker ${REHEARSED} --check`);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((line) => line.slice(0, 34).trim())).toEqual([
      'ok  session-manager-plugin is on P',
      'ok  the task was started with ECS',
      'ok  the agent in the container run',
      'ok  the task role of worker may op',
      'ok  the agent may write to the roo',
      'ok  the container has no AWS keys',
      'ok  the task reaches ssmmessages',
      '',
    ]);
    expect(project.writes()).toEqual([]);
  });

  it('names the first link that does not hold, and the way without a session (F-59)', async () => {
    const project = await start({ plugin: null });
    reallyRuns(project);
    const { exitCode, json } = await project.exec(`worker ${REAL} --json`);
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({ id: 'exec-chain-broken' });
    expect(json().error.message).toContain('session-manager-plugin is on PATH. Seen: it is not');
    expect(json().error.remedy).toContain('platform run --env dev worker');
    expect(project.asked()).not.toContain('ecs:ExecuteCommand');
  });

  it('asks for no session that an old plugin would show to everybody on the machine', async () => {
    const project = await start({ plugin: '1.2.497.0' });
    reallyRuns(project);
    const { exitCode, json } = await project.exec(`worker ${REAL} --json`);
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({ id: 'exec-chain-broken' });
    expect(json().error.message).toContain('1.2.497.0, which takes the token of a session on its command line');
    expect(project.asked()).not.toContain('ecs:ExecuteCommand');
  });

  it.each([
    ['agent', 'managedAgents: ExecuteCommandAgent = STOPPED'],
    ['root', 'readonlyRootFilesystem = true'],
    ['keys', 'sets AWS_ACCESS_KEY_ID'],
    ['role', 'taskDefinition.taskRoleArn is absent'],
  ])('sees that %s does not hold (F-59)', async (id, seen) => {
    const project = await start();
    const { cluster, taskId, definition } = running(project);
    if (id === 'agent')
      tasks.in(project.aws.scope).update(`${cluster}/${taskId}`, (draft) => {
        draft.task.containers[0]!.managedAgents![0]!.lastStatus = 'STOPPED';
      });
    else
      taskDefinitions.in(project.aws.scope).update(definition, ({ definition: draft }) => {
        const container = draft.containerDefinitions[0]!;
        if (id === 'root') container.readonlyRootFilesystem = true;
        if (id === 'keys') container.environment = [{ name: 'AWS_ACCESS_KEY_ID', value: 'x' }];
        if (id === 'role') delete draft.taskRoleArn;
      });
    const { exitCode, json } = await project.exec(`worker ${REHEARSED} --check --json`);
    expect(exitCode).toBe(1);
    const broken = json().links.filter(({ status }: { status: string }) => status === 'broken');
    expect(broken).toMatchObject([{ id, detail: expect.stringContaining(seen) }]);
  });

  it('is not told to look is neither yes nor no: the session is tried (F-59)', async () => {
    const project = await start();
    reallyRuns(project);
    const denied = new AwsFault('AccessDenied', 'not authorized', { status: 403 });
    project.aws.faults.push({ operation: 'SimulatePrincipalPolicy', with: denied });
    project.aws.faults.push({
      operation: 'DescribeSubnets',
      with: new AwsFault('UnauthorizedOperation', 'no', { status: 403 }),
    });
    const { exitCode, json } = await project.exec(`worker ${REAL} --json`);
    expect(exitCode).toBe(0);
    const unknown = json().links.filter(({ status }: { status: string }) => status === 'unknown');
    expect(unknown.map(({ id }: { id: string }) => id)).toEqual(['role', 'route']);
  });

  it('says what to set where exec is not configured (S3-63)', async () => {
    const project = await start({ yaml: migratingYaml().replace('uses: [db.main],', 'uses: [db.main], exec: false,') });
    const { exitCode, stderr } = await project.exec(`worker ${REHEARSED}`);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('fix: set services.worker.exec: true\n then: platform deploy');
  });

  it('offers fresh tasks to a service whose tasks are older than the switch, and opens (S3-63)', async () => {
    const project = await start();
    const { cluster, taskId, service } = running(project);
    tasks.in(project.aws.scope).update(`${cluster}/${taskId}`, (draft) => {
      draft.task.enableExecuteCommand = false;
    });
    expect(services.in(project.aws.scope).get(`${cluster}/${service!.name}`)).toBeDefined();
    const nobody = await project.exec(`worker ${REHEARSED}`);
    expect(nobody.stderr).toContain('it is older than the switch of its service');
    const { stderr } = await project.exec(`worker ${REHEARSED} --yes`);
    expect(running(project).taskId).not.toBe(taskId);
    // As far as a session in a container that nobody runs.
    expect(stderr).toContain('id: exec-simulated');
  });

  it('runs a command in a task of its own where no session can be opened and somebody agrees', async () => {
    const project = await start({ plugin: null });
    const { exitCode, json } = await project.exec(`worker ${REHEARSED} --yes --json -- true`);
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({ exitCode: 0, simulated: true });
    expect(project.asked()).toContain('ecs:RunTask');
  });

  it('says that nothing runs to connect to, on a sandbox without an engine', async () => {
    const project = await start();
    const { exitCode, stderr } = await project.exec(`worker ${REHEARSED}`);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Nothing runs to connect to: the task of worker is simulated');
    const dry = await project.exec(`worker ${REHEARSED} --dry-run`);
    expect(dry.exitCode).toBe(1);
    expect(project.writes()).toEqual([]);
  });

  it.each([
    ['wroker', 2, 'id: service-unknown'],
    ['worker --task 0000', 1, 'id: exec-no-task'],
    ['worker --task 0000', 1, 'fix: these run: '],
  ])('%s is refused: exit %i', async (words, code, id) => {
    const { exitCode, stderr } = await (await start()).exec(`${words} ${REHEARSED}`);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(id);
  });
});
