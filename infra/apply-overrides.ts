import type { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { core } from './aws-cdk.ts';
import type { Overrides } from './override-settings.ts';

/** Nothing of that address is built; `known` are those of the same stack, else of all. */
export class UnknownConstruct extends Error {
  readonly path: string;
  readonly known: readonly string[];

  constructor(path: string, known: readonly string[]) {
    super(`There is no construct ${path}`);
    this.path = path;
    this.known = known;
  }
}

/** Changes properties that the configuration has no words for, at the addresses of resources. Throws UnknownConstruct. */
export function applyOverrides(stacks: readonly Stack[], overrides: Overrides): void {
  const wanted = Object.entries(overrides);
  if (wanted.length === 0) return;
  const resources = new Map(
    stacks.flatMap((stack) =>
      stack.node
        .findAll()
        .filter((node) => core.CfnResource.isCfnResource(node))
        .map((node) => [node.node.path, node as CfnResource] as const),
    ),
  );
  for (const [path, override] of wanted) {
    const resource = resources.get(path);
    if (!resource) {
      const all = [...resources.keys()];
      const near = all.filter((one) => one.split('/')[0] === path.split('/')[0]);
      throw new UnknownConstruct(path, near.length > 0 ? near : all);
    }
    apply(resource, override);
  }
}

const CONTEXT = 'platform:overrides';

/** For `overrideEarly`, before anything is built. */
export function announceOverrides(app: App, overrides: Overrides): void {
  if (Object.keys(overrides).length > 0) app.node.setContext(CONTEXT, overrides);
}

/** What will be changed of a resource, now: for names that hold a hash of it. Once more later changes nothing. */
export function overrideEarly(resource: CfnResource): void {
  const overrides: Overrides = resource.node.tryGetContext(CONTEXT) ?? {};
  const own = Object.hasOwn(overrides, resource.node.path) ? overrides[resource.node.path] : undefined;
  if (own) apply(resource, own);
}

function apply(resource: CfnResource, { properties, remove }: Overrides[string]): void {
  for (const [property, value] of Object.entries(properties)) resource.addPropertyOverride(property, value);
  for (const property of remove) resource.addPropertyDeletionOverride(property);
}
