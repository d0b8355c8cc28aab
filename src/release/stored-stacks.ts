import { widenTemplate } from '../../infra/widen-template.ts';
import type { ParameterSource } from '../../infra/wiring.ts';
import { handlingOf } from '../domain/stack-status.ts';
import { adoptEngineVersions } from './adopt-engine-versions.ts';
import type { KnownValues } from './parameter-values.ts';
import type { LiveStack, WantedParameter, WantedStack } from './plan.ts';
import type { ReleaseRecord } from './release-record.ts';

/** What others stand on or what holds state: a rollback adds to these and takes nothing away. */
const GROUND: ReadonlySet<string> = new Set(['images', 'network', 'data', 'messaging']);

type Live = LiveStack & { stackName: string; account: string; region: string };
type Released = ReleaseRecord['stacks'][number];

/** Values that are looked up as they are now: what the release was given may have been made anew since. */
export type PresentValues = Pick<KnownValues, 'secretArns' | 'shared' | 'state'>;

export interface StoredInput {
  target: ReleaseRecord;
  account: string;
  live: ReadonlyMap<string, Live>;
  now: PresentValues;
}

/**
 * The stacks of a stored release as they are to be deployed now. What the release chose comes from its record: templates,
 * images, settings. Addresses of other things are looked up anew. In what holds state, what came since stays.
 */
export function storedStacks({ target, account, live, now }: StoredInput): WantedStack[] {
  const stored = target.stacks.map((stack, index) => {
    const wanted = wantedStack(stack, {
      account,
      now,
      live: live.get(stack.id),
      before: target.stacks.slice(0, index),
    });
    return GROUND.has(stack.id) ? keeping(wanted, live.get(stack.id)) : wanted;
  });
  const since = [...live].filter(
    ([id, { status }]) =>
      GROUND.has(id) && handlingOf(status).action === 'update' && !stored.some((stack) => stack.id === id),
  );
  return [...since.map(([id, stack]) => asItIs(id, stack)), ...stored];
}

/**
 * One service of a stored release among everything else as it is. Its rights come back beside those of today; the next
 * deployment takes away what is too much.
 */
export function storedService({ target, account, live, now }: StoredInput, service: string): WantedStack[] {
  const id = `service-${service}`;
  const released = target.stacks.find((stack) => stack.id === id)!;
  const after = released.after ?? ['runtime', 'tasks'];
  const others = [...live].filter(([other]) => other !== id).map(([other, stack]) => asItIs(other, stack));
  const rights = target.stacks.find((stack) => stack.id === 'tasks');
  return [
    ...others.map((stack) =>
      stack.id === 'tasks' && rights
        ? withRights(stack, wantedStack(rights, { account, now, live: undefined, before: [] }))
        : stack,
    ),
    { ...wantedStack(released, { account, now, live: live.get(id), before: [] }), after },
  ];
}

interface Around {
  account: string;
  now: PresentValues;
  live: Live | undefined;
  before: readonly Released[];
}

function wantedStack(stack: Released, { account, now, live, before }: Around): WantedStack {
  const { id, name, region, template, tags, terminationProtection, after, parameters, wiring = {} } = stack;
  return {
    id,
    stackName: name,
    account,
    region,
    // The first records do not say it; they hold stacks in an order in which they can be deployed. That of a service
    // alone says nothing of the others, which are to wait for what gives their values all the same.
    after: after ? [...new Set([...after, ...producersOf(wiring)])] : before.map((one) => one.id),
    template,
    tags: tags ?? live?.tags ?? {},
    terminationProtection: terminationProtection ?? live?.terminationProtection ?? false,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([parameter, value]) => [
        parameter,
        wantedValue(wiring[parameter], parameter, value, now),
      ]),
    ),
  };
}

const producersOf = (wiring: Readonly<Record<string, ParameterSource>>): string[] =>
  Object.values(wiring).flatMap((source) => (source.from === 'stack' ? [source.stack] : []));

function wantedValue(
  source: ParameterSource | undefined,
  name: string,
  recorded: string,
  now: PresentValues,
): WantedParameter {
  switch (source?.from) {
    case 'stack':
      return { stack: source.stack, output: source.output };
    case 'secret':
      return valueOr(now.secretArns[source.secretName], `secret ${source.secretName}`);
    case 'shared':
      return valueOr(now.shared[source.parameter], source.parameter);
    case 'state':
      return { value: now.state[source.key] ?? recorded };
    case 'first':
      return { first: recorded === '' ? source.value : recorded };
    case 'traffic':
      return { traffic: source.first };
    case 'fingerprint':
      return { fingerprint: source.of };
    case 'image':
    case 'value':
      return { value: recorded };
    case undefined:
      // How many tasks a service began with, in a record that does not say where its values came from (F-60).
      return name === 'FirstTasks' ? { first: recorded } : { value: recorded };
  }
}

const valueOr = (value: string | undefined, what: string): WantedParameter =>
  value === undefined ? { pending: what } : { value };

/** The stored stack with everything that is there today and that it does not have. */
function keeping(wanted: WantedStack, live: Live | undefined): WantedStack {
  if (!live?.template) return wanted;
  const { template, kept } = widenTemplate(live.template, wanted.template);
  return {
    ...wanted,
    template: adoptEngineVersions(template, live.template),
    parameters: { ...wanted.parameters, ...valuesOf(live, kept) },
  };
}

/** Today's stack with the rights that the stored one gave and it does not. */
function withRights(today: WantedStack, stored: WantedStack): WantedStack {
  const { template, kept } = widenTemplate(stored.template, today.template);
  const lost = Object.fromEntries(kept.map((name) => [name, stored.parameters[name]!]));
  return { ...today, template, parameters: { ...today.parameters, ...lost } };
}

const asItIs = (id: string, live: Live): WantedStack => ({
  id,
  stackName: live.stackName,
  account: live.account,
  region: live.region,
  after: [],
  template: live.template ?? {},
  tags: live.tags,
  terminationProtection: live.terminationProtection,
  parameters: valuesOf(live, Object.keys(live.parameters)),
});

const valuesOf = (live: LiveStack, names: readonly string[]): Record<string, WantedParameter> =>
  Object.fromEntries(names.map((name) => [name, { value: live.parameters[name] ?? '' }]));
