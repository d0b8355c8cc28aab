import { relative } from 'node:path';
import type { SynthesizedStack, TemplateFinding } from '../../cdk/cdk.ts';
import type { Project } from '../../config/project.ts';
import { projectPath } from '../../config/project-path.ts';
import type { Context } from '../../context.ts';
import { ANSWERED_RULES } from '../../domain/answered-rules.ts';
import type { LinterFinding } from '../../domain/linter-findings.ts';
import { runCfnLint, runGuard } from '../../process/linters.ts';
import { onPath } from '../../process/on-path.ts';

/** The linters of others that this machine has, and the Guard rules they are asked by. */
export interface Linters {
  cfnLint?: string;
  guard?: { program: string; rules: string[] };
}

/** Looks for them once, and says what is not there. */
export async function findLinters(
  { reporter, variables }: Pick<Context, 'reporter' | 'variables'>,
  project: Project,
): Promise<Linters> {
  const { cfnLint, guard } = project.validation;
  const rules = guard.map((path) => projectPath(project, path));
  const [lint, guardProgram] = await Promise.all([
    cfnLint ? onPath('cfn-lint', variables) : undefined,
    rules.length > 0 ? onPath('cfn-guard', variables) : undefined,
  ]);
  if (cfnLint && !lint)
    reporter.note('cfn-lint is not on the PATH: the rules of it that CloudFormation’s own validator has are looked at');
  if (rules.length > 0 && !guardProgram)
    reporter.warn(`cfn-guard is not on the PATH, so nobody has looked at the rules in ${guard.join(', ')}`);
  return {
    ...(lint ? { cfnLint: lint } : {}),
    ...(guardProgram ? { guard: { program: guardProgram, rules } } : {}),
  };
}

/** What they say of the templates of one environment. */
export async function askLinters(
  context: Pick<Context, 'signal' | 'variables'>,
  linters: Linters,
  stacks: readonly SynthesizedStack[],
): Promise<TemplateFinding[]> {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const filesOf = (those: readonly SynthesizedStack[]) => those.map(({ templateFile }) => templateFile);
  const linted = linters.cfnLint
    ? await Promise.all(
        regions.map((region) =>
          runCfnLint(
            linters.cfnLint!,
            { region, files: filesOf(stacks.filter((stack) => stack.region === region)) },
            context,
          ),
        ),
      )
    : [];
  const { guard } = linters;
  const guarded = guard ? await runGuard(guard.program, { rules: guard.rules, files: filesOf(stacks) }, context) : [];
  return [
    ...linted.flat().flatMap((finding) => findingOf(stacks, 'cfn-lint', finding)),
    ...guarded.flatMap((finding) => findingOf(stacks, 'cfn-guard', finding)),
  ];
}

function findingOf(
  stacks: readonly SynthesizedStack[],
  source: TemplateFinding['source'],
  { file, rule, severity, logicalId, property, message, fix, documentation }: LinterFinding,
): TemplateFinding[] {
  const stack = stacks.find(({ templateFile }) => relative(templateFile, file) === '');
  if (Object.hasOwn(ANSWERED_RULES, rule)) return [];
  const address = stack && logicalId ? `/${stack.constructs[logicalId] ?? logicalId}` : '';
  return [
    {
      source,
      rule,
      severity,
      path: `${stack?.id ?? file}${address}${property ? `.${property}` : ''}`,
      message,
      ...(fix ? { fix } : {}),
      ...(documentation ? { documentation } : {}),
    },
  ];
}
