import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Session } from '../../context.ts';
import { parseDotenv } from '../../domain/secrets/dotenv.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import type { KnownSecret } from '../../release/environment-secrets.ts';
import type { EnvFile, EnvValue } from '../../release/given-values.ts';
import { Secret } from '../../secret.ts';

/** Sixteen secrets of Secrets Manager's largest size; a bigger file is something else. */
const MOST_BYTES = 1024 * 1024;

export const envFileName = (environment: string): string => `.env.${environment}`;

/**
 * Reads `.env.<environment>` beside platform.yaml. Throws `env-file-wrong` (exit 2) with everything that cannot be
 * read. `pem` names the variables that may say `file:<path>` instead of a key.
 */
export async function readEnvFile(
  { environment, workDirectory }: Pick<Session, 'environment' | 'workDirectory'>,
  pem: ReadonlySet<string>,
): Promise<EnvFile> {
  const path = envFileName(environment.name);
  const file = join(dirname(workDirectory), path);
  const text = await textOf(file, path);
  if (text === undefined) return { path, exists: false, values: new Map(), openToOthers: false };
  const { entries, problems } = parseDotenv(text);
  const wrong: Problem[] = problems.map(({ line, key = '', message, remedy }) =>
    problem(path, line, { path: key, message, remedy }),
  );
  const values = new Map<string, EnvValue>();
  for (const { key, value, line, quoted } of entries) {
    const named = pem.has(key) && value.startsWith('file:') ? value.slice('file:'.length) : undefined;
    const read = named === undefined ? value : await keyFile(resolve(dirname(file), named));
    if (read !== undefined) values.set(key, { secret: new Secret(key, read), line, given: quoted || read !== '' });
    else wrong.push(problem(path, line, { path: key, ...unreadableKey(key) }));
  }
  if (wrong.length > 0)
    throw envFileWrong(
      path,
      wrong.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    );
  return { path, exists: true, values, openToOthers: await isOpenToOthers(file) };
}

/** Windows has no such bits. */
async function isOpenToOthers(file: string): Promise<boolean> {
  return process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0;
}

/** Variables that may say `file:<path>`. */
export const pemVariables = (secrets: readonly Pick<KnownSecret, 'keys'>[]): Set<string> =>
  new Set(
    secrets.flatMap(({ keys }) =>
      Object.entries(keys).flatMap(([key, { type, from }]) => (type === 'pem' ? [from ?? key] : [])),
    ),
  );

/** Undefined when there is no such file. Throws `env-file-wrong` for what is no text in UTF-8, or no file. */
async function textOf(file: string, path: string): Promise<string | undefined> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return undefined;
  if (found.isDirectory()) throw envFileWrong(path, [problem(path, 1, FOLDER)]);
  if (found.size > MOST_BYTES) throw envFileWrong(path, [problem(path, 1, TOO_LARGE)]);
  const bytes = await readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw envFileWrong(path, [problem(path, 1, NOT_UTF8)]);
  }
}

async function keyFile(file: string): Promise<string | undefined> {
  try {
    return (await stat(file)).size > MOST_BYTES ? undefined : await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

const problem = (file: string, line: number, rest: Pick<Problem, 'path' | 'message' | 'remedy'>): Problem => ({
  severity: 'error',
  file,
  line,
  ...rest,
});

const FOLDER = {
  path: '',
  message: 'it is a folder',
  remedy: 'move it away; an env file has lines of KEY=value',
};

const TOO_LARGE = {
  path: '',
  message: 'the file is larger than 1 MiB, more than all its secrets could hold',
  remedy: 'see what it is; an env file has lines of KEY=value',
};

const NOT_UTF8 = {
  path: '',
  message: 'the file is not UTF-8 text; PowerShell writes UTF-16 with >',
  remedy: 'save it as UTF-8',
};

/** The path is what stands in the file, and may be a value that only begins like one. */
const unreadableKey = (key: string) => ({
  message: `${key} names a file that is not there or cannot be read`,
  remedy: `correct the path after file: in ${key}; it is taken from the folder of platform.yaml`,
});

/** With the values' own problems, in `given-values.ts`, the one error about the file. */
export const envFileWrong = (path: string, problems: readonly Problem[]) =>
  new PlatformError({
    id: 'env-file-wrong',
    kind: 'usage',
    message: `${path} cannot be used as it is; nothing was changed`,
    remedy: problems[0]!.remedy,
    problems,
  });
