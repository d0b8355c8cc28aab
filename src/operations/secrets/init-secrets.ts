import { chmod, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { isIgnored, isTracked } from '../../process/git.ts';
import { writeFileAtomically } from '../../process/write-file.ts';
import { envFileText } from '../../release/env-file-text.ts';
import type { KnownSecret } from '../../release/environment-secrets.ts';
import type { EnvFile } from '../../release/given-values.ts';
import { withIgnored } from '../project/init.ts';
import { fillOffline } from './fill-defaults.ts';
import { pushedSecrets } from './look-at-secrets.ts';
import { envFileName, pemVariables, readEnvFile } from './read-env-file.ts';

type Action = 'created' | 'changed' | 'unchanged';

/** The contract of `secrets init --json`; names of keys only. */
export interface InitSecretsOutcome {
  environment: string;
  files: { path: string; action: Action }[];
  secrets: InitRow[];
  dryRun: boolean;
}

/** The fields of every secrets command; what cannot happen here is empty. */
export interface InitRow {
  name: string;
  secretName: string;
  /** Keys that the file has now and had not before. */
  added: string[];
  changed: string[];
  unchanged: string[];
  removed: string[];
  /** Keys that a person has to fill in before a deployment. */
  missing: string[];
  unused: string[];
}

type Powers = Pick<Session, 'environment' | 'workDirectory'> & { flags: Pick<Session['flags'], 'dryRun'> };

/**
 * Writes `.env.<environment>` with the declared keys that it lacks: defaults, generated values, and hints as comments.
 * A value that is there is never touched. Run twice it changes nothing. Asks AWS nothing.
 */
export async function initSecrets(session: Powers): Promise<InitSecretsOutcome> {
  const { environment, flags, workDirectory } = session;
  const root = dirname(workDirectory);
  const path = envFileName(environment.name);
  const secrets = pushedSecrets(environment);
  if (await isTracked(root, path)) throw tracked(path);
  const file = await readEnvFile(session, pemVariables(secrets));
  const place = await realpath(join(root, path)).catch(() => join(root, path));
  const before = file.exists ? await readFile(place, 'utf8') : undefined;
  const wanted = envFileText({
    environment: environment.name,
    secrets,
    before,
    present: new Set(file.values.keys()),
    fill: fillOffline(session),
  });

  const ignored = await ignore(root, path, flags.dryRun);
  const isNew = wanted.added.size > 0 || before === undefined;
  if (isNew && !flags.dryRun) await writeFileAtomically(place, wanted.text, 0o600);
  const closed = !isNew && (await closeToOthers(place, flags.dryRun));
  const action: Action = before === undefined ? 'created' : isNew || closed ? 'changed' : 'unchanged';
  return {
    environment: environment.name,
    files: [
      { path, action },
      { path: '.gitignore', action: ignored },
    ],
    secrets: secrets.map((secret) => rowOf(secret, file, wanted)),
    dryRun: flags.dryRun,
  };
}

/** Before the file is there, so that it is never there without. */
async function ignore(root: string, path: string, dryRun: boolean): Promise<Action> {
  if (await isIgnored(root, path)) return 'unchanged';
  const file = join(root, '.gitignore');
  const before = await readFile(file, 'utf8').catch(() => undefined);
  const after = await withIgnored(file);
  if (after === (before ?? '')) {
    if ((await isIgnored(root, path)) === false) throw notIgnored(path);
    return 'unchanged';
  }
  if (dryRun) return before === undefined ? 'created' : 'changed';
  await writeFileAtomically(file, after);
  if ((await isIgnored(root, path)) === false) throw notIgnored(path);
  return before === undefined ? 'created' : 'changed';
}

/** Whether others could read it until now. */
async function closeToOthers(file: string, dryRun: boolean): Promise<boolean> {
  const { mode } = await stat(file);
  if ((mode & 0o077) === 0) return false;
  if (!dryRun) await chmod(file, 0o600);
  return true;
}

function rowOf(
  { name, secretName, keys }: KnownSecret,
  file: EnvFile,
  wanted: ReturnType<typeof envFileText>,
): InitRow {
  const all = Object.entries(keys).map(([key, spec]) => ({ key, spec, variable: spec.from ?? key }));
  const names = (rows: typeof all) => rows.map(({ key }) => key).sort();
  const isBlank = (variable: string) => wanted.blank.has(variable) || file.values.get(variable)?.given === false;
  return {
    name,
    secretName,
    added: names(all.filter(({ variable }) => wanted.added.has(variable))),
    changed: [],
    unchanged: names(all.filter(({ variable }) => !wanted.added.has(variable))),
    removed: [],
    missing: names(
      all.filter(
        ({ variable, spec: { required, phase, default: text, generate } }) =>
          required && phase === 'before-deploy' && !text && !generate && isBlank(variable),
      ),
    ),
    unused: [],
  };
}

const tracked = (path: string) =>
  new PlatformError({
    id: 'env-file-tracked',
    kind: 'failed',
    message: `git keeps ${path}, so everybody with the repository has its secrets; it was left as it is`,
    remedy: `git rm --cached ${path}, commit that, and replace every value at its source: the history still has them`,
  });

const notIgnored = (path: string) =>
  new PlatformError({
    id: 'env-file-not-ignored',
    kind: 'failed',
    message: `A later rule of git keeps ${path} in spite of .gitignore; the file was not written`,
    remedy: `git check-ignore --no-index -v ${path} names the rule; take it out`,
  });
