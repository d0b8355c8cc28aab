import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { EngineBehaviour } from './fake-engine.ts';

/**
 * What stands on PATH as `docker`, `podman` … in tests: writes down what it was asked, keeps what it "builds" in a
 * folder, and pushes to a real registry over HTTP with the login that it was given.
 */
const [folder = '', ...words] = process.argv.slice(2);
const behaviour = JSON.parse(readFileSync(join(folder, 'behaviour.json'), 'utf8')) as EngineBehaviour;
const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, BUILDX_NO_DEFAULT_ATTESTATIONS } = process.env;
const reads = words.includes('--password-stdin') || (words[0] === 'compose' && words.includes('exec'));
const input = reads ? readFileSync(0, 'utf8') : undefined;
appendFileSync(
  join(folder, 'calls.jsonl'),
  `${JSON.stringify({ words, input, env: { DOCKER_CONFIG, REGISTRY_AUTH_FILE, BUILDX_NO_DEFAULT_ATTESTATIONS } })}\n`,
);

const verb = words.find((word) => !word.startsWith('-')) ?? '';
if (verb === 'version' || verb === 'info') probe();
else if (verb === 'buildx' && words[1] === 'version') buildxVersion();
else if (verb === 'buildx' && words[1] === 'inspect') buildxInspect();
else if (verb === 'build' || verb === 'buildx') {
  if (behaviour.hangs) await new Promise((resolve) => setTimeout(resolve, 60_000));
  build();
} else if (verb === 'compose') compose();
else if (verb === 'login') login();
else if (verb === 'push') await push(words.at(-1)!);

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function probe(): void {
  if (behaviour.silent)
    fail('Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?');
  process.stdout.write('27.3.1\n');
}

/** Knows what is up, and reads the file as Compose would: what it does not name is an error. */
function compose(): void {
  const given = words.slice(1);
  if (given[0] === 'version') {
    if (behaviour.withoutCompose) fail('docker: unknown command: docker compose');
    return void process.stdout.write('Docker Compose version v2.40.3\n');
  }
  const [, file = '', , , action = '', ...rest] = given;
  if (behaviour.composeFails?.[action]) fail(behaviour.composeFails[action]);
  const { services = {} } = parse(readFileSync(file, 'utf8'));
  const named = rest.filter((word) => Object.hasOwn(services, word));
  const place = join(folder, 'containers.json');
  const up: string[] = existsSync(place) ? JSON.parse(readFileSync(place, 'utf8')) : [];
  const keep = (names: string[]) => writeFileSync(place, JSON.stringify([...new Set(names)]));
  if (['up', 'build', 'run'].includes(action) && named.length === 0) fail('no such service');
  if (action === 'up') keep([...up, ...named]);
  if (action === 'down') keep([]);
  if (action === 'logs') process.stdout.write(`${(behaviour.containerLog ?? []).join('\n')}\n`);
  if (action !== 'ps') return;
  for (const service of up) {
    const State = behaviour.ended?.includes(service) ? 'exited' : 'running';
    const well = behaviour.unready?.includes(service) ? 'starting' : 'healthy';
    const Health = services[service]?.healthcheck && State === 'running' ? well : '';
    process.stdout.write(`${JSON.stringify({ Service: service, State, Health, Labels: 'a=b'.repeat(1000) })}\n`);
  }
}

function buildxVersion(): void {
  if (!behaviour.buildx) fail("docker: 'buildx' is not a docker command.");
  process.stdout.write(`github.com/docker/buildx v${behaviour.buildx} abc1234\n`);
}

function buildxInspect(): void {
  const platforms = behaviour.platforms ?? ['linux/amd64', 'linux/amd64/v2', 'linux/arm64'];
  process.stdout.write(
    `Name:          default\nDriver:        docker\n\nNodes:\nPlatforms:        ${platforms.join(', ')}\n`,
  );
}

