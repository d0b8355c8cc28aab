import type { App, CfnResource } from 'aws-cdk-lib/core';
import { announceOverrides, applyOverrides } from './apply-overrides.ts';
import { core } from './aws-cdk.ts';
import { CONTEXT_FLAGS } from './context-flags.ts';
import { describeResource, NAME_KEY } from './describe-resource.ts';
import { foundationsOf } from './foundations.ts';
import type { Built } from './next-output.ts';
import type { AppSettings } from './settings.ts';
import { DataStack } from './stacks/data-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { FunctionsStack, hasFunctions } from './stacks/functions-stack.ts';
import { ImagesStack } from './stacks/images-stack.ts';
import { MessagingStack } from './stacks/messaging-stack.ts';
import { NetworkStack } from './stacks/network-stack.ts';
import { hasObservability, ObservabilityStack } from './stacks/observability-stack.ts';
import type { PlatformStack } from './stacks/platform-stack.ts';
import { RuntimeStack } from './stacks/runtime-stack.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import { SitesStack } from './stacks/sites-stack.ts';
import { TasksStack } from './stacks/tasks-stack.ts';
import type { AddressedStack } from './wiring.ts';

/**
 * The whole application of one environment: the same settings give the same bytes. Reads no environment variable, no
 * clock, no account. A stack without content is left out. `outdir` is where `app.synth()` writes; the rest is what the
 * functions were bundled into, and what OpenNext has built.
 */
export function buildApp(
  settings: AppSettings,
  { outdir, ...built }: { outdir: string } & Built,
): { app: App; stacks: AddressedStack[] } {
  const app = new core.App({
    outdir,
    // In-process: nothing may synthesize by itself when the process ends.
    autoSynth: false,
    analyticsReporting: false,
    treeMetadata: false,
    // Of both kinds this one cannot be overruled by CDK_CONTEXT_JSON.
    postCliContext: CONTEXT_FLAGS,
  });
  announceOverrides(app, settings.overrides ?? {});
  const stacks = stacksOf(app, settings, built);
  for (const stack of stacks) nameResources(stack);
  applyOverrides(stacks, settings.overrides ?? {});
  return { app, stacks: stacks.map((stack) => ({ ...stack.links.wiring(), constructs: addresses(stack) })) };
}

function stacksOf(app: App, settings: AppSettings, built: Built): PlatformStack[] {
  const { network, services } = settings;
  const foundations = new Set(foundationsOf(settings));
  const stacks: PlatformStack[] = [];
  if (foundations.has('images')) stacks.push(new ImagesStack(app, settings));
  if (network.source.from === 'created') stacks.push(new NetworkStack(app, settings, network.source));
  if (foundations.has('data')) stacks.push(new DataStack(app, settings));
  if (foundations.has('messaging')) stacks.push(new MessagingStack(app, settings));
  if (foundations.has('runtime')) stacks.push(new RuntimeStack(app, settings), new TasksStack(app, settings));
  for (const [name, service] of Object.entries(services)) stacks.push(new ServiceStack(app, settings, name, service));
  if (hasFunctions(settings)) stacks.push(new FunctionsStack(app, settings, built));
  if (foundations.has('edge')) stacks.push(new EdgeStack(app, settings, built));
  if (Object.keys(settings.sites).length > 0) stacks.push(new SitesStack(app, settings, built));
  if (hasObservability(settings)) stacks.push(new ObservabilityStack(app, settings));
  return stacks;
}

function addresses(stack: PlatformStack): Record<string, string> {
  const resources = stack.node.findAll().filter((node) => core.CfnResource.isCfnResource(node));
  return Object.fromEntries(
    resources.map((node) => [
      String(stack.resolve((node as CfnResource).logicalId)),
      node.node.path.slice(stack.node.path.length + 1),
    ]),
  );
}

/** Every resource says in its metadata what it is to a person; progress and plans show that instead of a logical id. */
function nameResources(stack: PlatformStack): void {
  for (const node of stack.node.findAll()) {
    if (!core.CfnResource.isCfnResource(node)) continue;
    const path = node.node.path.slice(stack.node.path.length + 1);
    node.cfnOptions.metadata = {
      ...node.cfnOptions.metadata,
      [NAME_KEY]: describeResource(stack.node.id, path, node.cfnResourceType),
    };
  }
}
