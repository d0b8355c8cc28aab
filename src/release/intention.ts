import type { Plan, WantedParameter } from './plan.ts';
import type { Template } from './resolve-template.ts';
import type { ObjectStore } from './state-bucket.ts';

/** A stack as a deployment set out to leave it. */
export interface IntendedStack {
  id: string;
  name: string;
  region: string;
  action: string;
  template: Template;
  /** Values that are known, and whose outputs give the others. */
  sources: Record<string, WantedParameter>;
}

/**
 * What a deployment is about to do, written before it does anything: whoever finds it cut off can tell whether what
 * stands now is what was wanted, and prove it, without the configuration and the commit that it came from.
 */
export interface Intention {
  /** The release that it would be. */
  id: string;
  environment: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  principal: string;
  host: string;
  commit?: string;
  dirty?: boolean;
  version: string;
  /** `<repository>@sha256:…` by component. */
  images: Record<string, string>;
  /** What was asked for with `--image`, so that it can be asked for again. */
  asked: Record<string, string>;
  services: string[];
  stacks: IntendedStack[];
}

/** In the order of a deployment. */
export const intendedStacks = ({ stacks }: Plan): IntendedStack[] =>
  stacks.map(({ id, stackName, region, action, template, sources }) => ({
    id,
    name: stackName,
    region,
    action,
    template,
    sources,
  }));

const keyOf = (environment: string) => `environments/${environment}/intention.json`;

/** Only under the lock of the environment. */
export async function writeIntention(objects: ObjectStore, intention: Intention): Promise<void> {
  await objects.put(keyOf(intention.environment), JSON.stringify(intention));
}

/** The newest; its release may have been proven long since. */
export async function readIntention(objects: ObjectStore, environment: string): Promise<Intention | undefined> {
  const found = await objects.get(keyOf(environment));
  return found && (JSON.parse(found.body) as Intention);
}
