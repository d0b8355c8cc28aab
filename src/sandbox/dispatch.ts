import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type InjectedFault, meetFault } from './injected-fault.ts';
import { callerOf } from './kernel/access-keys.ts';
import { Afterwards } from './kernel/afterwards.ts';
import { AwsFault } from './kernel/fault.ts';
import type { Call } from './kernel/scope.ts';
import { WORLD_CLOSED, type World } from './kernel/world.ts';
import { protocolOf, protocolOfUnknown } from './protocol/protocol-of.ts';
import { type Recognized, recognize } from './protocol/recognize.ts';
import type { ServiceModel } from './protocol/service-model.ts';
import type { WireAnswer, WireRequest } from './protocol/wire.ts';
import { type LoadedService, loadService } from './services/load-service.ts';
import { refuseMissing } from './services/refuse-missing.ts';

export interface AnsweredCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  /** The code of the error that was answered, if one was. */
  readonly code?: string;
}

/** Stands beside the desk and sees every call that is recognized, before its work and after its answer is ready. */
export interface CallWatcher {
  /** `cut` breaks the connection and nothing is done. */
  before(call: { service: string; operation: string }): 'cut' | undefined;
  /** What was to be done is done, or refused; `cut` keeps the answer from whoever asked. */
  after(call: { service: string; operation: string }): 'cut' | undefined;
}

/** What dispatching leaves for others to look at, and is told by them. */
export interface Desk {
  readonly world: World;
  readonly endpoint: string;
  readonly faults: InjectedFault[];
  /** The latest calls, oldest first. */
  readonly calls: AnsweredCall[];
  /** `service:Operation` of what was asked and is not simulated. */
  readonly unknownOperations: string[];
  /** Errors that are none of AWS's: bugs of the sandbox. */
  readonly defects: unknown[];
  readonly watcher?: CallWatcher;
}

const KEPT_CALLS = 10_000;

const NO_MODEL: ServiceModel = {
  protocol: '',
  namespace: 'aws.sandbox',
  xmlNamespace: '',
  queryCompatible: false,
  operations: new Map(),
  errors: new Map(),
};

/** Answers one request; undefined means that the connection is to be cut. */
export async function dispatch(request: WireRequest, desk: Desk): Promise<WireAnswer | undefined> {
  const requestId = randomUUID();
  const recognized = recognize(request);
  const service = await loadService(recognized.service);
  if (!service) {
    desk.unknownOperations.push(recognized.service);
    const protocol = protocolOfUnknown(recognized.writtenAs);
    const fault = new AwsFault(protocol.unknownOperationCode, `The sandbox does not simulate ${recognized.service}`);
    return protocol.writeFault(fault, NO_MODEL, requestId, request);
  }
  return answer(request, recognized, service, requestId, desk);
}

async function answer(
  request: WireRequest,
  { service, scope, writtenAs }: Recognized,
  { definition, model }: LoadedService,
  requestId: string,
  desk: Desk,
): Promise<WireAnswer | undefined> {
  const protocol = protocolOf(writtenAs, model);
  const region = scope?.region ?? 'us-east-1';
  let operation = '';
  let account = '';
  let code: string | undefined;
  try {
    operation = protocol.operationName(request, model) ?? `${request.method} ${request.path}`;
    const operationModel = model.operations.get(operation);
    const work = Object.hasOwn(definition.operations, operation) ? definition.operations[operation] : undefined;
    const injected = meetFault(desk.faults, { service, operation });
    if (injected instanceof AwsFault) throw injected;
    if (injected === 'cut-before' || desk.watcher?.before({ service, operation }) === 'cut') return undefined;
    if (!operationModel || !work) {
      desk.unknownOperations.push(`${service}:${operation}`);
      throw new AwsFault(protocol.unknownOperationCode, `The sandbox does not simulate ${service}:${operation}`);
    }

    const worked = await desk.world.transaction(async () => {
      const caller = callerOf(desk.world, scope?.accessKeyId);
      account = caller.account;
      const call: Call = {
        world: desk.world,
        account,
        region,
        requestId,
        endpoint: desk.endpoint,
        principal: caller.principal,
        ...(scope ? { accessKeyId: scope.accessKeyId } : {}),
      };
      const input = protocol.readInput(request, operationModel, model);
      refuseMissing(service, operation, input as Record<string, unknown>);
      return work(input, call);
    });
    const output = worked instanceof Afterwards ? await worked.wait() : worked;
    // No answer before its own timestamps: what a client does next would seem older than what it was shown.
    for (let aheadMs = desk.world.clock.aheadMs(); aheadMs > 0; aheadMs = desk.world.clock.aheadMs())
      await wait(aheadMs);
    if (injected === 'cut-after' || desk.watcher?.after({ service, operation }) === 'cut') return undefined;
    return protocol.writeOutput(output, operationModel, model, requestId);
  } catch (error) {
    const fault = error instanceof AwsFault ? error : defect(error, `${service}:${operation}`, desk);
    code = fault.code;
    return protocol.writeFault(fault, model, requestId, request);
  } finally {
    desk.calls.push({ service, operation, account, region, ...(code === undefined ? {} : { code }) });
    if (desk.calls.length > KEPT_CALLS) desk.calls.shift();
  }
}

/** Not a 5xx: clients would repeat the call for a minute before they show what broke. */
function defect(error: unknown, where: string, desk: Desk): AwsFault {
  if (error !== WORLD_CLOSED) desk.defects.push(error);
  return new AwsFault('SandboxDefect', `A bug of the sandbox in ${where}: ${(error as Error)?.stack ?? error}`);
}
