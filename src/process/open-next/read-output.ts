import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../../errors/platform-error.ts';
import { type FilesOrigin, type FunctionOrigin, type OutputFile, outputFile, unsupported } from './output-file.ts';
import { readCode } from './read-code.ts';

export interface NextCode {
  code: { directory: string; hash: string };
  handler: string;
  architecture: 'arm64' | 'x86_64';
  streaming: boolean;
}

/** What OpenNext has built, in the words of our templates. */
export interface NextBuild {
  servers: Record<string, NextCode>;
  images?: NextCode;
  revalidation?: NextCode;
  warmer?: NextCode;
  behaviors: { pattern: string; origin: string }[];
  fallback: string;
  prefixes: { assets: string; cache?: string };
}

const FOLDER = '.open-next';
const FILE = 'open-next.output.json';
const IMAGES = 'imageOptimizer';

export const outputFolder = (app: string): string => join(app, FOLDER);
export const isNextBuilt = (app: string): boolean => existsSync(join(app, FOLDER, FILE));

/** Undefined when OpenNext has not built it. Throws for what it holds that has no place in our stacks. */
export async function readNextBuild(
  site: string,
  app: string,
  { warm }: { warm: boolean },
): Promise<NextBuild | undefined> {
  const output = readOutputFile(site, app);
  if (!output) return undefined;
  const { origins, behaviors, additionalProps } = output;
  const read = async ({
    bundle,
    handler,
    streaming,
  }: Pick<FunctionOrigin, 'bundle' | 'handler'> & { streaming?: boolean | undefined }) => ({
    ...(await readCode(`sites.${site}`, join(app, bundle))),
    handler,
    streaming: streaming ?? false,
  });
  const servers: Record<string, NextCode> = {};
  for (const [name, origin] of Object.entries(origins))
    if (origin.type === 'function' && name !== IMAGES) servers[name] = await read(origin);
  const images = origins[IMAGES];
  const { revalidationFunction, warmer } = additionalProps;
  if (warm && !warmer) throw noWarmer(site);
  // A server that tells nobody, or does not look, needs nobody who listens.
  const tells = Object.values(origins).some((one) => one.type === 'function' && one.queue?.startsWith('sqs'));
  const cache = filesOf(output).copy.find(({ cached, to }) => !cached && to !== '')?.to;
  return {
    servers,
    ...(images?.type === 'function' ? { images: await read(images) } : {}),
    ...(revalidationFunction && tells ? { revalidation: await read(revalidationFunction) } : {}),
    ...(warm && warmer ? { warmer: await read(warmer) } : {}),
    behaviors: behaviors
      .filter(({ pattern }) => pattern !== '*')
      .map(({ pattern, origin }) => ({ pattern, origin: origin! })),
    fallback: behaviors.find(({ pattern }) => pattern === '*')?.origin ?? 'default',
    prefixes: { assets: filesOf(output).originPath.replace(/^\/|\/$/g, ''), ...(cache === undefined ? {} : { cache }) },
  };
}

/** Folders that have to lie in the bucket, and under which prefix. */
export interface NextFiles {
  /** Absolute. */
  folder: string;
  prefix: string;
  /** For browsers; the rest only servers read. */
  isPublic: boolean;
  /** Below it every name changes with its content. */
  versioned?: string;
}

export function nextFiles(site: string, app: string): NextFiles[] | undefined {
  const output = readOutputFile(site, app);
  return (
    output &&
    filesOf(output).copy.map(({ from, to, cached, versionedSubDir }) => ({
      folder: join(app, from),
      prefix: to.replace(/^\/|\/$/g, ''),
      isPublic: cached,
      ...(versionedSubDir === undefined ? {} : { versioned: versionedSubDir }),
    }))
  );
}

const filesOf = ({ origins }: OutputFile): FilesOrigin => origins.s3 as FilesOrigin;

function readOutputFile(site: string, app: string): OutputFile | undefined {
  if (!isNextBuilt(app)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(app, FOLDER, FILE), 'utf8'));
  } catch {
    json = undefined;
  }
  const parsed = outputFile.safeParse(json);
  if (!parsed.success) throw unreadable(site, parsed.error.issues[0]);
  const strange = unsupported(parsed.data);
  if (strange.length > 0) throw notSupported(site, strange);
  return parsed.data;
}

const unreadable = (site: string, issue: { path: PropertyKey[]; message: string } | undefined) =>
  new PlatformError({
    id: 'open-next-unreadable',
    kind: 'failed',
    message: `sites.${site}: ${FOLDER}/${FILE} is not what OpenNext writes${issue?.path.length ? `: ${issue.path.join('.')}: ${issue.message}` : ''}`,
    remedy: `platform site build ${site} writes it anew; OpenNext has written this file since version 3`,
  });

const noWarmer = (site: string) =>
  new PlatformError({
    id: 'open-next-warmer-missing',
    kind: 'usage',
    message: `sites.${site}.warm keeps servers warm, and OpenNext has built no warmer for it`,
    remedy: `take sites.${site}.warm out, or build with a version of OpenNext that writes .open-next/warmer-function`,
  });

const notSupported = (site: string, found: readonly string[]) =>
  new PlatformError({
    id: 'open-next-unsupported',
    kind: 'usage',
    message: [`sites.${site}: OpenNext has built what has no place here`, ...found.map((one) => `  ${one}`)].join('\n'),
    remedy: `change open-next.config.ts as it says there, then platform site build ${site}`,
  });
