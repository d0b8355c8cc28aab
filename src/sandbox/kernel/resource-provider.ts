import type { Call } from './scope.ts';

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties are JSON of the type's own schema
export type Properties = Record<string, any>;

/** What the CloudFormation engine tells a provider about the resource at hand. */
export interface ResourceContext {
  /** For calling the same operations a client would call, in the stack's account and region. */
  readonly call: Call;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** Tags of the stack plus the `aws:cloudformation:*` tags, as `{ Key, Value }`; providers of taggable types merge them. */
  readonly tags: readonly { Key: string; Value: string }[];
  /** On update: the `UpdatePolicy` of the resource, evaluated. */
  readonly updatePolicy?: Properties;
  /** On delete: the policy is `Snapshot`, so a last one is taken by the types that can. */
  readonly keepsSnapshot?: boolean;
  /** A name as CloudFormation makes one: `<stack>-<logicalId>-<random>`, cut to `maxLength`. */
  generateName(options?: { maxLength?: number; lowercase?: boolean }): string;
}

/**
 * Where a step of a resource stands.
 * `pending`: look again (`check`) after `afterMs` of virtual time. `failed`: the reason goes into the stack event,
 * word for word as CloudFormation shows it; `code` is the HandlerErrorCode. `background`: waits for somebody outside the
 * sandbox, so that time does not run meanwhile.
 */
export type Progress =
  | { status: 'done'; physicalId: string; attributes?: Properties }
  | { status: 'pending'; physicalId: string; afterMs: number; background?: boolean; attributes?: Properties }
  | { status: 'failed'; reason: string; code?: string; physicalId?: string };

/**
 * How CloudFormation makes, changes and removes resources of one type. An `AwsFault` thrown by an operation that a
 * provider calls is turned into a failure by the engine, in CloudFormation's words.
 * Intrinsics are resolved before a provider sees the properties. Everything must survive a restart between two calls:
 * keep what must be remembered in tables, never in variables.
 */
export interface ResourceProvider {
  create(properties: Properties, context: ResourceContext): Progress | Promise<Progress>;
  /** Absent: only tags may change without replacement. */
  update?(
    change: { before: Properties; after: Properties; physicalId: string },
    context: ResourceContext,
  ): Progress | Promise<Progress>;
  /** A resource that is gone already counts as deleted. */
  delete(properties: Properties, physicalId: string, context: ResourceContext): Progress | Promise<Progress>;
  /** Asked again while `pending`. */
  check?(
    step: 'create' | 'update' | 'delete',
    physicalId: string,
    properties: Properties,
    context: ResourceContext,
  ): Progress | Promise<Progress>;
  /** `Fn::GetAtt` values and the live properties that drift detection compares; undefined when the resource is gone. */
  read?(
    physicalId: string,
    properties: Properties,
    context: ResourceContext,
  ): Properties | undefined | Promise<Properties | undefined>;
  /** What `Ref` returns, when it is not the physical id. */
  ref?(physicalId: string, attributes: Properties): string;
}
