import { expressionsTold } from '../../infra/component-outputs.ts';
import { handlingOf, type StackHandling } from '../domain/stack-status.ts';
import { canonicalJson } from './canonical-json.ts';
import { fingerprintOf } from './fingerprint.ts';
import { mentioned } from './mentioned.ts';
import { type ParameterValue, resolveTemplate, type Template } from './resolve-template.ts';
import { type Broadening, broadeningsOf } from './security/broadenings.ts';
import { isGround, type ResourceChange, resourceChanges, verdictOf } from './stack-change.ts';

/** A stack as AWS has it. */
export interface LiveStack {
  arn: string;
  status: string;
  statusReason?: string;
  parameters: Record<string, string>;
  outputs: Record<string, string>;
  tags: Record<string, string>;
  terminationProtection: boolean;
  /** Undefined while nothing was ever executed; of a stuck deletion only what still stands. */
  template?: Template;
}

/** A stack as it should be. */
export interface WantedStack {
  id: string;
  stackName: string;
  account: string;
  region: string;
  after: readonly string[];
  template: Template;
  tags: Record<string, string>;
  terminationProtection: boolean;
  parameters: Record<string, WantedParameter>;
}

/** Where a parameter's value comes from: another stack's output, a value that is known, or one that is still to be made. */
export type WantedParameter =
  | { stack: string; output: string }
  | { value: string }
  /** `image`: the component whose image it is. */
  | { pending: string; image?: string }
  /** Given when the stack is made; later the empty text, and no reason for a change by itself. */
  | { first: string }
  /** A share of the requests, which ECS moves: what the stack was told last, or this much where it was told nothing. */
  | { traffic: string }
  /** Changes with these other parameters of the stack. */
  | { fingerprint: readonly string[] };

export interface PlannedStack extends Omit<WantedStack, 'parameters'> {
  handling: StackHandling;
  action: 'create' | 'update' | 'none' | 'recreate' | 'delete';
  /** What differs, in the words of a person: `template`, `parameter Image`, `tags`, `termination protection`. */
  differs: string[];
  changes: ResourceChange[];
  /** What it lets through that nothing of before does; nothing in an environment that was never released. */
  broadens: Broadening[];
  parameters: Record<string, ParameterValue>;
  sources: Record<string, WantedParameter>;
  /** Output values when the deployment is done, as far as they can be told now. */
  outputs: Record<string, ParameterValue>;
  /** Names of what is there already and becomes part of the stack. */
  takesOver?: readonly string[];
  live?: LiveStack;
}

export interface Plan {
  /** In an order in which they can be deployed; what is to be deleted comes last. */
  stacks: PlannedStack[];
}

/**
 * Compares every stack exactly: templates with the values of their parameters in place, old and new. `live` holds the
 * stacks that are there, by id; those that are no longer wanted are planned for deletion. `first`: nothing was ever
 * released, so that there is no less to compare rights with.
 */
export async function planRelease(
  wanted: readonly WantedStack[],
  live: ReadonlyMap<string, LiveStack & { stackName: string; account: string; region: string }>,
  { first = false }: { first?: boolean } = {},
): Promise<Plan> {
  const planned = new Map<string, PlannedStack>();
  for (const stack of inOrder(wanted)) {
    const one = await planStack(stack, live.get(stack.id), planned);
    planned.set(stack.id, first ? { ...one, broadens: [] } : one);
  }

  const retired = [...live].filter(
    ([id, stack]) => !wanted.some((one) => one.id === id) && stack.status !== 'DELETE_COMPLETE',
  );
  for (const [id, stack] of retired.reverse()) planned.set(id, await planDeletion(id, stack));
  return { stacks: [...planned.values()] };
}

/** Every stack after those it waits for. Throws on a circle, which only a bug in the wiring can make. */
export function inOrder<T extends { id: string; after: readonly string[] }>(stacks: readonly T[]): T[] {
  const ordered: T[] = [];
  const visit = (stack: T, path: readonly string[]): void => {
    if (ordered.includes(stack)) return;
    if (path.includes(stack.id)) throw new Error(`stacks wait for each other: ${[...path, stack.id].join(' > ')}`);
    for (const id of stack.after) {
      const first = stacks.find((one) => one.id === id);
      if (first) visit(first, [...path, stack.id]);
    }
    ordered.push(stack);
  };
  for (const stack of stacks) visit(stack, []);
  return ordered;
}

/** What is there is deleted before the stack is made: it is no base for an update. */
export const GOES_FIRST: ReadonlySet<string> = new Set(['create', 'discard', 'recreate', 'finish-delete']);

