import { WEIGHTS } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { hasTwoGroups, isPaired, movesRequests, phasesBefore, type ServiceSide } from '../../release/shift-phases.ts';
import { outdated } from '../change-sets/made-for.ts';
import { type AppliedStack, type ApplyInput, applyStack } from '../deploy/apply-stack.ts';
import { leaveAlternate } from './leave-alternate.ts';
import { restedTraffic } from './rested-traffic.ts';

type Powers = Pick<Session, 'aws' | 'cdk' | 'clock' | 'environment' | 'reporter' | 'target' | 'signal'>;

/** `earlier`: while CloudFormation worked at the steps before the last. */
export type AppliedService = AppliedStack & { earlier?: NonNullable<AppliedStack['waited']>[] };

/**
 * Brings the stack of a service to what the plan says; one whose requests ECS moves in several steps where it takes
 * them (`phasesBefore`), and only after CloudFormation has been told where the requests go.
 */
export async function applyService(session: Powers, input: ApplyInput): Promise<AppliedService> {
  const { stack, made } = input;
  const live = stack.live?.template;
  if (!(live && hasTwoGroups(live)) && !hasTwoGroups(stack.template)) return applyStack(session, input);
  if (!live || stack.action !== 'update') return applyStack(session, input);

  const told = await restedTraffic(session, stack);
  const shares = told ?? { primary: 100, alternate: 0 };
  const leaves = isPaired(live) && !movesRequests(stack.template);
  const traffic = leaves && shares.alternate > 0 ? await leaveAlternate(session, input) : shares;
  const values = { [WEIGHTS.primary]: String(traffic.primary), [WEIGHTS.alternate]: String(traffic.alternate) };
  const old = { template: live, parameters: withShares(live, stack.live!.parameters, values) };
  const next = { template: stack.template, parameters: withShares(stack.template, input.parameters, values) };
  const phases = phasesBefore(old, next);
  // Whatever is executed in a stack makes its other change sets void.
  const hasTold = old.parameters[WEIGHTS.primary] !== stack.live!.parameters[WEIGHTS.primary];
  if (made && (phases.length > 0 || hasTold))
    throw outdated(
      input.changeSetName,
      environmentFlags(session.environment),
      `${stack.stackName} takes more than one step, because ECS moves the requests of its service`,
    );
  const earlier: AppliedStack[] = [];
  for (const phase of phases) {
    const step = earlier.length + 1;
    const detail = `step ${step} of ${phases.length + 1}, because ECS moves its requests`;
    input.tree.row(stack.id, { title: stack.id, state: 'running', detail });
    earlier.push(await applyPhase(session, input, phase, step));
  }
  const applied = await applyStack(session, { ...input, parameters: next.parameters });
  return { ...applied, earlier: earlier.flatMap(({ waited }) => waited ?? []) };
}

/** Values of the parameters that a template has. */
function withShares(
  { Parameters = {} }: ServiceSide['template'],
  parameters: Readonly<Record<string, string>>,
  shares: Readonly<Record<string, string>>,
): Record<string, string> {
  const own = Object.entries(shares).filter(([name]) => Object.hasOwn(Parameters, name));
  return { ...parameters, ...Object.fromEntries(own) };
}

async function applyPhase(session: Powers, input: ApplyInput, phase: ServiceSide, step: number): Promise<AppliedStack> {
  const { stack, directory, changeSetName } = input;
  const { template, parameters } = phase;
  return applyStack(session, {
    ...input,
    stack: { ...stack, template },
    directory: await session.cdk.writeVariant(directory, stack.id, template),
    parameters,
    changeSetName: `${changeSetName}-step${step}`,
  });
}
