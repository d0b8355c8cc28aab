import { randomUUID } from 'node:crypto';
import type { Desk } from '../dispatch.ts';
import { AwsFault } from '../kernel/fault.ts';
import type { Call, Scope } from '../kernel/scope.ts';
import { refuseMissing } from '../services/refuse-missing.ts';
import { SERVICES } from '../services/registry.ts';

/** What a step works with: an account and region, and somebody there who may do everything. */
export interface Bench extends Scope {
  readonly desk: Desk;
  /** Calls an operation as a client would, within the transaction at hand; throws the service's own faults. */
  ask<Output = unknown>(operation: string, input: unknown): Promise<Output>;
}

export function benchOf(desk: Desk, { account, region }: { account: string; region: string }): Bench {
  const call: Call = {
    world: desk.world,
    account,
    region,
    requestId: randomUUID(),
    endpoint: desk.endpoint,
    principal: `arn:aws:iam::${account}:user/somebody-else`,
  };
  return {
    world: desk.world,
    account,
    region,
    desk,
    ask: async <Output>(operation: string, input: unknown) => {
      const [service = '', name = ''] = operation.split(':');
      const definition = Object.hasOwn(SERVICES, service) ? await SERVICES[service]!() : undefined;
      const work = definition && Object.hasOwn(definition.operations, name) ? definition.operations[name] : undefined;
      if (!work) throw new AwsFault('UnknownOperation', `The sandbox does not simulate ${operation}`);
      const sent = { ...TOKENS[service]?.(), ...(input as Record<string, unknown>) };
      refuseMissing(service, name, sent);
      return (await work(sent, call)) as Output;
    },
  };
}

/** What every client of AWS fills in by itself. */
const TOKENS: Readonly<Record<string, () => Record<string, string>>> = {
  secretsmanager: () => ({ ClientRequestToken: randomUUID() }),
};
