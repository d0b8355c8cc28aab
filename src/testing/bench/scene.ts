import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppSettings } from '../../../infra/settings.ts';
import { loadProject } from '../../config/load.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { runOnce, type Sample } from './measure.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
export const PLATFORM = join(REPOSITORY, 'bin', 'platform.js');
const CDK = join(REPOSITORY, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const PEER_ACCOUNT = '444444444444';
const REGION = 'us-east-1';

/** One web service with a database, and as many workers as are wanted beside it. */
export const application = (services: number): string => `project: bench
databases:
  main: { version: "16.4", databaseName: bench, acu: { min: 0.5, max: 2 } }
queues:
  jobs: {}
services:
  web:
    image: { context: . }
    port: 8000
    health: { path: /health }
    http: { certificate: none, insecure: true }
    uses: [db.main, queue.jobs]
${Array.from({ length: services - 1 }, (_, index) => `  worker-${index + 1}: { image: { context: ., repository: bench-workers }, uses: [queue.jobs] }\n`).join('')}environments:
  dev: { kind: dev }
`;

/** A project of so many services, its own sandbox, and the same stacks for the cdk CLI in another account of it. */
export interface Scene {
  directory: string;
  platform(...words: string[]): Promise<Sample>;
  /** What a command answers on `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: documents are read, not typed
  ask(...words: string[]): Promise<any>;
  cdk(...words: string[]): Promise<Sample>;
  stop(): void;
}

export async function createScene(services: number): Promise<Scene> {
  const directory = mkdtempSync(join(tmpdir(), `bench-${services}-`));
  mkdirSync(join(directory, '.git'));
  writeFileSync(join(directory, 'platform.yaml'), application(services));
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  const around = {
    cwd: directory,
    env: { ...clean, HOME: directory, NO_COLOR: '1', PLATFORM_CONTAINER_ENGINE: 'none', PLATFORM_POSTGRES: 'none' },
  };
  const platform = (...words: string[]) => runOnce([process.execPath, PLATFORM, ...words], around);
  const ask = async (...words: string[]) => {
    const file = join(directory, 'answer.json');
    await runOnce(['sh', '-c', 'exec "$@" >"$0"', file, process.execPath, PLATFORM, ...words, '--json'], around);
    return JSON.parse(readFileSync(file, 'utf8'));
  };

  const { endpoint } = await ask('sandbox', 'serve', '--detach');
  const outdir = join(directory, 'peer.out');
  const settings = peerSettings(directory);
  writeFileSync(join(directory, 'peer.json'), JSON.stringify({ settings, values: peerValues(settings) }));
  const env = {
    ...around.env,
    PEER_SETTINGS: join(directory, 'peer.json'),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: `AKIA${PEER_ACCOUNT}SBOX`,
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_HOME: join(directory, '.cdk'),
    CDK_DISABLE_VERSION_CHECK: '1',
  };
  const app = `${process.execPath} ${join(import.meta.dirname, 'peer-app.mjs')}`;
  const cdk = (...words: string[]) =>
    runOnce([process.execPath, CDK, ...words, '--app', app, '--output', outdir, '--no-notices'], {
      cwd: directory,
      env,
    });
  const stop = () => {
    const { pid } = JSON.parse(readFileSync(join(directory, '.platform', 'sandbox', 'server.json'), 'utf8'));
    process.kill(pid, 'SIGTERM');
  };
  return { directory, platform, ask, cdk, stop };
}

function peerSettings(directory: string): AppSettings {
  const environment = loadProject({ cwd: directory, env: {} }).environment('dev', { rehearsal: true });
  return { ...offlineSettings(environment), account: PEER_ACCOUNT };
}

/** Nobody pushes images for the peer, so it takes one that is always there. */
const peerValues = ({ services }: AppSettings): Record<string, string> =>
  Object.fromEntries(
    Object.keys(services).flatMap((name) => {
      const parameter = `Image${name
        .split('-')
        .map((word) => word[0]!.toUpperCase() + word.slice(1))
        .join('')}`;
      return [`service-${name}`, 'tasks'].map((stack) => [
        `${stack}.${parameter}`,
        'public.ecr.aws/nginx/nginx:stable',
      ]);
    }),
  );
