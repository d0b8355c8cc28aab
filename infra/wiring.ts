/** Ids of stacks: `images`, `network`, `data`, `messaging`, `runtime`, `tasks`, `service-<name>`, `functions`, `edge`, `sites`. */
export type StackId =
  | 'images'
  | 'network'
  | 'data'
  | 'messaging'
  | 'runtime'
  | 'tasks'
  | `service-${string}`
  | 'functions'
  | 'edge'
  | 'sites'
  | 'observability';

/** Where the CLI finds the value of a stack's parameter. */
export type ParameterSource =
  /** Output of another stack of this environment. */
  | { from: 'stack'; stack: StackId; output: string }
  /** `<repository URI>@sha256:…` of the component's image. */
  | { from: 'image'; service: string }
  /**
   * Chosen once and kept in the environment's state: `certificate/services/<name>` and `certificate/sites/<name>` (ARNs), `rule-priority/<name>`,
   * `nat-image` (an AMI of Amazon Linux 2023 for arm64).
   */
  | { from: 'state'; key: string }
  /** Full ARN, random suffix and all, of a secret that exists; its physical name is given. */
  | { from: 'secret'; secretName: string }
  /** SSM parameter of the provider of shared infrastructure: its whole name. */
  | { from: 'shared'; parameter: string }
  | { from: 'value'; value: string }
  /** Twelve characters that are others as soon as one of these parameters of the same stack is. */
  | { from: 'fingerprint'; of: readonly string[] }
  /**
   * Percent of the requests that go to one of two target groups that take turns. ECS moves them, so that it is read
   * from the live rule whenever the stack is brought up to date; this much of a rule that is not there yet.
   */
  | { from: 'traffic'; first: string }
  /** Only for a stack that is not there yet; an update gives the empty text, so that what has changed since stays. */
  | { from: 'first'; value: string };

/** How one stack hangs together with the others. No CloudFormation exports: the CLI carries every value. */
export interface StackWiring {
  id: StackId;
  stackName: string;
  account: string;
  region: string;
  /** Stacks that must be done first. */
  after: StackId[];
  /** Holds what cannot be made again. */
  stateful: boolean;
  parameters: Record<string, ParameterSource>;
  outputs: string[];
}

/** A stack with the addresses of what is in it: path of the construct by logical id, `Run/Service`. */
export interface AddressedStack extends StackWiring {
  constructs: Record<string, string>;
}
