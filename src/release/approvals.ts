import { type Concern, concernsOf, type Plan, type PlannedStack } from './plan.ts';
import { isGround } from './stack-change.ts';
import { thingName } from './thing-name.ts';

/** What a person must say before a plan is carried out. */
export interface Approvals {
  /** `<environment>/<thing>` to be typed, with the question. */
  typed: { name: string; text: string; concerns: Concern[]; failure?: string }[];
  /** Changes that are never made by us. */
  refused: Concern[];
  /** Stuck remains that a yes allows to be deleted. */
  remains: { stack: string; region: string; status: string }[];
}

/** `reviewed`: ids of stacks that exist only to be reviewed, and whose change sets are to be executed. */
export function approvalsFor(plan: Plan, environment: string, reviewed: readonly string[] = []): Approvals {
  // What is lost stands in the template that AWS has.
  const thingOf = ({ stack: id, change }: Concern) =>
    isGround(change.type)
      ? 'network.azs'
      : thingName(id, plan.stacks.find((stack) => stack.id === id)?.live?.template, change.id);
  const concerns = concernsOf(plan);
  const losses = Map.groupBy(
    concerns.filter(({ verdict }) => verdict === 'typed'),
    (concern) => `${environment}/${thingOf(concern)}`,
  );
  const typed = [...losses].map(([name, lost]) => {
    const failure = failureOf(lost);
    return {
      name,
      text: lost.map(lossText).join('\n'),
      concerns: lost,
      ...(failure === undefined ? {} : { failure }),
    };
  });
  return {
    refused: concerns.filter(({ verdict }) => verdict === 'refused'),
    typed: [...typed, ...plan.stacks.filter(isProtectedAndGoes).map((stack) => unprotect(environment, stack))],
    remains: plan.stacks.flatMap(({ id, stackName, region, handling, live }) =>
      live && REMAINS.has(handling.action) && !reviewed.includes(id)
        ? [{ stack: stackName, region, status: live.status }]
        : [],
    ),
  };
}

/** The entry of docs/failures.md that a loss would become without a question. */
function failureOf(lost: readonly Concern[]): string | undefined {
  if (lost.some(({ change }) => isGround(change.type))) return 'F-12';
  return lost.some(
    ({ change: { type, change } }) => change === 'modify' && /^AWS::RDS::DB(Cluster|Instance)$/.test(type),
  )
    ? 'F-87'
    : undefined;
}

const REMAINS = new Set(['recreate', 'discard', 'finish-delete']);

/** Somebody asked for this stack not to be deleted by accident (F-08). */
const isProtectedAndGoes = ({ action, live }: PlannedStack): boolean =>
  action === 'delete' && live?.terminationProtection === true;

const unprotect = (environment: string, { id, stackName }: PlannedStack) => ({
  name: `${environment}/stacks.${id}`,
  text: `${stackName} is no longer configured: its termination protection is lifted and it is deleted`,
  concerns: [],
  failure: 'F-08',
});

function lossText({ stack, change }: Concern): string {
  const what = `${change.id} (${change.type}) of ${stack}`;
  const fate = {
    deleted: 'it is deleted with all it holds',
    snapshot: 'it is deleted after a final snapshot',
    retained: 'the old one stays, but the application no longer uses it',
    none: 'its state is lost',
  }[change.old];
  if (isGround(change.type)) return `${what} is no longer configured: whatever still stands in it keeps it from going`;
  if (change.change === 'remove') return `${what} is no longer configured: ${fate}`;
  return `${what} ${change.replacement === 'conditional' ? 'may be' : 'is'} replaced: ${fate}`;
}
