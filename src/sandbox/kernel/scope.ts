import type { Table } from './store.ts';
import type { World } from './world.ts';

/** Where a call acts: state is kept apart by account and region, as AWS does. */
export interface Scope {
  readonly world: World;
  readonly account: string;
  readonly region: string;
}

/** What an operation is told beside its input. */
export interface Call extends Scope {
  readonly requestId: string;
  /** `http://127.0.0.1:<port>`: for addresses that answers contain. */
  readonly endpoint: string;
  /** Who asks: an ARN of a user or an assumed role. */
  readonly principal: string;
  /** The access key of the request; absent for a call that the sandbox makes itself. */
  readonly accessKeyId?: string;
}

/** Behaviour of one API operation: modelled input in, modelled output out, `AwsFault` when AWS would refuse. */
// biome-ignore lint/suspicious/noExplicitAny: the dispatch is generic over every operation of every service
export type Operation<I = any, O = any> = (input: I, call: Call) => O | Promise<O>;

export interface TableDefinition<T> {
  readonly name: string;
  in(scope: Scope): Table<T>;
}

/** `region`: one per account and region. `account`: IAM and the like. `partition`: bucket names, unique over all accounts. */
export function defineTable<T>(
  name: string,
  extent: 'region' | 'account' | 'partition' = 'region',
): TableDefinition<T> {
  const partitionOf = ({ account, region }: Scope) =>
    extent === 'region' ? `${account}/${region}` : extent === 'account' ? account : 'aws';
  return { name, in: (scope) => scope.world.store.table<T>(name, partitionOf(scope)) };
}
