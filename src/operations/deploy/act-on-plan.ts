import type { Session } from '../../context.ts';
import { bootstrapStackName } from '../../domain/bootstrap-names.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Tree } from '../../io/reporter.ts';
import type { Approvals } from '../../release/approvals.ts';
import { canonicalJson } from '../../release/canonical-json.ts';
import { fingerprintOf } from '../../release/fingerprint.ts';
import type { LedgerEntry } from '../../release/ledger.ts';
import type { MadeChangeSets } from '../../release/made-change-sets.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { runInOrder } from '../../release/run-in-order.ts';
import { outdated } from '../change-sets/made-for.ts';
import type { Flight } from '../flight-recorder/stack-flight.ts';
import type { MakePowers } from '../images/make-input.ts';
import { provideImages } from '../images/provide-images.ts';
import type { HeldLock } from '../locks/hold-lock.ts';
import { applyService } from '../traffic/apply-service.ts';
import type { PreparedRelease } from './prepare-release.ts';
import type { WideStacks } from './widen-stacks.ts';

export interface ActedStack {
  id: string;
  name: string;
  region: string;
  action: PlannedStack['action'];
  seconds: number;
  parameters: Record<string, string>;
  outputs: Record<string, string>;
  /** While CloudFormation worked: real milliseconds since 1970. */
  waited: { from: number; to: number }[];
  /** What it has left behind, for the ledger. */
  left?: LedgerEntry[];
}

export interface ActInput {
  prepared: PreparedRelease;
  /** Stacks as they have to be while two releases run side by side. */
  wide: WideStacks;
  approvals: Approvals;
  lock: HeldLock;
  /** Their digests are known now. */
  imagesMade?: () => Promise<void>;
  changeSetName: string;
  /** Images by component; the step that builds adds to it what it has made. */
  images: Record<string, string>;
  /** What has to go well before anything is rolled out; absent: nothing. */
  gate?: (acted: ReadonlyMap<string, ActedStack>, tree: Tree) => Promise<void>;
  /** Brings up what servers of sites need before they change; called with what stands by then. */
  siteFiles?: (acted: ReadonlyMap<string, ActedStack>) => Promise<void>;
  /** Nothing is rolled out before these files are up; absent: servers of sites alone wait for them. */
  filesLead?: boolean;
  /** Absent: nothing is recorded of it, nor judged. */
  flight?: Flight;
  /** Change sets that are there already, to be executed. */
  made?: MadeChangeSets;
}

export type ActPowers = MakePowers & Pick<Session, 'cdk'>;

/** Makes and changes: every stack as soon as those it waits for are done. Nothing that runs loses anything here. */
export async function actOnPlan(session: ActPowers, input: ActInput): Promise<Map<string, ActedStack>> {
  const { plan } = input.prepared;
  const wanted = plan.stacks.filter(({ action }) => action !== 'delete');
  const acted = new Map<string, ActedStack>();
  const work = (tree: Tree) => {
    const stacks = wanted.map((stack) => ({
      id: stack.id,
      after: [
        ...stack.after,
        ...(takesImages(stack) ? [BUILD] : []),
        ...(isRollout(stack) ? [GATE] : []),
        ...(stack.id === 'functions' || (input.filesLead && isRollout(stack)) ? [FILES_BEFORE] : []),
        ...(stack.id === 'sites' ? [FILES_AFTER] : []),
      ],
      run: async () => {
        if (stack.action !== 'none') await input.lock.confirm();
        acted.set(stack.id, await actOnStack(session, input, { stack, ...input.wide.get(stack.id), acted, tree }));
      },
    }));
    const build = {
      id: BUILD,
      after: ['images'],
      run: async () => {
        await provideImages(session, { ...input, tree });
        if (input.prepared.images.builds.length > 0) await input.imagesMade?.();
      },
    };
    const ground = wanted.filter((stack) => !comesWithRollout(stack, wanted)).map(({ id }) => id);
    const pass = async () => {
      input.lock.check();
      await input.gate?.(acted, tree);
    };
    const gate = { id: GATE, after: [...ground, BUILD], run: pass };
    const files = async () => {
      input.lock.check();
      await input.siteFiles?.(acted);
    };
    const steps = input.siteFiles
      ? [
          { id: FILES_BEFORE, after: [GATE], run: files },
          { id: FILES_AFTER, after: ['functions', FILES_BEFORE], run: files },
        ]
      : [];
    return runInOrder([...stacks, build, gate, ...steps], ({ run }) => run());
  };
  if (!input.gate && wanted.every(({ action }) => action === 'none')) await work({ row: () => undefined });
  else {
    await session.reporter.tree(`Deploying ${session.environment.name}`, async (tree) => {
      for (const { id } of wanted) tree.row(id, { title: id, state: 'waiting' });
      await work(tree);
    });
  }
  return acted;
}