function build(): void {
  for (const line of behaviour.output ?? []) process.stdout.write(`${line}\n`);
  if (behaviour.buildFails) fail(behaviour.buildFails);
  const dockerfile = readFileSync(option('--file')[0]!, 'utf8');
  const sources = `${textOf(words.at(-1)!)}${behaviour.restless ? randomUUID() : ''}`;
  const image = {
    platform: behaviour.platform ?? option('--platform')[0]!,
    sources,
    ports: [...dockerfile.matchAll(/^EXPOSE (\d+)$/gm)].map((match) => `${match[1]}/tcp`),
    command: /^CMD (.*)$/m.exec(dockerfile)?.[1]?.split(' ') ?? ['run'],
  };
  mkdirSync(join(folder, 'images'), { recursive: true });
  for (const tag of option('--tag')) writeFileSync(fileOf(tag), JSON.stringify(image));
}

/** Folders of tools are nothing that a project builds of. */
function textOf(directory: string): string {
  return (readdirSync(directory, { recursive: true }) as string[])
    .filter((file) => !/^\.(git|platform)(\/|$)/.test(file) && statSync(join(directory, file)).isFile())
    .sort()
    .map((file) => `${file}\n${readFileSync(join(directory, file), 'utf8')}`)
    .join('\n');
}

function option(name: string): string[] {
  return words.flatMap((word, index) => (word === name ? [words[index + 1]!] : []));
}

function fileOf(tag: string): string {
  return join(folder, 'images', encodeURIComponent(tag));
}

function authFile(): string {
  return REGISTRY_AUTH_FILE ?? join(DOCKER_CONFIG ?? join(process.env.HOME!, '.docker'), 'config.json');
}

/** As the docker client keeps it where no credential store is set. */
function login(): void {
  const file = authFile();
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const auth = Buffer.from(`AWS:${input}`).toString('base64');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...before, auths: { ...before.auths, [words.at(-1)!]: { auth } } }));
  process.stdout.write('Login Succeeded\n');
}

async function push(reference: string): Promise<void> {
  const failures = join(folder, 'push-failures');
  const failed = existsSync(failures) ? Number(readFileSync(failures, 'utf8')) : 0;
  const failure = behaviour.pushFails?.[failed];
  writeFileSync(failures, String(failed + 1));
  if (failure) fail(failure);
  const [, host, repository, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference)!;
  const { auth } = JSON.parse(readFileSync(authFile(), 'utf8')).auths[host!];
  const ask = (path: string, init: RequestInit & { headers?: Record<string, string> }) =>
    fetch(new URL(path, `http://${host}`), { ...init, headers: { authorization: `Basic ${auth}`, ...init.headers } });
  const image = JSON.parse(readFileSync(fileOf(reference), 'utf8'));
  const [os, architecture] = image.platform.split('/');
  const config = JSON.stringify({
    os,
    architecture,
    config: { Cmd: image.command, ExposedPorts: Object.fromEntries(image.ports.map((port: string) => [port, {}])) },
    rootfs: { type: 'layers' },
  });
  const blobs = await Promise.all([config, image.sources].map((text) => blob(ask, repository!, text)));
  const type = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...blobs[0] },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...blobs[1] }],
  });
  const answer = await ask(`/v2/${repository}/manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': type },
    body: manifest,
  });
  if (answer.status !== 201) fail(await messageOf(answer));
  // What an engine prints is not what is believed.
  process.stdout.write(`${tag}: digest: sha256:${'0'.repeat(64)} size: 1\n`);
}

type Ask = (path: string, init: RequestInit & { headers?: Record<string, string> }) => Promise<Response>;

async function blob(ask: Ask, repository: string, text: string): Promise<{ digest: string; size: number }> {
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const begun = await ask(`/v2/${repository}/blobs/uploads/`, { method: 'POST' });
  if (begun.status !== 202) fail(await messageOf(begun));
  await ask(`${begun.headers.get('location')}?digest=${digest}`, { method: 'PUT', body: text });
  return { digest, size: Buffer.byteLength(text) };
}

async function messageOf(answer: Response): Promise<string> {
  const { errors } = (await answer.json()) as { errors: { code: string; message: string }[] };
  return `${errors[0]!.code.toLowerCase().replaceAll('_', ' ')}: ${errors[0]!.message}`;
}