async function planStack(
  stack: WantedStack,
  live: LiveStack | undefined,
  planned: ReadonlyMap<string, PlannedStack>,
): Promise<PlannedStack> {
  const handling = handlingOf(live?.status);
  const there = live && !GOES_FIRST.has(handling.action) ? live : undefined;
  const parameters: Record<string, ParameterValue> = {};
  for (const [name, source] of Object.entries(stack.parameters)) {
    if ('fingerprint' in source) continue;
    if ('first' in source) {
      // What a template has only now, as another way of launching tasks, begins like a stack that is not there yet.
      const isKnown = there !== undefined && Object.hasOwn(there.parameters, name);
      parameters[name] = isKnown ? '' : source.first;
    } else if ('traffic' in source) parameters[name] = there?.parameters[name] ?? source.traffic;
    else parameters[name] = valueFor(source, planned);
  }
  for (const [name, source] of Object.entries(stack.parameters)) {
    if (!('fingerprint' in source)) continue;
    parameters[name] = fingerprintOf(source.fingerprint, parameters) ?? { knownAfterApply: `${stack.id}.${name}` };
  }
  const before = there?.template && resolveTemplate(there.template, { ...there.parameters, ...firstOnly(stack) });
  const after = resolveTemplate(stack.template, parameters);
  const lost = handling.action === 'finish-delete' ? await resourceChanges(live?.template, undefined) : [];
  const changes = [...lost, ...(await resourceChanges(before, after))];
  const differs = there ? differences(stack, there, parameters) : ['new'];
  const action =
    handling.action === 'recreate' || handling.action === 'finish-delete'
      ? 'recreate'
      : !there
        ? 'create'
        : differs.length > 0
          ? 'update'
          : 'none';

  return {
    ...stack,
    handling,
    action,
    differs,
    changes: action === 'none' ? [] : changes,
    broadens: changes.length > 0 ? broadeningsOf(before ?? {}, after) : [],
    parameters,
    sources: stack.parameters,
    outputs: outputsAfter(stack.id, { before, after, changes, live: there }),
    ...(live ? { live } : {}),
  };
}

/** What was given at first is compared as what it is now: nothing. */
const firstOnly = ({ parameters }: WantedStack) =>
  Object.fromEntries(Object.keys(parameters).flatMap((name) => ('first' in parameters[name]! ? [[name, '']] : [])));

function valueFor(
  source: Exclude<WantedParameter, { first: string } | { traffic: string } | { fingerprint: readonly string[] }>,
  planned: ReadonlyMap<string, PlannedStack>,
): ParameterValue {
  if ('value' in source) return source.value;
  if ('pending' in source) return { knownAfterApply: source.pending };
  return planned.get(source.stack)?.outputs[source.output] ?? { knownAfterApply: `${source.stack}.${source.output}` };
}

function differences(stack: WantedStack, live: LiveStack, parameters: Record<string, ParameterValue>): string[] {
  const names = new Set([...Object.keys(parameters), ...Object.keys(live.parameters)]);
  return [
    ...(canonicalJson(live.template) === canonicalJson(stack.template) ? [] : ['template']),
    ...[...names]
      .filter((name) => parameters[name] !== live.parameters[name] && !('first' in (stack.parameters[name] ?? {})))
      .map((name) => `parameter ${name}`),
    ...(canonicalJson(live.tags) === canonicalJson(stack.tags) ? [] : ['tags']),
    ...(live.terminationProtection === stack.terminationProtection ? [] : ['termination protection']),
  ];
}

async function planDeletion(
  id: string,
  live: LiveStack & { stackName: string; account: string; region: string },
): Promise<PlannedStack> {
  return {
    id,
    stackName: live.stackName,
    account: live.account,
    region: live.region,
    after: [],
    template: {},
    tags: live.tags,
    terminationProtection: live.terminationProtection,
    handling: handlingOf(live.status),
    action: 'delete',
    differs: ['no longer configured'],
    changes: await resourceChanges(live.template ?? {}, undefined),
    broadens: [],
    parameters: {},
    sources: {},
    outputs: {},
    live,
  };
}

interface Sides {
  before: Template | undefined;
  after: Template;
  changes: readonly ResourceChange[];
  live: LiveStack | undefined;
}

/** An output keeps its value when its expression is the same and nothing it speaks of is made anew. */
function outputsAfter(id: string, { before, after, changes, live }: Sides): Record<string, ParameterValue> {
  const anew = new Set(
    changes.filter((change) => change.change === 'add' || change.replacement !== 'never').map((change) => change.id),
  );
  const toldBefore = expressionsTold(before ?? {});
  return Object.fromEntries(
    Object.entries(expressionsTold(after)).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      const same = before && canonicalJson(toldBefore[name]) === canonicalJson(value);
      const known =
        same && !mentioned(value).some((logicalId) => anew.has(logicalId)) ? live?.outputs[name] : undefined;
      return [name, known ?? { knownAfterApply: `${id}.${name}` }];
    }),
  );
}

/** A change that wants more than a yes. */
export interface Concern {
  stack: string;
  change: ResourceChange;
  verdict: 'typed' | 'refused';
}

export const concernsOf = (plan: Plan): Concern[] =>
  plan.stacks.flatMap(({ id, action, changes }) =>
    changes.flatMap((change) => {
      // Ground that goes with its whole stack is asked for as that.
      if (isGround(change.type) && change.change === 'remove' && action !== 'update') return [];
      const verdict = verdictOf(change);
      return verdict === 'fine' ? [] : [{ stack: id, change, verdict }];
    }),
  );
