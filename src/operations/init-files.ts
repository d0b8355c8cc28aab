import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_PORT, type DetectedApplication } from '../domain/detected-application.ts';
import { fillTemplate } from '../release/fill-template.ts';

export const PRESETS = ['web-service', 'next-app', 'api-workers', 'serverless-api'] as const;
export type Preset = (typeof PRESETS)[number];

export interface InitAnswers {
  preset: Preset;
  project: string;
  region: string;
  environments: readonly string[];
  application: DetectedApplication;
  port: number;
  healthPath: string;
  domain: string;
  account: string;
  dockerfile: boolean;
}

/** What `init` would write, by path. */
export type InitFiles = Record<string, string>;

/** Files of a preset, filled in. `templates` is the folder that the package brings. */
export async function initFiles(templates: string, answers: InitAnswers): Promise<InitFiles> {
  const { preset, application, environments, dockerfile } = answers;
  const values = placeholders(answers);
  const read = async (...path: string[]) => fillTemplate(await readFile(join(templates, ...path), 'utf8'), values);
  const blocks = await Promise.all(
    environments.map(async (name) => `  ${name}:\n${indent(await read(preset, `${kindOf(name)}.yaml`))}`),
  );
  const files: InitFiles = { 'platform.yaml': `${await read(preset, 'platform.yaml')}${blocks.join('')}` };
  const keys = [...files['platform.yaml']!.matchAll(/^ {6}([A-Z][A-Z0-9_]*): \{/gm)].map((match) => match[1]!);
  if (keys.length > 0) for (const name of environments) files[`.env.${name}.example`] = envExample(name, keys);
  if (dockerfile && !application.dockerfile) {
    const file = application.framework === 'django' ? 'django' : 'node';
    files[join(application.context, 'Dockerfile')] = await read('dockerfiles', `${file}.Dockerfile`);
  }
  return files;
}

/** Lines that keep secrets and work files out of git. */
export const IGNORED = ['.platform/', '.env.*', '!.env.*.example'];

/** Lines that keep secrets, histories and tools out of images: a Dockerfile of ours copies all that is left. */
export const NOT_IN_IMAGES = ['.git', '.platform', '.env*', '**/node_modules', '**/__pycache__', '.venv'];

/** The kind that a name speaks of; anything else is for trying out. */
export function kindOf(environment: string): 'dev' | 'staging' | 'prod' {
  if (/^(prod|production|live)$/.test(environment)) return 'prod';
  return /^(staging|stage|uat|preprod)$/.test(environment) ? 'staging' : 'dev';
}

export const defaultPort = ({ port, framework }: DetectedApplication): number =>
  port ?? (framework ? DEFAULT_PORT[framework] : 8080);

function placeholders({ project, region, environments, application, port, healthPath, domain, account }: InitAnswers) {
  const { framework, djangoModule = 'config' } = application;
  return {
    project,
    region,
    port: String(port),
    health: healthPath,
    domain,
    account,
    context: application.context,
    // Nothing of kind prod is ever taken by itself.
    default: environments.find((name) => kindOf(name) !== 'prod') ?? 'sandbox',
    database: project.replaceAll('-', '_'),
    module: djangoModule,
    migrate: framework === 'django' ? '[python, manage.py, migrate]' : '[npm, run, migrate]',
    worker: framework === 'django' ? '[python, manage.py, worker]' : '[npm, run, worker]',
  };
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, '    ');

const envExample = (environment: string, keys: readonly string[]): string =>
  [
    `# Copy to .env.${environment} and fill in; that file is never committed.`,
    ...keys.map((key) => `${key}=`),
    '',
  ].join('\n');
