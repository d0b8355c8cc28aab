import type { ParameterSource } from '../../infra/wiring.ts';
import type { SynthesizedStack } from '../cdk/cdk.ts';
import type { WantedParameter, WantedStack } from './plan.ts';

/** What the CLI found out or chose before a plan is made. */
export interface KnownValues {
  /** `<repository URI>@sha256:…` by component. */
  images: Readonly<Record<string, string>>;
  /** Tags of images that are still to be built, by component. */
  builds: Readonly<Record<string, string>>;
  /** Chosen once and kept, by the wiring's key. */
  state: Readonly<Record<string, string>>;
  /** Full ARN by secret name. */
  secretArns: Readonly<Record<string, string>>;
  /** Values of the provider of shared infrastructure, by parameter name. */
  shared: Readonly<Record<string, string>>;
}

/** Fills what is known now; what another stack will tell stays a reference to its output. */
export function wantedStacks(stacks: readonly SynthesizedStack[], known: KnownValues): WantedStack[] {
  return stacks.map((stack) => ({
    ...stack,
    parameters: Object.fromEntries(
      Object.entries(stack.parameters).map(([name, source]) => [name, wantedParameter(source, known)]),
    ),
  }));
}

function wantedParameter(source: ParameterSource, known: KnownValues): WantedParameter {
  switch (source.from) {
    case 'stack':
      return { stack: source.stack, output: source.output };
    case 'value':
      return { value: source.value };
    case 'first':
      return { first: source.value };
    case 'traffic':
      return { traffic: source.first };
    case 'fingerprint':
      return { fingerprint: source.of };
    case 'image':
      return imageParameter(source.service, known);
    case 'state':
      return orPending(known.state[source.key], source.key);
    case 'secret':
      return orPending(known.secretArns[source.secretName], `secret ${source.secretName}`);
    case 'shared':
      return orPending(known.shared[source.parameter], source.parameter);
  }
}

/** A plan that somebody approves says which sources the image is built of: another commit is another plan. */
function imageParameter(component: string, { images, builds }: KnownValues): WantedParameter {
  const image = images[component];
  if (image !== undefined) return { value: image };
  const tag = builds[component];
  return { pending: `image of ${component}${tag ? ` (${tag})` : ''}`, image: component };
}

const orPending = (value: string | undefined, what: string): WantedParameter =>
  value === undefined ? { pending: what } : { value };
