import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { AppSettings } from '../../../infra/settings.ts';
import type { Bundled } from '../../cdk/cdk.ts';
import { PACKAGE_ROOT, VERSION } from '../../package.ts';
import type { BundleFiles } from '../../process/bundle/bundle-functions.ts';
import { hashOf } from '../../process/bundle/keep-bundle.ts';
import { ownInfrastructure } from '../../process/own-infrastructure.ts';
import { packageFolder } from '../../process/package-folder.ts';
import { fillTemplate } from '../../release/fill-template.ts';

/** Contents by path from the folder of the application on. */
export type EjectedFiles = Map<string, string | Uint8Array>;

export interface EjectedEnvironment {
  settings: AppSettings;
  built: Pick<Bundled, 'codes' | 'next'>;
  /** What no stack tells, by stack and parameter. */
  values: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** All files of the application of one environment; those of another differ in `environments/` and `code/` alone. */
export async function ejectedFiles(environment: EjectedEnvironment): Promise<EjectedFiles> {
  const { settings, built, values } = environment;
  const files: EjectedFiles = new Map();
  for (const [path, text] of await skeleton(settings)) files.set(path, text);
  for (const [path, text] of ownInfrastructure()) files.set(join('lib', path), text);
  const folders = new Map(await Promise.all(foldersOf(built).map(readFolder)));
  for (const { folder, contents } of folders.values())
    for (const [path, content] of contents) files.set(join(folder, path), content);
  const portable = withFolders({ codes: {}, next: {}, ...built }, folders);
  files.set(
    join('environments', `${settings.environment}.json`),
    `${JSON.stringify({ settings, built: portable, values }, undefined, 2)}\n`,
  );
  return files;
}

/** What stands around the stacks. npm packs no file called .gitignore, so ours has no dot. */
async function skeleton({ project, bootstrap }: AppSettings): Promise<[string, string][]> {
  const own = JSON.parse(await readFile(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
  const pinned = { ...own.dependencies, ...own.devDependencies };
  const values = {
    project,
    version: VERSION,
    qualifier: bootstrap.qualifier,
    clientCloudformation: pinned['@aws-sdk/client-cloudformation'],
    awsCdkLib: pinned['aws-cdk-lib'],
    constructs: pinned.constructs,
    typesNode: pinned['@types/node'],
    awsCdk: pinned['aws-cdk'],
    typescript: pinned.typescript,
  };
  const templates = await contentsOf(join(packageFolder('templates'), 'eject'));
  const licence = await readFile(join(PACKAGE_ROOT, 'LICENSE'), 'utf8');
  return [
    ...templates.map(([path, content]): [string, string] => [
      path === 'gitignore' ? '.gitignore' : path,
      fillTemplate(content.toString('utf8'), values),
    ]),
    ['LICENSE', licence],
  ];
}

interface Folder {
  /** From the folder of the application on. */
  folder: string;
  contents: BundleFiles;
}

/** Folders of code wherever they stand, with the name of what each is the code of. */
function foldersOf(value: unknown, name = ''): { directory: string; hash: string; name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isCode(value)) return [{ ...value, name }];
  // `code` of a server of OpenNext says nothing; the server does.
  return Object.entries(value).flatMap(([key, inner]) =>
    foldersOf(inner, key === 'code' ? name : key.replaceAll('/', '-')),
  );
}

async function readFolder({ directory, hash, name }: ReturnType<typeof foldersOf>[number]) {
  const contents: BundleFiles = new Map(await contentsOf(directory));
  return [directory, { folder: join('code', `${name}-${hash.slice(0, 8)}`), contents }] as const;
}

const isCode = (value: object): value is { directory: string; hash: string } => 'directory' in value && 'hash' in value;

/** The same with folders of the application in the place of those of this machine, and what tells whether they were changed. */
function withFolders(value: unknown, folders: ReadonlyMap<string, Folder>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withFolders(one, folders));
  if (isCode(value)) {
    const { folder, contents } = folders.get(value.directory)!;
    return { directory: folder, hash: value.hash, content: hashOf(contents) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withFolders(inner, folders)]));
}

async function contentsOf(directory: string): Promise<[string, Buffer][]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths
      .map((path) => relative(directory, path))
      .sort()
      .map(
        async (path): Promise<[string, Buffer]> => [path.split(sep).join('/'), await readFile(join(directory, path))],
      ),
  );
}
