import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from '../domain/container-engine.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** A place for logins that nothing else reads. */
export interface OwnLogin {
  /** Lead an engine to it. */
  variables: Record<string, string>;
  /** False: the engine has only the user's own place. */
  isolated: boolean;
  remove(): Promise<void>;
}

/** Where the daemon is and which plug-ins there are: without these a client would talk to another daemon. */
const SHARED = ['contexts', 'cli-plugins'];

/**
 * A login lasts twelve hours and opens every repository of the account, so it is kept in a folder of mode 700 that is
 * gone after the push, and never in a keychain. finch starts its own machine and hears of no variable of ours.
 */
export async function ownLogin(engine: EngineName, variables: Variables, host: string): Promise<OwnLogin> {
  if (engine === 'finch') return { variables: {}, isolated: false, remove: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'platform-login-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  // https://docs.podman.io/en/stable/markdown/podman-login.1.html
  if (engine === 'podman')
    return { variables: { REGISTRY_AUTH_FILE: join(folder, 'auth.json') }, isolated: true, remove };
  const users = variables.DOCKER_CONFIG ?? join(variables.HOME ?? variables.USERPROFILE ?? '', '.docker');
  for (const name of SHARED) await symlink(join(users, name), join(folder, name), 'dir');
  await writeFile(join(folder, 'config.json'), JSON.stringify(withoutLogins(await settingsOf(users), host)), {
    mode: 0o600,
  });
  return { variables: { DOCKER_CONFIG: folder }, isolated: true, remove };
}

async function settingsOf(folder: string): Promise<Record<string, unknown>> {
  try {
    const settings: unknown = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
    return typeof settings === 'object' && settings !== null ? { ...settings } : {};
  } catch {
    return {};
  }
}

/** A configuration that names no registry at all makes the docker client look for a keychain and write there. */
function withoutLogins(settings: Record<string, unknown>, host: string): Record<string, unknown> {
  const { auths: _, credsStore: __, credHelpers: ___, ...rest } = settings;
  return { ...rest, auths: { [host]: {} } };
}
