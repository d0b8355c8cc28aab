import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { core } from '../aws-cdk.ts';
import { Links } from '../links.ts';
import { stackName } from '../names.ts';
import type { AppSettings } from '../settings.ts';
import type { StackId } from '../wiring.ts';

export interface Traits {
  description: string;
  /** Holds what cannot be made again. */
  stateful?: boolean;
  /** Its loss takes everything with it: gets termination protection where the environment's kind says so. */
  precious?: boolean;
}

/** A stack of ours: named, tagged and bounded as the settings say, with its links to the others. */
export class PlatformStack extends core.Stack {
  readonly links: Links;

  constructor(scope: Construct, id: StackId, settings: AppSettings, traits: Traits) {
    super(scope, id, stackProps(id, settings, traits));
    this.links = new Links(this, id, { stateful: traits.stateful ?? false });
  }
}

function stackProps(id: StackId, settings: AppSettings, { description, precious = false }: Traits): StackProps {
  const { project, environment, account, region, naming, tags, bootstrap, protectStacks } = settings;
  return {
    stackName: stackName(naming.stack, { project, env: environment, block: id }),
    env: { account, region },
    description,
    tags: { ...tags },
    terminationProtection: precious && protectStacks,
    // A parameter of an SSM type would make toolkit-lib write in every deployment; the CLI checks the bootstrap itself.
    synthesizer: new core.DefaultStackSynthesizer({
      qualifier: bootstrap.qualifier,
      generateBootstrapVersionRule: false,
    }),
    ...(bootstrap.permissionsBoundary ? { permissionsBoundary: boundary(bootstrap.permissionsBoundary) } : {}),
  };
}

const boundary = (policy: string) =>
  policy.startsWith('arn:') ? core.PermissionsBoundary.fromArn(policy) : core.PermissionsBoundary.fromName(policy);
