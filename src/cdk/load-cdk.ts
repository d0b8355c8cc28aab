import { existsSync } from 'node:fs';
import { edgeFunctionsOf } from '../../infra/edge-functions.ts';
import type { AppSettings } from '../../infra/settings.ts';
import type { Connection } from '../aws/connection.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Bundle, Bundled, Cdk, Templates } from './cdk.ts';
import { prepareEnvironment } from './process-environment.ts';

export interface CdkOptions {
  /** The process's own variables: toolkit-lib reads its endpoint there. */
  environment: NodeJS.ProcessEnv;
  /** Where toolkit-lib keeps its caches on the sandbox. */
  cdkHome: string;
  debug(text: string): void;
  bundle: Bundle;
}

/** aws-cdk-lib listens to variables only; its validator would cost every synthesis a second and speak past our reporter. */
function quieten(environment: NodeJS.ProcessEnv): void {
  environment.CDK_VALIDATION = 'false';
  environment.JSII_DEPRECATED = 'quiet';
}

export function loadTemplates(environment: NodeJS.ProcessEnv, bundle: Bundle): Templates {
  return {
    bundle: (settings) => bundle(inputOf(settings)),
    synthesize: async (settings, directory, { hashes = {}, validated = false } = {}) => {
      quieten(environment);
      if (validated) await startValidator(directory);
      const { unbuilt, codes = {}, ...others } = await bundle(inputOf(settings));
      const built = { ...others, codes: asThen(codes, settings, hashes) };
      const { synthesize } = await import('./synthesize.ts');
      return { ...synthesize(without(unbuilt, settings), directory, built), unbuilt };
    },
    writeVariant: async (directory, stackId, template) =>
      (await import('./assembly-variant.ts')).writeVariant(directory, stackId, template),
    writeStored: async (directory, stacks, qualifier) => {
      quieten(environment);
      return (await import('./stored-assembly.ts')).writeStored(directory, stacks, qualifier);
    },
    checkTemplates: async (stacks, facts) => (await import('./check-templates.ts')).checkTemplates(stacks, facts),
    validateTemplates: async (stacks) => (await import('./validate-templates.ts')).validateTemplates(stacks),
    judgeByPacks: async (stacks, packs) => {
      quieten(environment);
      return (await import('./judge-by-packs.ts')).judgeByPacks(stacks, packs);
    },
  };
}

/** Its start takes longer than a synthesis, which goes on beside it. Where it has been at work, it may not be needed. */
async function startValidator(directory: string): Promise<void> {
  const { diagnosticsFile } = await import('./kept-diagnostics.ts');
  if (!existsSync(diagnosticsFile(directory))) (await import('./validator.ts')).validator();
}

const inputOf = (settings: AppSettings) => ({
  functions: settings.functions,
  edges: edgeFunctionsOf(settings),
  next: Object.fromEntries(
    Object.entries(settings.sites).flatMap(([name, site]) =>
      site.kind === 'next' ? [[name, { dir: site.dir, warm: site.warm !== undefined }] as const] : [],
    ),
  ),
});

/** Offline everything else can be looked at all the same. */
const without = (unbuilt: readonly string[], settings: AppSettings): AppSettings => ({
  ...settings,
  sites: Object.fromEntries(Object.entries(settings.sites).filter(([name]) => !unbuilt.includes(name))),
});

/** What ships with us is as it is now. */
const asThen = (
  codes: NonNullable<Bundled['codes']>,
  { functions }: AppSettings,
  hashes: Readonly<Record<string, string>>,
) =>
  Object.fromEntries(
    Object.entries(codes).map(([name, code]) => {
      const isShipped = !Object.hasOwn(functions, name) || functions[name]!.source.startsWith('builtin:');
      return [name, { ...code, hash: isShipped ? code.hash : (hashes[name] ?? code.hash) }];
    }),
  );

const hashesOf = ({ codes = {} }: Pick<Bundled, 'codes'>) =>
  Object.fromEntries(Object.entries(codes).map(([name, { hash }]) => [name, hash]));

const siteUnbuilt = (sites: readonly string[]) =>
  new PlatformError({
    id: 'site-unbuilt',
    kind: 'failed',
    message: `OpenNext has not built ${sites.map((name) => `sites.${name}`).join(', ')}: there is no .open-next/open-next.output.json`,
    remedy: `platform site build ${sites.join(' ')} builds what is missing, and platform deploy does so by itself`,
  });

/** Loads aws-cdk-lib when something is synthesized and toolkit-lib when something is deployed: 0.2 s and 0.4 s. */
export function loadCdk(connection: Connection, { environment, cdkHome, debug, bundle }: CdkOptions): Cdk {
  const templates = loadTemplates(environment, bundle);
  return {
    ...templates,
    synthesize: async (settings, directory, { validated = false } = {}) => {
      const { keepSynthesis, keptSynthesis } = await import('./kept-synthesis.ts');
      const { unbuilt, ...built } = await bundle(inputOf(settings));
      if (unbuilt.length > 0) throw siteUnbuilt(unbuilt);
      const kept = keptSynthesis(settings, directory, built);
      const hashes = hashesOf(built);
      if (kept) return { ...kept, hashes };
      quieten(environment);
      if (validated) (await import('./validator.ts')).validator();
      const synthesis = (await import('./synthesize.ts')).synthesize(settings, directory, built);
      keepSynthesis(settings, synthesis, built);
      return { ...synthesis, hashes };
    },
    // What cannot be loaded is found out by what needs it.
    warmUp: () => import('./warm-up.ts').then(({ warmUp }) => warmUp()).catch(() => undefined),
    deployStack: async (input) => {
      prepareEnvironment(environment, { ...connection, cdkHome });
      const { deployStack } = await import('./toolkit.ts');
      return deployStack(connection, debug, input);
    },
    bootstrap: async (input) => {
      prepareEnvironment(environment, { ...connection, cdkHome });
      const { bootstrap } = await import('./bootstrap.ts');
      return bootstrap(connection, debug, input);
    },
  };
}
