import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppSettings } from '../../../infra/settings.ts';
import type { SynthesizedStack } from '../../cdk/cdk.ts';
import type { Context, Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { writeFileAtomically } from '../../process/write-file.ts';
import { canonicalJson } from '../../release/canonical-json.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { chooseSettings } from '../deploy/choose-settings.ts';
import { type LiveNamedStack, readLiveStacks } from '../stacks/live-stacks.ts';
import { type EjectedFiles, ejectedFiles } from './eject-files.ts';

export interface EjectInput {
  /** Where the application goes; it need not exist. */
  directory: string;
  /** Where templates are made, to be compared. */
  assembly: string;
}

/** The contract of `eject --json`. */
export interface EjectOutcome {
  environment: string;
  directory: string;
  files: { path: string; action: 'create' | 'unchanged' }[];
  /** `live` says whether what is deployed has just this template; null where AWS was not asked. */
  stacks: { id: string; name: string; live: 'same' | 'different' | 'absent' | null }[];
  dryRun: boolean;
}

type Powers = Pick<Context, 'flags' | 'reporter' | 'templates'>;

/** Settings as AWS and earlier deployments have them, and what was given to the stacks that stand. Only reads AWS. */
export async function eject(session: Powers & Session, input: EjectInput): Promise<EjectOutcome> {
  const { settings } = await chooseSettings(session);
  return write(session, input, settings, (stacks) => readLiveStacks(session.aws, stacks));
}

/** Without asking AWS: zones are assumed, and no values are known. */
export async function ejectOffline(
  context: Powers,
  input: EjectInput & { environment: Parameters<typeof offlineSettings>[0] },
): Promise<EjectOutcome> {
  return write(context, input, offlineSettings(input.environment), async () => undefined);
}

/**
 * Writes the application of one environment. Never over what is there: a file with another content ends it before
 * anything is written, one with the same is left. So a command that was cut off goes on, and another environment joins.
 */
async function write(
  { flags, reporter, templates }: Powers,
  { directory, assembly }: EjectInput,
  settings: AppSettings,
  look: (stacks: readonly SynthesizedStack[]) => Promise<Map<string, LiveNamedStack> | undefined>,
): Promise<EjectOutcome> {
  const made = await reporter.step(`Synthesizing ${settings.environment}`, async () => {
    const { stacks, unbuilt = [] } = await templates.synthesize(settings, assembly);
    if (unbuilt.length > 0) throw siteUnbuilt(unbuilt);
    return { stacks, built: await templates.bundle(settings) };
  });
  const live = await look(made.stacks);
  const files = await ejectedFiles({ settings, built: made.built, values: valuesOf(made.stacks, live) });
  const actions = await compare(directory, files);
  if (!flags.dryRun)
    for (const { path, action } of actions)
      if (action === 'create') await writeFileAtomically(join(directory, path), files.get(path)!);
  return {
    environment: settings.environment,
    directory,
    files: actions,
    stacks: made.stacks.map((stack) => ({
      id: stack.id,
      name: stack.stackName,
      live: live ? standing(stack, live) : null,
    })),
    dryRun: flags.dryRun,
  };
}

function standing(
  { id, template }: SynthesizedStack,
  live: Map<string, LiveNamedStack>,
): 'same' | 'different' | 'absent' {
  const found = live.get(id);
  if (!found) return 'absent';
  return canonicalJson(found.template) === canonicalJson(template) ? 'same' : 'different';
}

/** Of what stands: the values that no stack tells, and nobody could look up who has only the application. */
function valuesOf(stacks: readonly SynthesizedStack[], live: Map<string, LiveNamedStack> | undefined) {
  const kept = new Set(['image', 'state', 'secret', 'shared']);
  return Object.fromEntries(
    stacks.flatMap(({ id, parameters }) => {
      const given = live?.get(id)?.parameters ?? {};
      const values = Object.entries(parameters)
        .filter(([name, { from }]) => kept.has(from) && given[name] !== undefined)
        .map(([name]) => [name, given[name]!] as const);
      return values.length > 0 ? [[id, Object.fromEntries(values)]] : [];
    }),
  );
}

async function compare(directory: string, files: EjectedFiles): Promise<EjectOutcome['files']> {
  const compared = await Promise.all(
    [...files].map(async ([path, wanted]) => {
      const there = await contentAt(join(directory, path));
      const same = there !== undefined && Buffer.from(wanted).equals(there);
      return {
        path,
        action: there === undefined ? ('create' as const) : same ? ('unchanged' as const) : ('differs' as const),
      };
    }),
  );
  const others = compared.filter(({ action }) => action === 'differs').map(({ path }) => path);
  if (others.length > 0) throw fileExists(directory, others);
  return compared.flatMap(({ path, action }) => (action === 'differs' ? [] : [{ path, action }]));
}

/** Undefined: nothing is there. What is no file that can be read has another content than ours. */
async function contentAt(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'EISDIR' || code === 'ENOTDIR') return Buffer.of();
    throw error;
  }
}

/** As many as a person reads. */
const SHOWN = 8;

function fileExists(directory: string, paths: readonly string[]): PlatformError {
  const shown = paths.slice(0, SHOWN).join(', ');
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
  return new PlatformError({
    id: 'eject-file-exists',
    kind: 'usage',
    message: `${directory} has ${shown}${more} with another content, so nothing was written`,
    remedy: 'name another folder with --dir, or take away what is there',
  });
}

const siteUnbuilt = (sites: readonly string[]) =>
  new PlatformError({
    id: 'eject-site-unbuilt',
    kind: 'failed',
    message: `OpenNext has not built ${sites.map((name) => `sites.${name}`).join(', ')}, whose stacks are made of what it builds`,
    remedy: `platform site build ${sites.join(' ')}, then the same command again`,
  });
