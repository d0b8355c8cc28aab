import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { SERVICES } from '../../registry.ts';

/** Asks another service of the sandbox as a client would, in the same transaction. */
// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs are those of the operation that is named
export async function invoke<Output = any>(
  service: string,
  operation: string,
  input: object,
  call: Call,
): Promise<Output> {
  const definition = await SERVICES[service]?.();
  const work = definition?.operations[operation];
  if (!work) throw new AwsFault('NotSimulated', `The sandbox does not simulate ${service}:${operation}`);
  return work(input, call) as Promise<Output>;
}
