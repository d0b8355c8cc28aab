import { EMULATED_ACCOUNT, sandboxAccount } from '../domain/sandbox-account.ts';
import type { Problem } from '../errors/problem.ts';
import { type SmokeSpec, smokeRequestOf } from './blocks/smoke.ts';
import { type Blocks, blocksSchema } from './blocks.ts';
import { type Emulated, emulatorOf } from './emulator.ts';
import { expandSecrets } from './expand-secrets.ts';
import { explainIssue } from './explain-issue.ts';
import type { DeclaredEnvironment, File } from './file.ts';
import { withKindDefaults } from './kind-defaults.ts';
import type { Kind } from './kinds.ts';
import { Layers } from './layers.ts';
import type { Plain } from './merge.ts';
import { originOf } from './origin.ts';
import type { EffectiveEnvironment, EnvironmentOptions } from './project.ts';
import { MAX_MISTAKES } from './read-file.ts';
import { judge } from './rules/judge.ts';
import { RULES } from './rules/registry.ts';
import { substitute } from './text-references.ts';
import { toProblem } from './to-problem.ts';
import type { ValuePath } from './value-path.ts';
import type { YamlSource } from './yaml-source.ts';

/** The file as it was read, and the world around it. */
export interface Reading {
  source: YamlSource;
  /** As written. */
  raw: Plain;
  file: File;
  root: string;
  gitRoot?: string;
  today: Date;
  /** AWS_REGION, for a file that names none. */
  regionAround?: string;
}

export type Built = { environment: EffectiveEnvironment } | { mistakes: Mistake[] };

export interface Mistake extends Problem {
  /** Something is not there that another environment may well have. */
  missing: boolean;
}

/** Decides everything about one environment, or says what keeps it from being decided. */
export function buildEnvironment(
  reading: Reading,
  name: string,
  { rehearsal = false, region: chosen }: EnvironmentOptions = {},
): Built {
  const { source, raw, file, root, gitRoot, today } = reading;
  const declared: DeclaredEnvironment = file.environments[name] ?? { kind: 'sandbox' };
  const emulated = rehearsal ? {} : emulatorOf(declared, file.local);
  const sandboxed = rehearsal || declared.kind === 'sandbox' || emulated.emulator === 'sandbox';
  const account = declared.account ?? (sandboxed ? sandboxedAccount(file, name, emulated) : undefined);
  const region = chosen ?? declared.region ?? usualRegion(reading, sandboxed);
  const known = {
    project: file.project,
    title: file.title ?? file.project,
    'env.name': name,
    'env.kind': declared.kind,
    'env.region': region,
    'env.account': account,
  };

  const layers = new Layers(source, raw, overridesOf(file, name));
  const { blocks: texts, found } = substitute(layers.blocks, known);
  const filled = withKindDefaults(texts, declared.kind);
  const parsed = blocksSchema.safeParse(filled, { jitless: true });
  if (!parsed.success) {
    const explained = parsed.error.issues
      .slice(0, MAX_MISTAKES)
      .flatMap((issue) => explainIssue(blocksSchema, filled, issue));
    return {
      mistakes: explained.map((explanation) => ({
        ...toProblem(explanation, layers.position(explanation.path, explanation.atKey), source),
        environment: name,
        missing: explanation.missing,
      })),
    };
  }

  const blocks = withBypass(expandSecrets(parsed.data), file.local.authorizerBypass && declared.kind === 'local');
  const waivers = file.waivers.filter(({ environment }) => environment === undefined || environment === name);
  const context = {
    environment: name,
    kind: declared.kind,
    declared,
    sandboxed,
    account,
    region,
    blocks,
    references: found,
    root,
    gitRoot,
    today,
  };
  return {
    environment: {
      name,
      project: file.project,
      kind: declared.kind,
      sandboxed,
      account,
      region,
      ...(!sandboxed && { profile: declared.profile }),
      ...emulated,
      tags: tagsOf(file, name, known),
      naming: file.naming,
      approval: approvalOf(file.delivery.approval, declared.kind),
      blocks,
      waivers,
      problems: judge(RULES, context, waivers, (path) =>
        isFilePath(path) ? source.position(path) : layers.position(path),
      ),
      origin: (path) => originOf(path, { name, kind: declared.kind, region, blocks, layers, source }),
    },
  };
}

/**
 * Without an authorizer there is no switch that could be thrown where it is deployed: the template of an environment of
 * another kind has its authorizer whatever `local` says, and the function that looks at tokens knows no bypass (S4-37).
 */
function withBypass(blocks: Blocks, bypass: boolean): Blocks {
  if (!bypass) return blocks;
  const open = Object.entries(blocks.apis).map(([name, api]) => [
    name,
    { ...api, authorizer: { kind: 'none' as const }, smoke: api.smoke.filter((one) => !isAboutTokens(one)) },
  ]);
  return { ...blocks, apis: Object.fromEntries(open) };
}

/** Broader rights are asked about where people are served; every change where the file says so, but on no sandbox. */
function approvalOf(delivered: File['delivery']['approval'], kind: Kind): File['delivery']['approval'] {
  if (delivered === 'any-change') return kind === 'sandbox' || kind === 'local' ? 'never' : delivered;
  return kind === 'prod' ? delivered : 'never';
}

/** Nothing around it moves the sandbox. */
function usualRegion({ raw, file, regionAround }: Reading, sandboxed: boolean): string {
  const written = typeof raw.defaults === 'object' && raw.defaults !== null && 'region' in raw.defaults;
  return written || sandboxed ? file.defaults.region : (regionAround ?? file.defaults.region);
}

const isFilePath = ([first]: ValuePath) => first === 'environments' || first === 'defaults';

/** Whose overrides an environment consists of, `like:` first. Circles are refused before. */
export function overridesOf(file: File, name: string): string[] {
  const declared = file.environments[name];
  if (!declared) return [];
  return declared.like === undefined ? [name] : [...overridesOf(file, declared.like), name];
}

/** Somebody else's sandbox knows this environment by no other account than other emulators do. */
const sandboxedAccount = (file: File, name: string, { endpoint }: Emulated): string =>
  endpoint === undefined ? sandboxAccount(file.project, name) : EMULATED_ACCOUNT;

function tagsOf(file: File, environment: string, known: Parameters<typeof substitute>[1]): Record<string, string> {
  const { blocks: tags } = substitute(file.defaults.tags, known);
  return {
    Project: file.project,
    Environment: environment,
    ManagedBy: 'platform',
    ...(tags as Record<string, string>),
  };
}

/** Nobody looks at tokens then: none is refused, and what one says of its bearer reaches no function. */
function isAboutTokens(smoke: SmokeSpec): boolean {
  const { status, token } = smokeRequestOf(smoke);
  return token === 'required' || [status].flat().every((one) => one === 401 || one === 403);
}
