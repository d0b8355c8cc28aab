import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { Engine } from '../../sandbox/machine/engine.ts';
import type { RunningSandbox } from '../start-sandbox.ts';

/** A shell and a web server in one file that needs nothing else. */
const BUSYBOX = '/bin/busybox';

/** The engine of this machine, or why tests go without. */
export async function engineOrReason(): Promise<{ engine: Engine } | { missing: string }> {
  const engine = await Engine.find(process.env);
  if (!engine) return { missing: 'no container engine answers on this machine' };
  if (!existsSync(BUSYBOX)) return { missing: 'there is no busybox-static to make images of' };
  return { engine };
}

/** Logins of tests are none of the user's. */
const LOGINS = mkdtempSync(join(tmpdir(), 'docker-'));

/** Runs docker; not in step with this process, whose own sandbox it talks to. */
export function docker(words: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    // Debian's engine has no buildx.
    const environment = { ...process.env, DOCKER_BUILDKIT: '0', DOCKER_CONFIG: LOGINS };
    const child = execFile('docker', words, { env: environment }, (error, stdout, stderr) =>
      error ? reject(new Error(`docker ${words.join(' ')}: ${stderr}`)) : resolve(stdout),
    );
    // It may have ended without reading.
    child.stdin!.on('error', () => undefined);
    child.stdin!.end(input);
  });
}

/** Builds an image of busybox, with whatever lines a Dockerfile may add, and pushes it to the sandbox's registry. */
export async function pushBusybox(
  sandbox: Pick<RunningSandbox, 'client' | 'endpoint'>,
  repository: string,
  lines: readonly string[] = [],
): Promise<void> {
  const ecr = sandbox.client(ECRClient);
  await ecr.send(new CreateRepositoryCommand({ repositoryName: repository }));
  const registry = new URL(sandbox.endpoint).host;
  const tag = `${registry}/${repository}:v1`;
  const context = mkdtempSync(join(tmpdir(), 'image-'));
  try {
    copyFileSync(BUSYBOX, join(context, 'busybox'));
    writeFileSync(
      join(context, 'Dockerfile'),
      ['FROM scratch', 'COPY busybox /bin/busybox', 'COPY busybox /bin/sh', ...lines].join('\n'),
    );
    await docker(['build', '--quiet', '--tag', tag, context]);
    await logIn(sandbox);
    await docker(['push', '--quiet', tag]);
  } finally {
    rmSync(context, { recursive: true, force: true });
    await docker(['rmi', '--force', tag]);
  }
}

/** As people log in with ECR: the password of GetAuthorizationToken on the standard input. */
export async function logIn(sandbox: Pick<RunningSandbox, 'client' | 'endpoint'>): Promise<void> {
  const { authorizationData } = await sandbox.client(ECRClient).send(new GetAuthorizationTokenCommand({}));
  const [user, ...password] = Buffer.from(authorizationData![0]!.authorizationToken!, 'base64').toString().split(':');
  await docker(
    ['login', '--username', user!, '--password-stdin', new URL(authorizationData![0]!.proxyEndpoint!).host],
    password.join(':'),
  );
}
