import type { App, StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { core } from './aws-cdk.ts';
import { CONTEXT_FLAGS } from './context-flags.ts';

/** A stack whose template is there already. */
export interface StoredStack {
  id: string;
  stackName: string;
  account: string;
  region: string;
  // biome-ignore lint/suspicious/noExplicitAny: template JSON
  template: any;
  tags: Record<string, string>;
  terminationProtection: boolean;
}

/** An app of finished templates, so that a stored release is deployed by the same means as a synthesized one. */
export function buildStoredApp(
  stacks: readonly StoredStack[],
  { outdir, qualifier }: { outdir: string; qualifier: string },
): App {
  const app = new core.App({
    outdir,
    autoSynth: false,
    analyticsReporting: false,
    treeMetadata: false,
    context: CONTEXT_FLAGS,
  });
  for (const { id, stackName, account, region, template, tags, terminationProtection } of stacks) {
    const synthesizer = new core.DefaultStackSynthesizer({ qualifier, generateBootstrapVersionRule: false });
    const props = { stackName, env: { account, region }, tags: { ...tags }, terminationProtection, synthesizer };
    new Stored(app, id, props, template);
  }
  return app;
}

class Stored extends core.Stack {
  readonly #template: unknown;

  constructor(scope: Construct, id: string, props: StackProps, template: unknown) {
    super(scope, id, props);
    this.#template = template;
  }

  /** What a stack without constructs of its own would leave empty. */
  protected override _toCloudFormation(): unknown {
    return this.#template;
  }
}
