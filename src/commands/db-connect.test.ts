import { chmodSync, existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteDBClusterCommand, DeleteDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { sessions } from '../sandbox/services/ssm/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const yaml = (exec: boolean) => `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 0.5, max: 2 } } }
services: { worker: { image: { context: . }, uses: [db.main], exec: ${exec} } }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const FLAGS = '--env dev --sandbox';

/** Programs on a PATH of their own that write down what they were asked; the plugin listens as the real one says it does. */
function programs(project: Deployable, { psql = true, version = '1.2.707.0' } = {}) {
  const folder = join(project.directory, '..', 'bin');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, lines: readonly string[]) => {
    writeFileSync(join(folder, name), `#!${process.execPath}\n${lines.join('\n')}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  write('session-manager-plugin', [
    `const { writeFileSync } = require('fs'), [, , ...words] = process.argv`,
    `if (words[0] === '--version') { console.log('${version}'); process.exit() }`,
    `const { AWS_SSM_START_SESSION_RESPONSE: response } = process.env`,
    `writeFileSync('${folder}/plugin.json', JSON.stringify({ words, response: JSON.parse(response), pid: process.pid }))`,
    `const port = JSON.parse(words[4]).Parameters.localPortNumber[0]`,
    `require('net').createServer().listen(port, '127.0.0.1', () => { console.log('Port ' + port + ' opened for sessionId x.\\nWaiting for connections...'); writeFileSync('${folder}/opened', '') })`,
  ]);
  if (psql)
    write('psql', [
      `const { writeFileSync } = require('fs'), [, , ...words] = process.argv`,
      `const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('PG')))`,
      `writeFileSync('${folder}/psql.json', JSON.stringify({ words, env }))`,
      `process.exit(words[0] === '-c' && words[1] === 'fail' ? 3 : 0)`,
    ]);
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return { folder, env: { PATH: folder }, read };
}

const openSessions = ({ aws }: Deployable) =>
  sessions
    .in(aws.scope)
    .values()
    .filter(({ open }) => open);
const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('platform db connect', () => {
  it('goes through a running task, hands psql the terminal and the password, and leaves nothing open (S1-34)', async () => {
    const project = await startDeployed({ yaml: yaml(true) });
    const { env, read } = programs(project);
    const outputs = (await project.succeed(`outputs ${FLAGS} --json`)).json();
    const dry = await project.platform(`db connect main ${FLAGS} --dry-run`, { env });
    expect(dry.stdout).toContain('Would go through task');
    expect(sessions.in(project.aws.scope).values()).toEqual([]);

    const run = await project.platform(`db connect main ${FLAGS} --json -- -c "select 1"`, { env });
    expect(run).toMatchObject({ exitCode: 0 });
    const { localPort, task, component } = run.json();
    expect(component).toBe('worker');
    const { words, response, pid } = read('plugin.json');
    const [session] = sessions.in(project.aws.scope).values();
    expect(session!.target).toMatch(new RegExp(`^ecs:[^_]+_${task}_.+`));
    expect(words.slice(0, 4)).toEqual(['AWS_SSM_START_SESSION_RESPONSE', 'us-east-1', 'StartSession', '']);
    expect(JSON.parse(words[4])).toEqual({
      Target: session!.target,
      DocumentName: 'AWS-StartPortForwardingSessionToRemoteHost',
      Parameters: {
        host: [outputs['databases.main.host']],
        portNumber: ['5432'],
        localPortNumber: [String(localPort)],
      },
    });
    // The token opens the way: it stands in nobody's list of processes.
    expect(words.join(' ')).not.toContain(response.TokenValue);
    const { SecretString } = await project.aws
      .client(SecretsManagerClient)
      .send(new GetSecretValueCommand({ SecretId: outputs['databases.main.secretArn'] }));
    const { password } = JSON.parse(SecretString!);
    const psql = read('psql.json');
    expect(psql.words).toEqual(['-c', 'select 1']);
    expect(psql.env).toEqual({
      PGHOST: '127.0.0.1',
      PGPORT: String(localPort),
      PGDATABASE: 'app',
      PGUSER: 'dbadmin',
      PGPASSWORD: password,
      PGSSLMODE: 'require',
    });
    expect(run.stdout + run.stderr + JSON.stringify(words)).not.toContain(password);
    expect(openSessions(project)).toEqual([]);
    expect(isGone(pid)).toBe(true);

    const failing = await project.platform(`db connect main ${FLAGS} -- -c fail`, { env });
    expect(failing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('psql ended with exit code 3') });
    expect(openSessions(project)).toEqual([]);
  });

  it('without psql says how to connect and stays until Ctrl-C, which leaves nothing open', async () => {
    const project = await startDeployed({ yaml: yaml(true) });
    const { env, folder, read } = programs(project, { psql: false });
    expect(await project.platform(`db connect main ${FLAGS} -- -l`, { env })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('id: psql-missing'),
    });
    const pressed = await project.platform(`db connect main ${FLAGS}`, {
      env,
      during: (interrupt) => {
        const watcher = watch(folder, (_, name) => {
          if (name !== 'opened') return;
          watcher.close();
          interrupt();
        });
      },
    });
    // Pressed while the port was being opened it is an interruption, afterwards the usual end.
    expect([0, 5]).toContain(pressed.exitCode);
    expect(openSessions(project)).toEqual([]);
    expect(isGone(read('plugin.json').pid)).toBe(true);
    expect(existsSync(join(folder, 'psql.json'))).toBe(false);
  });

  it('names what is missing, each for itself, before it opens anything', async () => {
    const project = await startDeployed({ yaml: yaml(true) });
    const { env } = programs(project);
    const fails = async (words: string, options: { env: Record<string, string> }) => {
      const { exitCode, stderr } = await project.platform(`db connect ${words} ${FLAGS}`, options);
      return `${exitCode} ${/id: (\S+)/.exec(stderr)?.[1]}`;
    };
    expect(await fails('main', { env: { PATH: '/nowhere' } })).toBe('1 session-plugin-missing');
    programs(project, { version: '1.2.300.0' });
    expect(await fails('main', { env })).toBe('1 session-plugin-old');
    programs(project);
    expect(await fails('other', { env })).toBe('2 database-unknown');
    expect(await fails('main --component web', { env })).toBe('2 tunnel-component-unknown');
    expect(await fails('main --local-port 0', { env })).toBe('2 argument-invalid');
    const rds = project.aws.client(RDSClient);
    const { 'databases.main.identifier': identifier } = (await project.succeed(`outputs ${FLAGS} --json`)).json();
    const { databases } = (await project.succeed(`db status ${FLAGS} --json`)).json();
    for (const { id } of databases[0].instances)
      await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: id }));
    await project.aws.settle();
    expect(await fails('main', { env })).toBe('1 database-unreachable');
    await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: identifier, SkipFinalSnapshot: true }));
    await project.aws.settle();
    expect(await fails('main', { env })).toBe('1 database-not-deployed');
    expect(sessions.in(project.aws.scope).values()).toEqual([]);
  });

  it('says how to switch ECS Exec on where no task lets anybody in (F-59)', async () => {
    const project = await startDeployed({ yaml: yaml(false) });
    const { env } = programs(project);
    const { exitCode, stderr } = await project.platform(`db connect main ${FLAGS}`, { env });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('worker runs without ECS Exec: set services.worker.exec to true and deploy');
    expect(stderr).toContain('id: tunnel-without-task');
  });
});
