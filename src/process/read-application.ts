import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type ApplicationFiles, type DetectedApplication, detectApplication } from '../domain/detected-application.ts';

/** Where applications stand in a repository, in the order of looking. */
const CANDIDATES = ['.', 'backend', 'server', 'api', 'app', 'web'];
const SOURCE = /\.(py|[cm]?[jt]sx?)$/;
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'venv', '__pycache__', 'migrations', 'cdk.out']);
const MOST_SOURCES = 300;
const MOST_BYTES = 200_000;

/** The application of a folder: the first candidate whose framework is known, else the first with a Dockerfile. */
export async function readApplication(root: string): Promise<DetectedApplication | undefined> {
  const found: DetectedApplication[] = [];
  for (const context of CANDIDATES) {
    const files = await readFiles(root, context);
    if (files) found.push(detectApplication(files));
  }
  return found.find(({ framework }) => framework) ?? found.find(({ dockerfile }) => dockerfile);
}

/** Whether a folder holds more than what every repository begins with. */
export async function holdsAnything(root: string): Promise<boolean> {
  const entries = await readdir(root).catch(() => []);
  return entries.some((name) => !/^(\..*|platform\.yaml|readme.*|license.*)$/i.test(name));
}

async function readFiles(root: string, context: string): Promise<ApplicationFiles | undefined> {
  const folder = join(root, context);
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => undefined);
  const [packageJson, requirements, pyproject, managePy, dockerfile] = await Promise.all(
    ['package.json', 'requirements.txt', 'pyproject.toml', 'manage.py', 'Dockerfile'].map(read),
  );
  const locked = await stat(join(folder, 'package-lock.json')).then(
    () => true,
    () => false,
  );
  const python = [requirements, pyproject].filter((text) => text !== undefined).join('\n');
  if (!packageJson && !python && !managePy && !dockerfile) return undefined;
  return {
    context,
    ...(packageJson ? { packageJson, locked } : {}),
    ...(python ? { pythonDependencies: python } : {}),
    ...(managePy ? { managePy } : {}),
    ...(dockerfile ? { dockerfile } : {}),
    sources: await readSources(folder),
  };
}

/** Few and small files: a look, not a search of everything. */
async function readSources(folder: string): Promise<{ path: string; text: string }[]> {
  const sources: { path: string; text: string }[] = [];
  const waiting = [folder];
  while (waiting.length > 0 && sources.length < MOST_SOURCES) {
    const current = waiting.shift()!;
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
      const file = join(current, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.')) waiting.push(file);
      } else if (
        entry.isFile() &&
        SOURCE.test(entry.name) &&
        sources.length < MOST_SOURCES &&
        (await stat(file)).size <= MOST_BYTES
      ) {
        sources.push({ path: relative(folder, file), text: await readFile(file, 'utf8').catch(() => '') });
      }
    }
  }
  return sources;
}
