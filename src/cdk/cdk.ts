import type { Facts } from '../../infra/checks/template.ts';
import type { EdgeFunctionSettings } from '../../infra/edge-functions.ts';
import type { Built } from '../../infra/next-output.ts';
import type { AppSettings } from '../../infra/settings.ts';
import type { StoredStack } from '../../infra/stored-app.ts';
import type { AddressedStack } from '../../infra/wiring.ts';

// biome-ignore lint/suspicious/noExplicitAny: template JSON
export type TemplateJson = Record<string, any>;

/** A stack as synthesized: where its values come from, and its template. */
export interface SynthesizedStack extends AddressedStack {
  /** File of the template in the assembly. */
  templateFile: string;
  template: TemplateJson;
  tags: Record<string, string>;
  terminationProtection: boolean;
}

export interface Synthesis {
  /** The cloud assembly, for toolkit-lib and for people. */
  directory: string;
  stacks: SynthesizedStack[];
  /** Sites that are missing in it, because OpenNext has not built them; only offline. */
  unbuilt?: readonly string[];
  /** Of the code that it is made with, by function. */
  hashes?: Readonly<Record<string, string>>;
}

/** One event of one resource, as it happened. */
export interface ResourceProgress {
  logicalId: string;
  type: string;
  status: string;
  reason?: string;
  /** Path of the construct, where the template says it. */
  path?: string;
  physicalId?: string;
  /** Changes done so far and in total, as far as toolkit-lib knows. */
  completed?: number;
  total?: number;
}

export interface DeployStackInput {
  directory: string;
  /** The stack's id in the assembly: toolkit-lib selects by it. */
  stackId: string;
  stackName: string;
  parameters: Record<string, string>;
  changeSetName: string;
  /** `make`: the change set alone, which is not executed; `execute`: one that is there; absent: both. */
  step?: 'make' | 'execute';
  /** The bootstrap stack, when it is not called CDKToolkit. */
  toolkitStackName?: string;
  /** Takes resources into the stack that have the names it would give. */
  importExisting?: boolean;
  /** Milliseconds between looks at the stack. */
  pollMs: number;
  /** Asked when the change set is ready and before it is executed; false deletes it and changes nothing. */
  approve(): Promise<boolean>;
  onProgress(progress: ResourceProgress): void;
}

export interface DeployedStack {
  noOp: boolean;
  outputs: Record<string, string>;
}

/** What a deployment answers: values, because failure is an expected answer here; the caller reads the events. */
export type DeployAnswer = { ok: true; stack: DeployedStack } | { ok: false; declined: boolean; error: Error };

export interface BootstrapInput {
  account: string;
  region: string;
  /** Of the bootstrap stack. */
  stackName: string;
  qualifier: string;
  /** Name of the policy that bounds every role. */
  permissionsBoundary?: string;
  onProgress(progress: ResourceProgress): void;
}

export type BootstrapAnswer = { ok: true; changed: boolean } | { ok: false; error: Error };

/** Something that is wrong with a template. */
export interface TemplateFinding {
  /** Who says so. */
  source: 'platform' | 'cloudformation' | 'cdk-nag' | 'cfn-lint' | 'cfn-guard';
  /** As its source calls it: `F3002`; our own have words. */
  rule: string;
  severity: 'error' | 'warning';
  /** `messaging/Queuejobs/Queue.Properties.VisibilityTimeout`; the stack alone where no resource is meant. */
  path: string;
  message: string;
  fix?: string;
  documentation?: string;
  /** The rule of the configuration that says the same. */
  same?: string;
}

/** Rule packs of cdk-nag. */
export type RulePack = 'aws-solutions' | 'serverless' | 'hipaa' | 'nist-800-53-r4' | 'nist-800-53-r5' | 'pci-dss';

/** Bundles the functions of an environment, those at the edges as well, and reads what OpenNext has built. */
export type Bundle = (input: {
  functions: AppSettings['functions'];
  edges: readonly EdgeFunctionSettings[];
  /** Next.js applications by site: their folder, and whether their servers are kept warm. */
  next: Readonly<Record<string, { dir: string; warm: boolean }>>;
}) => Promise<Bundled>;

export interface Bundled extends Built {
  /** Sites that OpenNext has not built. */
  unbuilt: readonly string[];
}

export interface SynthesisOptions {
  /** Of the project's own functions as they were then, in place of today's. */
  hashes?: Readonly<Record<string, string>>;
  /** The templates are going to be validated, so that what does so is started meanwhile. */
  validated?: boolean;
}

/** What makes and checks templates, offline. aws-cdk-lib is loaded at its first use. */
export interface Templates {
  /** A copy of an assembly with another template for one stack; answers with its folder. */
  writeVariant(directory: string, stackId: string, template: TemplateJson): Promise<string>;
  /** The code of functions, and what OpenNext has built, as synthesis takes them. */
  bundle(settings: AppSettings): Promise<Bundled>;
  /** Bundles the functions first. */
  synthesize(settings: AppSettings, directory: string, options?: SynthesisOptions): Promise<Synthesis>;
  /** An assembly of templates that are there already; `qualifier` is that of the bootstrap. */
  writeStored(directory: string, stacks: readonly StoredStack[], qualifier: string): Promise<void>;
  /** What our templates promise: nothing public, encrypted, least privilege. */
  checkTemplates(stacks: readonly SynthesizedStack[], facts: Pick<Facts, 'kind' | 'today'>): Promise<TemplateFinding[]>;
  /** CloudFormation's own rules: resource schemas and those of cfn-lint. */
  validateTemplates(stacks: readonly SynthesizedStack[]): Promise<TemplateFinding[]>;
  /** What rule packs of cdk-nag say. */
  judgeByPacks(stacks: readonly SynthesizedStack[], packs: readonly RulePack[]): Promise<TemplateFinding[]>;
}

/** What deploys templates. toolkit-lib is loaded at its first use. */
export interface Cdk extends Templates {
  /** Loads what deploying needs while there is time; never rejects. */
  warmUp(): Promise<void>;
  deployStack(input: DeployStackInput): Promise<DeployAnswer>;
  bootstrap(input: BootstrapInput): Promise<BootstrapAnswer>;
}
