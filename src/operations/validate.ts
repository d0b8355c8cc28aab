import { join } from 'node:path';
import type { EffectiveEnvironment, Project } from '../config/project.ts';
import type { Context } from '../context.ts';
import type { Problem } from '../errors/problem.ts';
import { notBuiltYet } from '../release/not-built-yet.ts';
import { offlineSettings } from '../release/offline-settings.ts';

/** The contract of `validate --json`. */
export interface ValidateOutcome {
  problems: Problem[];
  environments: string[];
}

/**
 * Everything that can be known without asking AWS: rules of the configuration, and the templates it makes, through
 * our own checks and CloudFormation's validator.
 */
export async function validate(
  { reporter, templates }: Pick<Context, 'reporter' | 'templates'>,
  {
    project,
    environments,
    workDirectory,
  }: { project: Project; environments: readonly EffectiveEnvironment[]; workDirectory: string },
): Promise<ValidateOutcome> {
  const names = environments.map(({ name }) => name);
  const all = project.problems();
  const problems = all.filter((problem) => concerns(problem, names));
  const others = all.filter((problem) => !problems.includes(problem) && !problem.waived).length;
  if (others > 0)
    reporter.note(
      `${others} more ${others === 1 ? 'finding concerns' : 'findings concern'} other environments: platform validate --all-environments`,
    );
  for (const environment of environments) {
    for (const { path, what } of notBuiltYet(environment.blocks))
      reporter.note(`${environment.name}: ${path}: ${what}`);
    const { stacks } = await reporter.step(`Checking the templates of ${environment.name}`, () =>
      templates.synthesize(
        offlineSettings(environment),
        join(workDirectory, 'cdk.out', `validate-${environment.name}`),
      ),
    );
    const findings = [...(await templates.checkTemplates(stacks)), ...(await templates.validateTemplates(stacks))];
    problems.push(
      ...findings.map(({ rule, severity, stack, path, message, fix }): Problem => {
        const waiver = environment.waivers.find((one) => one.rule === rule);
        return {
          rule,
          severity,
          path: `${stack}: ${path}`,
          message,
          remedy: fix ?? `waivers: [{ rule: ${rule}, reason: … }] if this is meant`,
          ...(waiver ? { waived: waiver.reason } : {}),
        };
      }),
    );
  }
  return { problems: distinct(problems), environments: names };
}

/** A problem names one environment, several (`dev, staging`), or none when it stands between them or in all. */
const concerns = ({ environment }: Problem, names: readonly string[]): boolean =>
  environment === undefined || environment.split(', ').some((name) => names.includes(name));

/** Environments share blocks, and their problems. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(
    problems.map((problem) => [JSON.stringify([problem.rule, problem.path, problem.message]), problem]),
  ).values(),
];

export const isOpen = (problem: Problem, strict: boolean): boolean =>
  !problem.waived && (strict || problem.severity === 'error');
