import type { ResourceProvider } from './resource-provider.ts';
import type { Operation, Scope } from './scope.ts';

/** Runs when virtual time has come; the payload is what was scheduled. It must cope with state that has moved on. */
// biome-ignore lint/suspicious/noExplicitAny: payloads are JSON of each service's own
export type TimerHandler = (payload: any, scope: Scope) => void | Promise<void>;

/** A service as the wire layer sees it: where its schemas are and what each operation does. */
export interface ServiceDefinition {
  /** The SDK client package, whose schemas drive the wire: loaded when the service is first asked. */
  readonly sdk: () => Promise<Record<string, unknown>>;
  /** The client class in that package, for example `ECSClient`: it tells the protocol. */
  readonly client: string;
  /** By operation name. What is not here is refused by name. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** By kind, `<service>.<what>`, as given to `world.schedule`. */
  readonly timers?: Readonly<Record<string, TimerHandler>>;
  /** CloudFormation resource types backed by this service's own state. */
  readonly resources?: Readonly<Record<string, ResourceProvider>>;
}
