import type { Problem } from '../../errors/problem.ts';
import type { Plan } from '../../release/plan.ts';

/** What the CDK puts in the place of a value that nobody has looked up yet. */
const DUMMY = /dummy-value-for-[\w./-]{1,200}/;

/** A template that holds a value which was never looked up would deploy something else than what is meant (F-148). */
export function templateProblems({ stacks }: Pick<Plan, 'stacks'>): Problem[] {
  return stacks.flatMap(({ id, action, template }): Problem[] => {
    const found = action === 'delete' ? null : DUMMY.exec(JSON.stringify(template));
    return found
      ? [
          {
            rule: 'F-148',
            severity: 'error',
            path: id,
            message: `The template of stack ${id} holds ${found[0]}: a value that was to be looked up, and was not`,
            remedy: 'this is a mistake in platform, which looks nothing up: report it with platform.yaml',
          },
        ]
      : [];
  });
}
