import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where an engine's API is: a Unix socket, or (Windows and remote engines) a TCP address. */
export type EngineEndpoint = { socketPath: string } | { host: string; port: number };

/**
 * Where the container engine of this machine listens. `DOCKER_HOST` says so before anything else, then the engine's
 * own program; nerdctl and finch have no such API, so nothing runs with them.
 */
export async function engineEndpoint(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<EngineEndpoint | undefined> {
  const wanted = environment.PLATFORM_CONTAINER_ENGINE;
  if (wanted === 'none' || wanted === 'nerdctl' || wanted === 'finch') return undefined;
  if (environment.DOCKER_HOST) return parseEndpoint(environment.DOCKER_HOST);
  const asked =
    wanted === 'podman'
      ? [await said('podman', ['info', '--format', '{{.Host.RemoteSocket.Path}}'])]
      : [await chosenContext(), '/var/run/docker.sock'];
  for (const address of asked) {
    const endpoint = address && parseEndpoint(address.includes('://') ? address : `unix://${address}`);
    if (endpoint && (!('socketPath' in endpoint) || existsSync(endpoint.socketPath))) return endpoint;
  }
  return undefined;
}

/** The endpoint of the context that a person has chosen; asking docker takes longer than all the rest of a start. */
async function chosenContext(): Promise<string | undefined> {
  try {
    const file = join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json');
    const { currentContext } = JSON.parse(readFileSync(file, 'utf8')) as { currentContext?: string };
    if (!currentContext || currentContext === 'default') return undefined;
  } catch {
    return undefined;
  }
  return said('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']);
}

/** An address as `DOCKER_HOST` has it; undefined for what needs more than a socket (ssh, TLS). */
export function parseEndpoint(address: string): EngineEndpoint | undefined {
  if (address.startsWith('unix://')) return { socketPath: address.slice('unix://'.length) };
  if (address.startsWith('npipe://')) return { socketPath: address.slice('npipe://'.length).replaceAll('/', '\\') };
  const [, host, port] = /^tcp:\/\/(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(address) ?? [];
  return host && port ? { host: host.replace(/[[\]]/g, ''), port: Number(port) } : undefined;
}

function said(program: string, words: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, words, { timeout: 5_000 }, (error, stdout) => resolve(error ? undefined : stdout.trim()));
  });
}
