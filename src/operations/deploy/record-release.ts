import { hostname } from 'node:os';
import type { Session } from '../../context.ts';
import { writeState } from '../../release/environment-state.ts';
import { mergeLedger, readLedger, writeLedger } from '../../release/ledger.ts';
import { type ReleaseRecord, writeRelease } from '../../release/release-record.ts';
import type { ActedStack } from './act-on-plan.ts';
import type { PreparedRelease } from './prepare-release.ts';
import type { ProvenFunction } from './prove-functions.ts';

export interface RecordInput {
  id: string;
  startedAt: number;
  commit?: string;
  dirty?: boolean;
  version: string;
  simulated: boolean;
  /** Releases of the files of sites. */
  sites?: ReleaseRecord['sites'];
  /** It brings an earlier release back. */
  rollback?: ReleaseRecord['rollback'];
  /** What it was asked with. */
  smoke?: ReleaseRecord['smoke'];
  /** Where migrations ran with this release. */
  migration?: ReleaseRecord['migration'];
  /** Absent where nobody knows: of a release that an earlier one is brought back from. */
  made?: ReleaseRecord['made'];
  prepared: PreparedRelease;
  acted: readonly ActedStack[];
  /** Stacks that this release left alone without a look, as the release before recorded them. */
  others?: ReleaseRecord['stacks'];
  /** `<repository>@sha256:…` by component, those that were built among them. */
  images: Record<string, string>;
  functions: readonly ProvenFunction[];
  /** Versions that nobody looked at, as the release before recorded them. */
  functionsBefore?: ReleaseRecord['functions'];
}

/** Writes down what was proven, for everybody on the team: the way back is made of this. */
export async function recordRelease(
  { clock, environment, target }: Pick<Session, 'clock' | 'environment' | 'target'>,
  input: RecordInput,
): Promise<ReleaseRecord> {
  const {
    prepared,
    acted,
    id,
    startedAt,
    commit,
    dirty,
    version,
    simulated,
    images,
    functions,
    smoke,
    sites,
    rollback,
    migration,
  } = input;
  const { access } = prepared;
  const recorded = ({ id: stack, name, region, action, seconds, parameters }: ActedStack) => {
    return { id: stack, name, region, action, seconds, parameters, ...keptOf(prepared, stack) };
  };
  const release: ReleaseRecord = {
    id,
    environment: environment.name,
    startedAt,
    finishedAt: clock.now(),
    principal: target.principal,
    host: hostname(),
    ...(commit ? { commit } : {}),
    ...(dirty === undefined ? {} : { dirty }),
    version,
    images,
    ...(input.functionsBefore ? { functions: input.functionsBefore } : versionsOf(functions)),
    simulated,
    ...(smoke ? { smoke } : {}),
    ...(sites ? { sites } : {}),
    ...(rollback ? { rollback } : {}),
    ...(migration ? { migration } : {}),
    ...(input.made ? { made: input.made } : {}),
    stacks: [...(input.others ?? []), ...acted.filter(({ action }) => action !== 'delete').map(recorded)],
  };
  await writeRelease(access.objects, release);
  const left = acted.flatMap((stack) => stack.left ?? []);
  if (left.length > 0) {
    const known = await readLedger(access.objects, environment.name);
    await writeLedger(access.objects, environment.name, mergeLedger(known, left));
  }
  await writeState(access.objects, environment.name, {
    ...stateWith(prepared),
    release: id,
    unproven: undefined,
    stacks: Object.fromEntries(release.stacks.map((stack) => [stack.id, { name: stack.name, region: stack.region }])),
  });
  return release;
}

/** Versions that were proven, by function. */
export const versionsOf = (functions: readonly ProvenFunction[]): Pick<ReleaseRecord, 'functions'> =>
  functions.length === 0
    ? {}
    : {
        functions: Object.fromEntries(
          functions.map(({ name, version, codeSha256 }) => [name, { version, codeSha256 }]),
        ),
      };

/** What of a stack makes it again, for the record and for the word that is left before. */
export function keptOf({ plan, synthesis }: Pick<PreparedRelease, 'plan' | 'synthesis'>, id: string) {
  const { template, tags, terminationProtection, after } = plan.stacks.find((stack) => stack.id === id)!;
  const wiring = synthesis.stacks.find((stack) => stack.id === id)?.parameters ?? {};
  return { template, tags, terminationProtection, after: [...after], wiring };
}

/**
 * The state with what was chosen for this deployment, written before anything is made: an interrupted deployment must
 * find its own choices again, and its stacks.
 */
export function stateWith({ access: { state }, decisions, chosen, plan }: PreparedRelease) {
  const priorities = Object.entries(chosen).flatMap(([key, value]) =>
    key.startsWith('rule-priority/') ? [[key.slice('rule-priority/'.length), Number(value)] as const] : [],
  );
  const others = Object.entries(chosen).filter(([key]) => !/^(rule-priority|certificate)\//.test(key));
  return {
    ...state,
    unprovenRollback: undefined,
    unanswered: undefined,
    availabilityZones: decisions.availabilityZones,
    engineVersions: decisions.engineVersions,
    rulePriorities: { ...state.rulePriorities, ...Object.fromEntries(priorities) },
    parameters: { ...state.parameters, ...Object.fromEntries(others) },
    stacks: {
      ...state.stacks,
      ...Object.fromEntries(plan.stacks.map(({ id, stackName, region }) => [id, { name: stackName, region }])),
    },
  };
}
