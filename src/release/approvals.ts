import { type Concern, concernsOf, type Plan } from './plan.ts';

/** What a person must say before a plan is carried out. */
export interface Approvals {
  /** `<environment>/<thing>` to be typed, with the question. */
  typed: { name: string; text: string; concern: Concern }[];
  /** Changes that are never made by us. */
  refused: Concern[];
  /** Stuck remains that a yes allows to be deleted. */
  remains: { stack: string; status: string; reason?: string }[];
}

/** `thingOf` gives the configuration's name of a resource: `databases.main`. */
export function approvalsFor(plan: Plan, environment: string, thingOf: (concern: Concern) => string): Approvals {
  const concerns = concernsOf(plan);
  return {
    refused: concerns.filter(({ verdict }) => verdict === 'refused'),
    typed: concerns
      .filter(({ verdict }) => verdict === 'typed')
      .map((concern) => ({ name: `${environment}/${thingOf(concern)}`, text: lossText(concern), concern })),
    remains: plan.stacks.flatMap(({ stackName, handling, live }) =>
      live && (handling.action === 'recreate' || handling.action === 'discard' || handling.action === 'finish-delete')
        ? [{ stack: stackName, status: live.status, ...(live.statusReason ? { reason: live.statusReason } : {}) }]
        : [],
    ),
  };
}

function lossText({ stack, change }: Concern): string {
  const what = `${change.id} (${change.type}) of ${stack}`;
  const fate = {
    deleted: 'it is deleted with all it holds',
    snapshot: 'it is deleted after a final snapshot',
    retained: 'the old one stays, but the application no longer uses it',
    none: 'its state is lost',
  }[change.old];
  if (change.change === 'remove') return `${what} is no longer configured: ${fate}`;
  return `${what} ${change.replacement === 'conditional' ? 'may be' : 'is'} replaced: ${fate}`;
}
