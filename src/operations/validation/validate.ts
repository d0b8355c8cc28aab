import { join } from 'node:path';
import type { TemplateFinding } from '../../cdk/cdk.ts';
import type { EffectiveEnvironment, Project } from '../../config/project.ts';
import { unbuildable } from '../../config/unbuildable.ts';
import type { Context } from '../../context.ts';
import type { Problem } from '../../errors/problem.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { unsetVariables } from '../../release/unset-variables.ts';
import { type CheckOwnInput, checkOwnRules } from './check-own-rules.ts';
import { askLinters, findLinters, type Linters } from './linters.ts';
import { templateProblems, unusedWaivers } from './template-problems.ts';

/** The contract of `validate --json`. */
export interface ValidateOutcome {
  problems: Problem[];
  environments: string[];
}

type Powers = Pick<Context, 'clock' | 'reporter' | 'signal' | 'templates' | 'variables'>;

/** Where packs of rules for others are asked: elsewhere nothing is at stake that they defend. */
const SERIOUS: ReadonlySet<string> = new Set(['staging', 'prod']);

/**
 * Everything that can be known without asking AWS: rules of the configuration, and the templates it makes, through
 * our own checks, CloudFormation's validator, packs of cdk-nag, and the linters that this machine has.
 */
export async function validate(
  context: Powers,
  {
    project,
    environments,
    workDirectory,
  }: { project: Project; environments: readonly EffectiveEnvironment[]; workDirectory: string },
): Promise<ValidateOutcome> {
  const { reporter } = context;
  const names = environments.map(({ name }) => name);
  const all = project.problems();
  const problems = all.filter((problem) => concerns(problem, names));
  const others = all.filter((problem) => !problems.includes(problem) && !problem.waived).length;
  if (others > 0)
    reporter.note(
      `${others} more ${others === 1 ? 'finding concerns' : 'findings concern'} other environments: platform validate --all-environments`,
    );
  const linters = await findLinters(context, project);
  const checked = environments.filter((environment) => unbuildable(environment).length === 0);
  for (const { name } of environments.filter((environment) => !checked.includes(environment)))
    reporter.note(`${name}: its templates are looked at once it can be built`);
  for (const environment of checked) {
    for (const { path, what } of unsetVariables(environment.blocks))
      reporter.note(`${environment.name}: ${path}: ${what}`);
    const findings = await reporter.step(`Checking the templates of ${environment.name}`, async () => {
      const directory = join(workDirectory, 'cdk.out', `validate-${environment.name}`);
      const settings = offlineSettings(environment);
      const { stacks, unbuilt = [] } = await context.templates.synthesize(settings, directory, { validated: true });
      for (const site of unbuilt) reporter.note(unbuiltText(environment.name, site));
      return findingsIn(context, { project, settings, directory, stacks, linters });
    });
    problems.push(...templateProblems(environment, findings));
  }
  problems.push(...unusedWaivers(checked, project.environments(), problems));
  return { problems: merged(problems), environments: names };
}

async function findingsIn(
  context: Powers,
  { project, linters, ...made }: Omit<CheckOwnInput, 'today'> & { project: Project; linters: Linters },
): Promise<TemplateFinding[]> {
  const { clock, templates } = context;
  const { packs } = project.validation;
  const { stacks, settings } = made;
  const judged = SERIOUS.has(settings.kind) && packs.length > 0;
  // The validator has a thread of its own, and linters are programs: both go on while this thread looks.
  const [validated, linted, own, packed] = await Promise.all([
    templates.validateTemplates(stacks),
    askLinters(context, linters, stacks),
    checkOwnRules(templates, { ...made, today: new Date(clock.now()) }),
    judged ? templates.judgeByPacks(stacks, packs) : [],
  ]);
  return [...own, ...validated, ...packed, ...linted];
}

/** What a synthesis offline leaves out. */
export const unbuiltText = (environment: string, site: string): string =>
  `${environment}: sites.${site} is left out: OpenNext has not built it (platform site build ${site})`;

/** A problem names one environment, several (`dev, staging`), or none when it stands between them or in all. */
const concerns = ({ environment }: Problem, names: readonly string[]): boolean =>
  environment === undefined || environment.split(', ').some((name) => names.includes(name));

/** Environments share blocks, and their problems: what is the same in several is said once, with all their names. */
function merged(problems: readonly Problem[]): Problem[] {
  const found = new Map<string, Problem>();
  for (const problem of problems) {
    const { environment, ...same } = problem;
    const key = JSON.stringify(same);
    const before = found.get(key);
    const names = [before?.environment, environment].filter((name) => name !== undefined);
    found.set(key, names.length > 0 ? { ...problem, environment: names.join(', ') } : problem);
  }
  return [...found.values()];
}

export const isOpen = (problem: Problem, strict: boolean): boolean =>
  !problem.waived && (strict || problem.severity === 'error');
