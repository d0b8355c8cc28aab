import type { EffectiveEnvironment } from '../config/project.ts';
import { changesAnything } from './describe-plan.ts';
import { type Concern, concernsOf, type Plan, type PlannedStack } from './plan.ts';
import { toldBroadenings } from './security/told-broadenings.ts';
import { isGround } from './stack-change.ts';
import { thingName } from './thing-name.ts';

export interface TypedApproval {
  name: string;
  text: string;
  concerns: Concern[];
  /** The entry of docs/failures.md that it keeps from happening. */
  failure?: string;
  /** What a script wants to know of it. */
  details?: Readonly<Record<string, unknown>>;
}

/** What a person must say before a plan is carried out. */
export interface Approvals {
  /** `<environment>/<thing>` to be typed, with the question. */
  typed: TypedApproval[];
  /** Changes that are never made by us. */
  refused: Concern[];
  /** Stuck remains that a yes allows to be deleted. */
  remains: { stack: string; region: string; status: string }[];
}

/** `reviewed`: ids of stacks that exist only to be reviewed, and whose change sets are to be executed. */
export function approvalsFor(
  plan: Plan,
  { name: environment, approval }: Pick<EffectiveEnvironment, 'name' | 'approval'>,
  reviewed: readonly string[] = [],
): Approvals {
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
    typed: [
      ...typed,
      ...plan.stacks.filter(isProtectedAndGoes).map((stack) => unprotect(environment, stack)),
      ...demanded(plan, environment, approval),
    ],
    remains: plan.stacks.flatMap(({ id, stackName, region, handling, live }) =>
      live && REMAINS.has(handling.action) && !reviewed.includes(id)
        ? [{ stack: stackName, region, status: live.status }]
        : [],
    ),
  };
}

/** What `delivery.approval` wants to be said by name: one name for all of it, and every part in the question. */
function demanded(plan: Plan, environment: string, approval: EffectiveEnvironment['approval']): TypedApproval[] {
  const broadens = toldBroadenings(plan);
  const lines = broadens.map(({ stack, text }) => `  ${stack}: ${text}`);
  const details = { broadens };
  if (approval === 'any-change' && changesAnything(plan)) {
    const text = ['delivery.approval is any-change: every change of this environment is approved by name', ...lines];
    return [{ name: `${environment}/changes`, text: text.join('\n'), concerns: [], details }];
  }
  if (approval !== 'security-broadening' || broadens.length === 0) return [];
  const text = [`more would be let through than before (delivery.approval is security-broadening)`, ...lines];
  return [{ name: `${environment}/security`, text: text.join('\n'), concerns: [], details }];
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
