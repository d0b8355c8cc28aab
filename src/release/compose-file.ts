import { stringify } from 'yaml';
import type { Blocks } from '../config/blocks.ts';
import type { Secret } from '../secret.ts';

/** Of a database server that only this machine reaches, and that is thrown away with it. */
export const LOCAL_SUPERUSER = 'postgres';
export const LOCAL_PASSWORD = 'postgres';

export interface ComposeInput {
  project: string;
  environment: string;
  /** The emulator's container; absent: none is wanted. */
  emulator?: {
    image: string;
    /** On this machine, and in the container. */
    ports: { machine: number; container: number };
    dockerSocket: boolean;
    environment: Readonly<Record<string, string>>;
    services: readonly string[];
  };
  postgres?: { image: string; port: number };
  services: readonly ComposeService[];
  /** The image that migrates, for systems whose migrations are no service's. */
  migrations?: Pick<ComposeService, 'build' | 'environment' | 'secrets'>;
}

export interface ComposeService {
  name: string;
  /** Absolute. */
  build: { context: string; dockerfile: string; platform: string };
  command?: readonly string[];
  /** On this machine, and in the container. */
  ports?: { machine: number; container: number };
  environment: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, Secret>>;
  health?: NonNullable<Blocks['services'][string]['health']>;
}

/** How what is not a service of the project is called: names of services have no underscore. */
export const EMULATOR = 'emulator_aws';
export const POSTGRES = 'postgres_db';
export const MIGRATIONS = 'migrations_once';
/** How the server is called inside the network: underscores are none of a host name's. */
export const POSTGRES_HOST = 'platform-postgres';
export const EMULATOR_HOST = 'platform-emulator';

export const composeProject = (project: string, environment: string): string => `${project}-${environment}`;

/** Every text in quotes: to readers of YAML 1.1 a bare `no`, `012` or `2026-11-30` is something else. */
const QUOTED = { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' } as const;

/**
 * The Compose file of a local environment. Every port is bound to 127.0.0.1: a database with a password that everybody
 * knows is nobody else's. Values of secrets stand in it, so the file is for its owner alone.
 */
export function composeFile(input: ComposeInput): string {
  const { project, environment, emulator, postgres, services, migrations } = input;
  const before = postgres ? { depends_on: { [POSTGRES]: { condition: 'service_healthy' } } } : {};
  const document = {
    name: composeProject(project, environment),
    services: {
      ...(emulator ? { [EMULATOR]: emulatorService(emulator) } : {}),
      ...(postgres ? { [POSTGRES]: postgresService(postgres) } : {}),
      ...(migrations
        ? { [MIGRATIONS]: { ...container(migrations), ...before, profiles: ['migrations'], restart: 'no' } }
        : {}),
      ...Object.fromEntries(services.map((one) => [one.name, { ...service(one), ...before }])),
    },
    ...(postgres ? { volumes: { postgres: {} } } : {}),
  };
  return `# Written by platform local up; changes are lost.\n${stringify(escaped(document), QUOTED)}`;
}

function emulatorService({ image, ports, dockerSocket, environment, services }: NonNullable<ComposeInput['emulator']>) {
  return {
    image,
    ports: [loopback(ports)],
    networks: { default: { aliases: [EMULATOR_HOST] } },
    environment: {
      SERVICES: services.join(','),
      // Since LocalStack 2 functions always run in containers; before, this said so.
      ...(dockerSocket ? { LAMBDA_EXECUTOR: 'docker', DOCKER_HOST: 'unix:///var/run/docker.sock' } : {}),
      ...environment,
    },
    ...(dockerSocket ? { volumes: ['/var/run/docker.sock:/var/run/docker.sock'] } : {}),
  };
}

const postgresService = ({ image, port }: NonNullable<ComposeInput['postgres']>) => ({
  image,
  ports: [loopback({ machine: port, container: 5432 })],
  networks: { default: { aliases: [POSTGRES_HOST] } },
  environment: { POSTGRES_USER: LOCAL_SUPERUSER, POSTGRES_PASSWORD: LOCAL_PASSWORD },
  volumes: [`postgres:${dataFolder(image)}`],
  healthcheck: {
    // Over TCP: while the image prepares the data, its server listens on the socket only.
    test: ['CMD', 'pg_isready', '--host', '127.0.0.1', '--username', LOCAL_SUPERUSER],
    interval: '2s',
    timeout: '3s',
    retries: 30,
  },
});

/** From 18 on the image wants the folder above: https://hub.docker.com/_/postgres (PGDATA) */
function dataFolder(image: string): string {
  const [, major = ''] = /:(\d+)/.exec(image) ?? [];
  return Number(major) >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data';
}

const container = ({ build, environment, secrets }: NonNullable<ComposeInput['migrations']>) => ({
  build: { context: build.context, dockerfile: build.dockerfile, platforms: [build.platform] },
  platform: build.platform,
  environment: {
    ...environment,
    ...Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secret.reveal()])),
  },
  // What listens on this machine: on Linux the name is not there by itself.
  extra_hosts: ['host.docker.internal:host-gateway'],
});

function service({ command, ports, health, ...rest }: ComposeService) {
  return {
    ...container(rest),
    ...(command ? { command } : {}),
    ...(ports ? { ports: [loopback(ports)] } : {}),
    restart: 'unless-stopped',
    ...(health?.command
      ? {
          healthcheck: {
            test: ['CMD-SHELL', health.command],
            interval: `${health.intervalSeconds}s`,
            timeout: `${health.timeoutSeconds}s`,
            start_period: `${health.graceSeconds}s`,
            retries: 3,
          },
        }
      : {}),
  };
}

const loopback = ({ machine, container: inside }: { machine: number; container: number }): string =>
  `127.0.0.1:${machine}:${inside}`;

/** Compose fills `$NAME` in every text: https://docs.docker.com/reference/compose-file/interpolation/ */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', () => '$$');
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escaped(inner)]));
  return value;
}