/** Makes the images of the release, once there is a repository to push them to. */
const BUILD = 'step:build';

/** Lets the roll-out begin, once all that stands still is ready. */
const GATE = 'step:gate';

/** Files of servers go up before the servers; where their bucket is made with them, before anybody can ask. */
const FILES_BEFORE = 'step:files-before';
const FILES_AFTER = 'step:files-after';

/** Stacks whose deployment is what users notice: they wait for the gate. */
const isRollout = ({ id }: PlannedStack): boolean => id.startsWith('service-') || id === 'functions' || id === 'sites';

/** Rolled out, or given what only something that is rolled out can tell: alarms on services. */
const comesWithRollout = (stack: PlannedStack, all: readonly PlannedStack[]): boolean =>
  isRollout(stack) || all.some((other) => stack.after.includes(other.id) && comesWithRollout(other, all));

const takesImages = ({ sources }: PlannedStack): boolean =>
  Object.keys(sources).some((name) => name.startsWith('Image'));

export interface Turn {
  stack: PlannedStack;
  /** Another assembly than that of the release. */
  directory?: string;
  isLive?: boolean;
  acted: ReadonlyMap<string, ActedStack>;
  tree: Tree;
}

export async function actOnStack(
  session: ActPowers,
  { prepared, approvals, changeSetName, images, flight, made }: ActInput,
  { stack, directory, isLive, acted, tree }: Turn,
): Promise<ActedStack> {
  const parameters = filled(stack, acted, images);
  const from = session.clock.now();
  // A value that only a producer could tell may have come out the same as before.
  if (stack.action === 'none' || isLive || isSame(stack, parameters)) {
    tree.row(stack.id, { title: stack.id, state: 'skipped', detail: 'no change' });
    return { ...described(stack), action: 'none', seconds: 0, parameters, outputs: stack.live!.outputs, waited: [] };
  }
  const set = directory === undefined ? made?.stacks[stack.id] : undefined;
  if (made && set && canonicalJson(set.parameters) !== canonicalJson(parameters))
    throw outdated(made.name, environmentFlags(session.environment), `values for ${stack.stackName} are others by now`);
  const {
    action,
    outputs,
    waited,
    earlier = [],
    left,
  } = await applyService(session, {
    stack,
    directory: directory ?? prepared.synthesis.directory,
    toolkitStackName: bootstrapStackName(session.environment.blocks.bootstrap.qualifier),
    parameters,
    approved: new Set(
      approvals.typed
        .flatMap(({ concerns }) => concerns)
        .filter((concern) => concern.stack === stack.id)
        .map(({ change }) => change.id),
    ),
    changeSetName: made && set ? made.name : changeSetName,
    made: set !== undefined,
    tree,
    flight,
  });
  return {
    ...described(stack),
    action,
    seconds: seconds(from, session.clock.now()),
    parameters,
    outputs,
    waited: [...earlier, ...(waited ? [waited] : [])],
    left,
  };
}

export const described = ({ id, stackName, region }: PlannedStack) => ({ id, name: stackName, region });

export const seconds = (from: number, to: number): number => Math.round((to - from) / 100) / 10;

/** Every parameter with its value, now that the stacks it waits for are done. */
function filled(
  stack: PlannedStack,
  acted: ReadonlyMap<string, ActedStack>,
  images: Readonly<Record<string, string>>,
): Record<string, string> {
  const values: Record<string, string> = Object.fromEntries(
    Object.entries(stack.sources).flatMap(([name, source]) => {
      if ('fingerprint' in source) return [];
      const planned = stack.parameters[name];
      const value =
        'stack' in source
          ? acted.get(source.stack)?.outputs[source.output]
          : 'image' in source && source.image
            ? images[source.image]
            : typeof planned === 'string'
              ? planned
              : undefined;
      if (value === undefined) throw new Error(`${stack.id} was started although nothing gives its parameter ${name}`);
      return [[name, value]];
    }),
  );
  for (const [name, source] of Object.entries(stack.sources))
    if ('fingerprint' in source) values[name] = fingerprintOf(source.fingerprint, values)!;
  return values;
}

function isSame({ action, differs, live, sources }: PlannedStack, parameters: Record<string, string>): boolean {
  if (action !== 'update' || !live || !differs.every((one) => one.startsWith('parameter '))) return false;
  return Object.entries(parameters).every(
    ([name, value]) => live.parameters[name] === value || 'first' in (sources[name] ?? {}),
  );
}
