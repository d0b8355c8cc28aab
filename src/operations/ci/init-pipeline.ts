import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Project } from '../../config/project.ts';
import { parseReferences } from '../../config/references.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type PipelineStage, pipelineStages } from '../../release/pipeline-stages.ts';
import { type Placed, placeFile } from '../project/place-file.ts';
import { pipelineRepository } from './pipeline-repository.ts';
import { type WorkflowInput, workflowTexts } from './workflow-text.ts';

export const USUAL_INSTALL = 'npm ci';

/** The contract of `ci init --json`. */
export interface InitPipelineOutcome {
  repository: string;
  files: { path: string; action: Placed }[];
  environments: Pick<PipelineStage, 'environment' | 'planned' | 'reviewers'>[];
  /** Whether the jobs find platform among the packages that they install; null: their own command brings it. */
  namesPlatform: boolean | null;
  dryRun: boolean;
}

export interface InitPipelineInput {
  /** The folder that the package brings. */
  templates: string;
  overwrite: boolean;
  install: string;
}

/** Writes the workflows of a project. Run twice it changes nothing; what differs is shown before it is replaced. */
export async function initPipeline(
  context: Pick<Context, 'flags' | 'prompter' | 'reporter'>,
  project: Project,
  { templates, overwrite, install }: InitPipelineInput,
): Promise<InitPipelineOutcome> {
  const { repository } = pipelineRepository(project.delivery, { ownerId: undefined, repositoryId: undefined });
  const stages = pipelineStages(project);
  if (stages.length === 0) throw nothingToDeploy();
  const root = project.gitRoot ?? project.root;
  const template = (name: string) => readFileSync(join(templates, 'workflows', name), 'utf8');
  const folder = relative(root, project.root).replaceAll('\\', '/');
  const texts = workflowTexts({ template, stages, install, folder, ...contentsOf(project, stages) });
  const files: InitPipelineOutcome['files'] = [];
  for (const [name, content] of Object.entries(texts)) {
    const path = join('.github', 'workflows', name);
    files.push({ path, action: await placeFile(context, { root, overwrite }, { path, content }) });
  }
  return {
    repository,
    files,
    environments: stages.map(({ environment, planned, reviewers }) => ({ environment, planned, reviewers })),
    namesPlatform: install === USUAL_INSTALL ? namesPlatform(project.root) : null,
    dryRun: context.flags.dryRun,
  };
}

/** Jobs work in the folder of platform.yaml, and run what its packages bring. */
function namesPlatform(folder: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return 'platform' in { ...dependencies, ...devDependencies };
  } catch {
    return false;
  }
}

function contentsOf(
  project: Project,
  stages: readonly PipelineStage[],
): Pick<WorkflowInput, 'paths' | 'steps' | 'postgres' | 'emulator' | 'sites' | 'variables'> {
  const { delivery, local } = project;
  const steps = Object.entries(delivery.ci?.steps ?? {}).map(([name, step]) => ({ name, ...step }));
  const wanting = steps.find(({ services }) => services.includes('emulator'));
  if (wanting && !local.emulator) throw noEmulator(wanting.name);
  const sites = stages.flatMap(({ environment }) => Object.values(project.environment(environment).blocks.sites));
  const kinds = new Set(sites.map(({ kind }) => kind));
  return {
    paths: delivery.paths,
    steps,
    postgres: local.postgres?.image ?? 'postgres:16',
    ...(local.emulator ? { emulator: local.emulator } : {}),
    sites: kinds.has('next') ? 'servers' : kinds.has('spa') ? 'files' : 'none',
    variables: buildVariables(sites),
  };
}

/** The names in `${ci.NAME}` of builds, each once. */
export function buildVariables(sites: readonly { buildEnv: Readonly<Record<string, string>> }[]): string[] {
  const parts = sites.flatMap(({ buildEnv }) => Object.values(buildEnv)).flatMap(parseReferences);
  const names = parts.flatMap((part) =>
    'reference' in part && part.reference.resolved === 'build' ? [part.reference.variable] : [],
  );
  return [...new Set(names)].sort();
}

const nothingToDeploy = () =>
  new PlatformError({
    id: 'ci-no-environment',
    kind: 'usage',
    message: 'platform.yaml declares no environment that a pipeline could bring up',
    remedy: 'declare one: environments: { dev: { kind: dev } }',
  });

const noEmulator = (step: string) =>
  new PlatformError({
    id: 'ci-no-emulator',
    kind: 'usage',
    message: `delivery.ci.steps.${step} wants an emulator, and platform.yaml does not say which`,
    remedy: 'write local: { emulator: { image: <image> } }',
  });
