import type { EventSourceMappingConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { type DeployedFunction, deployedFunctions } from '../functions/deployed-functions.ts';
import { waitFor } from '../wait-for.ts';

/** A contract of `deploy --json`. */
export interface ProvenFunction {
  name: string;
  /** That the alias `live` points to, with all of its traffic. */
  version: string;
  /** Of the code of that version, as Lambda says it. */
  codeSha256: string;
  /** What starts it by itself; null where nothing does. */
  trigger: { on: 'queue' | 'rule'; enabled: boolean } | null;
  paused: boolean;
}

/** A function in a VPC is pending while Lambda makes its interfaces, a mapping while it starts to poll. */
const PROOF_MS = 10 * 60_000;

type Verdict = { proven: ProvenFunction } | { why: string; final: boolean };

export interface ProveFunctionsInput {
  outputsOf: OutputsOf;
  /** What is off on purpose. */
  paused: readonly string[];
  /** What was sent back to another version on purpose. */
  moved?: Readonly<Record<string, { version: string }>>;
  /** Absent: all. */
  only?: readonly string[];
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'target' | 'signal'>;

/**
 * The alias points to the version of this release, with all traffic; that version is active; what starts it is on.
 * CloudFormation's word is not taken for it. Throws `function-not-proven`.
 */
export async function proveFunctions(
  session: Powers,
  { outputsOf, paused, moved = {}, only }: ProveFunctionsInput,
): Promise<ProvenFunction[]> {
  const { clock, environment, signal, target } = session;
  const functions = deployedFunctions(outputsOf, Object.keys(environment.blocks.functions))
    .filter(({ name }) => only === undefined || only.includes(name))
    .map((fn) => ({ ...fn, version: moved[fn.name]?.version ?? fn.version }));
  return Promise.all(
    functions.map(async (fn) => {
      let last: Verdict = { why: 'nobody has looked yet', final: false };
      const settled = await waitFor({ clock, everyMs: target.pollMs, forMs: PROOF_MS, signal }, async () => {
        last = await verdictOn(session, fn, paused.includes(fn.name));
        return 'proven' in last || last.final ? last : undefined;
      });
      const verdict = settled ?? last;
      if ('proven' in verdict) return verdict.proven;
      throw notProven(environment, fn.name, verdict.why);
    }),
  );
}

async function verdictOn({ aws }: Powers, fn: DeployedFunction, paused: boolean): Promise<Verdict> {
  const { name, functionName, version, queueReader, rule } = fn;
  const [alias, configuration, mapping, isRuleOn] = await Promise.all([
    aws.lambda.alias(functionName, 'live'),
    aws.lambda.configuration(functionName, version),
    queueReader === undefined ? undefined : aws.lambda.mapping(queueReader),
    rule === undefined ? undefined : aws.events.isRuleOn(rule),
  ]);
  if (!alias) return { why: `${functionName} has no alias live`, final: true };
  if (alias.FunctionVersion !== version)
    return { why: `its alias live points to version ${alias.FunctionVersion} and not to ${version}`, final: true };
  const others = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  if (others.length > 0) {
    const shares = others.map(([other, share]) => `${Math.round(share * 100)} % to version ${other}`).join(', ');
    return { why: `its traffic still goes to two versions: ${shares}`, final: false };
  }
  const standing = standingOf(functionName, version, configuration);
  if (standing) return standing;
  const trigger = triggerOf(fn, mapping, isRuleOn);
  if (trigger && !trigger.enabled && !paused) return trigger.verdict;
  return {
    proven: {
      name,
      version,
      codeSha256: configuration!.CodeSha256!,
      trigger: trigger ? { on: trigger.on, enabled: trigger.enabled } : null,
      paused,
    },
  };
}

function standingOf(
  functionName: string,
  version: string,
  found: FunctionConfiguration | undefined,
): Verdict | undefined {
  if (!found) return { why: `there is no version ${version} of ${functionName}`, final: true };
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = found;
  const because = (reason: string | undefined) => (reason ? `: ${reason}` : '');
  if (State === 'Failed') return { why: `version ${version} is Failed${because(StateReason)}`, final: true };
  if (LastUpdateStatus === 'Failed')
    return { why: `its last update failed${because(LastUpdateStatusReason)}`, final: true };
  // Lambda lets go of what nobody has called for weeks, and takes it up again with the first call.
  if (State === 'Active' || State === 'Inactive') return undefined;
  return { why: `version ${version} is ${State}${because(StateReason)}`, final: false };
}

interface Trigger {
  on: 'queue' | 'rule';
  enabled: boolean;
  /** Why it is not proven, where it is off. */
  verdict: Verdict;
}

function triggerOf(
  { queueReader, rule }: DeployedFunction,
  mapping: EventSourceMappingConfiguration | undefined,
  isRuleOn: boolean | undefined,
): Trigger | undefined {
  if (queueReader !== undefined) {
    const state = mapping?.State ?? 'gone';
    const why = `what reads its queue is ${state}${mapping?.StateTransitionReason ? `: ${mapping.StateTransitionReason}` : ''}`;
    return {
      on: 'queue',
      enabled: state === 'Enabled',
      verdict: { why, final: !['Creating', 'Enabling', 'Updating'].includes(state) },
    };
  }
  if (!rule) return undefined;
  const why = isRuleOn === undefined ? `its rule ${rule.name} is gone` : `its rule ${rule.name} is disabled`;
  return { on: 'rule', enabled: isRuleOn === true, verdict: { why, final: true } };
}

const notProven = (environment: Session['environment'], name: string, why: string) =>
  new PlatformError({
    id: 'function-not-proven',
    kind: 'failed',
    message: `CloudFormation is done, but function ${name} is not what was asked for: ${why}`,
    remedy: `platform status ${environmentFlags(environment)} shows how it stands; platform logs ${name} ${environmentFlags(environment)} what it wrote`,
  });
