import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DEFAULT_PORT, type DetectedApplication } from '../../domain/detected-application.ts';
import { fillTemplate } from '../../release/fill-template.ts';

export const PRESETS = ['web-service', 'next-app', 'api-workers', 'serverless-api'] as const;
export type Preset = (typeof PRESETS)[number];

export interface InitAnswers {
  preset: Preset;
  project: string;
  region: string;
  environments: readonly string[];
  application: DetectedApplication;
  port: number;
  /** Empty: nobody knows, and nothing of the preset needs one. */
  healthPath: string;
  domain: string;
  account: string;
  dockerfile: boolean;
  /** Whether a small application is written too. */
  minimal: boolean;
  /** `OWNER/REPOSITORY` on GitHub that deploys; empty: none. */
  repository: string;
}

/** By path from the folder of platform.yaml. */
export interface InitFiles {
  files: Record<string, string>;
  /** What is written where nothing of its name is there yet: code that the configuration names, a README. */
  sources: Record<string, string>;
}

/** Files of a preset, filled in. `templates` is the folder that the package brings. */
export async function initFiles(templates: string, answers: InitAnswers): Promise<InitFiles> {
  const { preset, application, environments, dockerfile, minimal } = answers;
  const given = placeholders(answers);
  const read = async (...path: string[]) => fillTemplate(await readFile(join(templates, ...path), 'utf8'), values);
  const workers = preset === 'api-workers' ? await readFile(join(templates, preset, workersOf(answers)), 'utf8') : '';
  const values: Record<string, string> = { ...given, workers: fillTemplate(workers, given) };
  const blocks = await Promise.all(
    environments.map(async (name) => `  ${name}:\n${indent(await read(preset, `${kindOf(name)}.yaml`))}`),
  );
  const files: Record<string, string> = {
    'platform.yaml': `${await read(preset, 'platform.yaml')}${blocks.join('')}`,
  };
  const keys = [...files['platform.yaml']!.matchAll(/^ {6}([A-Z][A-Z0-9_]*): \{ ?(generate)?/gm)].map(
    ([, name = '', generate]) => ({ name, made: generate !== undefined }),
  );
  if (keys.length > 0) for (const name of environments) files[`.env.${name}.example`] = envExample(name, keys);
  if (dockerfile && !application.dockerfile && !minimal) {
    const file = application.framework === 'django' ? 'django' : 'node';
    files[join(application.context, 'Dockerfile')] = await read('dockerfiles', `${file}.Dockerfile`);
  }
  const parts = minimal ? (await read(preset, 'readme.md')).trimEnd() : '';
  const readme = minimal
    ? fillTemplate(await readFile(join(templates, 'readme.md'), 'utf8'), { ...values, parts })
    : '';
  const code: Record<string, string> = {};
  for (const { from, to } of await applicationFiles(templates, preset)) {
    // In the App Router of Next.js the folder is the route.
    code[preset === 'next-app' ? to.replace('app/api/health/', `app${answers.healthPath}/`) : to] = await read(from);
  }
  if (minimal) return { files: { ...files, ...code }, sources: { 'README.md': readme } };
  const sources = Object.entries(code).filter(([path]) => namedCode(answers)?.test(path));
  return { files, sources: Object.fromEntries(sources) };
}

/** Which code the configuration names beside the application itself. */
function namedCode({ preset, application }: InitAnswers): RegExp | undefined {
  if (preset === 'serverless-api') return /^(src\/|migrate\.js$|Dockerfile\.migrate$)/;
  return preset === 'api-workers' && application.framework !== 'django' ? /^worker\// : undefined;
}

/** Python has its workers in containers, beside the models that they share with the API. */
const workersOf = ({ application }: InitAnswers): string =>
  application.framework === 'django' ? 'workers.service.yaml' : 'workers.function.yaml';

/** The minimal application of a preset: where each file lies below `templates`, and where it goes. */
async function applicationFiles(templates: string, preset: Preset): Promise<{ from: string; to: string }[]> {
  const folders = [
    { from: join(preset, 'application'), to: '.' },
    ...(preset === 'serverless-api' ? [{ from: 'dispatcher', to: 'src/dispatcher' }] : []),
  ];
  const found = await Promise.all(
    folders.map(async ({ from, to }) => {
      const entries = await readdir(join(templates, from), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(join(templates, from), join(entry.parentPath, entry.name)))
        .map((path) => ({ from: join(from, path), to: join(to, path) }));
    }),
  );
  return found.flat().sort((a, b) => a.to.localeCompare(b.to, 'en'));
}

/** Lines that keep secrets and work files out of git. */
export const IGNORED = ['.platform/', '.env.*', '!.env.*.example'];

/** What the packages and the build of an application that we wrote leave behind. */
export const leftBehind = ({ preset, minimal }: InitAnswers): string[] =>
  minimal ? ['node_modules/', ...(preset === 'next-app' ? ['.next/', '.open-next/'] : [])] : [];

/**
 * Lines that keep secrets, histories and tools out of images: a Dockerfile of ours copies all that is left. Images are
 * named for what they are made of, so that what only says how they are deployed must not be part of them.
 */
export const NOT_IN_IMAGES = [
  '.git',
  '.github',
  '.platform',
  'platform.yaml',
  '.env*',
  '**/node_modules',
  '**/__pycache__',
  '.venv',
];

/** The kind that a name speaks of; anything else is for trying out. */
export function kindOf(environment: string): 'dev' | 'staging' | 'prod' {
  if (/^(prod|production|live)$/.test(environment)) return 'prod';
  return /^(staging|stage|uat|preprod)$/.test(environment) ? 'staging' : 'dev';
}

export const defaultPort = ({ port, framework }: DetectedApplication): number =>
  port ?? (framework ? DEFAULT_PORT[framework] : 8080);

function placeholders(answers: InitAnswers) {
  const { project, region, environments, application, port, healthPath, domain, account } = answers;
  const { framework, djangoModule = 'config' } = application;
  return {
    project,
    region,
    port: String(port),
    health: healthPath,
    smoke: `[${[...(answers.preset === 'next-app' ? ['/'] : []), ...(healthPath ? [healthPath] : [])].join(', ')}]`,
    domain,
    account,
    context: application.context,
    // Nothing of kind prod is ever taken by itself.
    default: environments.find((name) => kindOf(name) !== 'prod') ?? 'sandbox',
    database: project.replaceAll('-', '_'),
    module: djangoModule,
    start: startOf(application),
    prepare: packagesFirst(answers)
      .map((command) => `${command}\n    `)
      .join(''),
    rehearsed: environments.find((name) => kindOf(name) === 'prod') ?? environments[0] ?? '<name>',
    migrate: framework === 'django' ? '[python, manage.py, migrate]' : '[npm, run, migrate]',
    delivery: deliveryOf(answers),
  };
}

/** Functions are bundled with the packages that they import, so those have to be there. */
export function packagesFirst({ preset, minimal }: Pick<InitAnswers, 'preset' | 'minimal'>): string[] {
  if (minimal) return preset === 'serverless-api' || preset === 'next-app' ? ['npm install'] : [];
  return preset === 'serverless-api' ? ['npm install pg @aws-sdk/client-secrets-manager @aws-sdk/client-sqs'] : [];
}

/** Node itself where that is all that npm would start: then the application is what is asked to end. */
function startOf({ node }: DetectedApplication): string {
  const direct = /^node [\w./-]+$/.test(node?.start ?? '') ? node!.start!.split(' ') : ['npm', 'start'];
  return `[${direct.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** The first environment follows the main branch; those of kind prod wait for a person. */
function deliveryOf({ repository, environments }: InitAnswers): string {
  if (repository === '') return '';
  const steps = environments.map((name, index) => {
    const on =
      kindOf(name) === 'prod' ? 'dispatch' : index === 0 ? '"push:main"' : `"after:${environments[index - 1]}"`;
    return `    - { to: ${name}, on: ${on} }\n`;
  });
  return `delivery:\n  provider: github\n  repository: ${repository}\n  promotion:\n${steps.join('')}\n`;
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, '    ');

const envExample = (environment: string, keys: readonly { name: string; made: boolean }[]): string =>
  [
    `# Copy to .env.${environment} and fill in; that file is never committed.`,
    ...keys.flatMap(({ name, made }) => [
      ...(made ? ['# Left empty, it is made up at random, once:'] : []),
      `${name}=`,
    ]),
    '',
  ].join('\n');
