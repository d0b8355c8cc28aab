import type { Session } from '../../context.ts';
import type { Plan } from '../../release/plan.ts';
import { validates } from '../preflight/unsafe-templates.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import type { ChosenSettings } from './choose-settings.ts';
import { type PreparedRelease, type PrepareInput, prepareRelease } from './prepare-release.ts';

/** Plans what is configured; only reads. */
export const planDeployment = (
  session: Session,
  chosen: ChosenSettings,
  input: PrepareInput,
): Promise<PreparedRelease> =>
  planAtRest(session, () => prepareRelease(session, chosen, { ...input, validated: validates(session) }));

/**
 * Plans, but not beside work that is under way: what stands can be told only when nothing moves (F-06). Waits for it
 * unless on a dry run.
 */
export async function planAtRest<T extends { plan: Plan }>(session: Session, prepare: () => Promise<T>): Promise<T> {
  const { environment, flags, reporter } = session;
  for (;;) {
    const prepared = await reporter.step(`Planning ${environment.name}`, prepare);
    const moving = prepared.plan.stacks.filter(({ handling }) => handling.action === 'wait');
    if (flags.dryRun || moving.length === 0) return prepared;
    await Promise.all(
      moving.map(({ stackName, region, live }) =>
        reporter.step(`Waiting for ${stackName}, which is ${live!.status}`, (update) =>
          settledStack(session.aws.in(region), watchOf(session), live!.arn, update),
        ),
      ),
    );
  }
}

const watchOf = ({ clock, signal, target }: Session) => ({ clock, signal, pollMs: target.pollMs });
