import type { Problem } from '../../errors/problem.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { checkOwnRules } from '../validation/check-own-rules.ts';
import { templateProblems } from '../validation/template-problems.ts';
import type { PreflightPowers } from './groups.ts';

/** The CDK's own switch. */
export const validates = ({ variables }: Pick<PreflightPowers, 'variables'>): boolean =>
  variables.CDK_VALIDATION !== 'false';

/**
 * What `validate` would say of the templates that are about to be deployed, where it is an error and not waived. What
 * does not change was looked at when it was deployed.
 */
export async function unsafeTemplates(
  session: PreflightPowers,
  { plan, settings, synthesis }: Pick<PreparedRelease, 'plan' | 'settings' | 'synthesis'>,
): Promise<Problem[]> {
  const { cdk, clock, environment } = session;
  const changing = new Set(
    plan.stacks.filter(({ action }) => action !== 'none' && action !== 'delete').map(({ id }) => id),
  );
  // A stored release was looked at when it was made, and is the way back: nothing knows addresses in it.
  const stacks = synthesis.stacks.filter(
    ({ id, constructs }) => changing.has(id) && Object.keys(constructs).length > 0,
  );
  if (stacks.length === 0) return [];
  const [own, others] = await Promise.all([
    checkOwnRules(cdk, {
      settings,
      stacks,
      directory: synthesis.directory,
      today: new Date(clock.now()),
    }),
    validates(session) ? cdk.validateTemplates(stacks) : [],
  ]);
  return templateProblems(environment, [...own, ...others]).filter(({ waived }) => !waived);
}
