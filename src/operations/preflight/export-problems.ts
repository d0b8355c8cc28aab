import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Plan, PlannedStack } from '../../release/plan.ts';

/**
 * Exports that this deployment would take away and that other stacks import: CloudFormation refuses that at the end of
 * the update and rolls it all back (F-09). Our templates export nothing, so that somebody has done it by hand. Asks
 * nothing where nothing is exported.
 */
export async function exportProblems(
  { aws }: Pick<Session, 'aws'>,
  { stacks }: Pick<Plan, 'stacks'>,
): Promise<Problem[]> {
  const going = stacks.flatMap((stack) => {
    const kept = stack.action === 'delete' ? new Set() : exportsOf(stack.template);
    return [...exportsOf(stack.live?.template)].filter((name) => !kept.has(name)).map((name) => ({ stack, name }));
  });
  const found = await Promise.all(
    going.map(async ({ stack: { id, region }, name }): Promise<Problem[]> => {
      const users = await aws.in(region).cloudFormation.importers(name);
      if (users.length === 0) return [];
      return [
        {
          rule: 'F-09',
          severity: 'error',
          path: id,
          message: `Stack ${id} exports ${name}, which ${users.join(', ')} imports: this deployment would take it away, and CloudFormation lets nobody do that`,
          remedy: `let ${users.join(', ')} take the value otherwise and deploy it first, then deploy again`,
          evidence: [evidenceOf('cloudformation:ListImports', `Imports of ${name}`, users)],
        },
      ];
    }),
  );
  return found.flat();
}

/** By their names; one that is put together from others is told by CloudFormation alone. */
function exportsOf(template: PlannedStack['template'] | undefined): Set<string> {
  const outputs: { Export?: { Name?: unknown } }[] = Object.values(template?.Outputs ?? {});
  return new Set(outputs.map((output) => output.Export?.Name).filter((name) => typeof name === 'string'));
}
