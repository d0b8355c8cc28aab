import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Built } from '../lib/next-output.ts';
import type { AppSettings } from '../lib/settings.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'environments');

/** One file of `environments/`. */
export interface Environment {
  name: string;
  /** All that the templates are made of; `lib/settings.ts` says what each field means. */
  settings: AppSettings;
  /** Code of functions, from this folder on, and what OpenNext had built. */
  built: Built;
  /** What no stack tells, by stack and parameter: images, certificates, secrets. */
  values: Record<string, Record<string, string>>;
}

export const fileOf = (name: string): string => join(FOLDER, `${name}.json`);

/** The environment of this name; of the only one where no name is given. */
export function readEnvironment(name?: string): Environment {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
  const chosen = name ?? (names.length === 1 ? names[0]! : undefined);
  if (chosen === undefined) throw new Error(`Say which environment is meant: ${names.join(', ')}`);
  if (!existsSync(fileOf(chosen))) throw new Error(`There is no ${relative(process.cwd(), fileOf(chosen))}`);
  const { settings, built, values } = JSON.parse(readFileSync(fileOf(chosen), 'utf8'));
  return { name: chosen, settings, built: withCode(built) as Built, values };
}

/** `-c environment=<name>` of the cdk CLI. */
export const chosenEnvironment = (): string | undefined =>
  JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}').environment ?? process.env.ENVIRONMENT;

/** Every folder of code with the hash of what lies in it now: other code is another object in the bootstrap bucket. */
function withCode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCode);
  if (typeof value !== 'object' || value === null) return value;
  if ('directory' in value && typeof value.directory === 'string') {
    const directory = join(ROOT, value.directory);
    const { hash, content } = value as { hash?: string; content?: string };
    const now = hashOf(directory);
    // As long as nothing was changed it is the object that platform put there.
    return { directory, hash: now === content ? hash : now };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withCode(inner)]));
}

function hashOf(directory: string): string {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: relative(directory, file).split(sep).join('/') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const whole = createHash('sha256');
  for (const { file, path } of files) {
    const content = readFileSync(file);
    whole.update(`${path}\0${content.length}\0`);
    whole.update(content);
  }
  return whole.digest('hex');
}
