import { randomUUID } from 'node:crypto';
import type { ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { WAIT_HANDLE_PATH, waitHandles } from '../callbacks.ts';
import { templateText } from '../engine/names.ts';
import { resourcesOf, signals, stacks } from '../state.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { isObject } from '../template/template.ts';

/** An address that takes signals. Its `Ref` is the address. */
export const waitConditionHandle: ResourceProvider = {
  create(_properties, { call }) {
    const token = randomUUID();
    const handle = `${call.endpoint}${WAIT_HANDLE_PATH}${token}`;
    waitHandles.in(call).put(token, { handle, account: call.account, region: call.region, signals: [] });
    return { status: 'done', physicalId: handle };
  },
  delete(_properties, physicalId, { call }) {
    waitHandles.in(call).delete(tokenOf(physicalId));
    return { status: 'done', physicalId };
  },
};

/** Waits until enough signals have come to its handle; its time is the stack's, not the sender's. */
export const waitCondition: ResourceProvider = {
  create(properties, context) {
    const physicalId = `${context.stackId}/${handleOf(properties.Handle, context) ?? context.logicalId}`;
    const policy = creationPolicy(context);
    if (properties.Handle === undefined && !policy) return { status: 'done', physicalId };
    if (policy) {
      signals.in(context.call).delete(`${context.stackId}#${context.logicalId}`);
      return { status: 'pending', physicalId, afterMs: policy.timeoutMs };
    }
    const now = standing(properties.Handle, Number(properties.Count ?? 1), physicalId, context);
    return now ?? { status: 'pending', physicalId, afterMs: Number(properties.Timeout ?? 0) * 1_000 };
  },
  check(_step, physicalId, properties, context) {
    const policy = creationPolicy(context);
    if (policy) return bySignals(policy, physicalId, context);
    const count = Number(properties.Count ?? 1);
    const now = standing(properties.Handle, count, physicalId, context);
    if (now) return now;
    const received = waitHandles.in(context.call).get(tokenOf(properties.Handle))?.signals.length ?? 0;
    return {
      status: 'failed',
      physicalId,
      reason: `WaitCondition timed out. Received ${received} conditions when expecting ${count}`,
    };
  },
  delete: (_properties, physicalId) => ({ status: 'done', physicalId }),
};

/** Recorded: a wait condition is called after its stack and its handle. */
const handleOf = (handle: unknown, { call, stackId }: ResourceContext): string | undefined =>
  resourcesOf(call, stackId)
    .values()
    .find(({ physicalId }) => physicalId === handle)?.logicalId;

interface SignalPolicy {
  count: number;
  timeoutMs: number;
}

/** `CreationPolicy: { ResourceSignal: { Count, Timeout } }` of the resource at hand; ISO 8601, five minutes unless said. */
function creationPolicy({ call, stackId, logicalId }: ResourceContext): SignalPolicy | undefined {
  const { deployment } = stacks.in(call).get(stackId)!;
  const signal = parseTemplate(templateText(call, deployment.template)).Resources[logicalId]?.CreationPolicy
    ?.ResourceSignal;
  if (!isObject(signal)) return undefined;
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(String(signal.Timeout ?? 'PT5M')) ?? [];
  const timeoutMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return { count: Number(signal.Count ?? 1), timeoutMs };
}

function bySignals(
  { count, timeoutMs }: SignalPolicy,
  physicalId: string,
  { call, stackId, logicalId }: ResourceContext,
) {
  const received = signals.in(call).get(`${stackId}#${logicalId}`) ?? [];
  const good = received.filter(({ status }) => status === 'SUCCESS').length;
  if (good >= count) return { status: 'done', physicalId } as const;
  const sentence = received.some(({ status }) => status !== 'SUCCESS')
    ? `Received ${received.length - good} FAILURE signal(s) out of ${received.length}. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement`
    : `Failed to receive ${count} resource signal(s) within the specified duration`;
  const waiting = received.length > 0 && good === received.length && timeoutMs > 0;
  return waiting
    ? ({ status: 'pending', physicalId, afterMs: timeoutMs } as const)
    : ({ status: 'failed', physicalId, reason: sentence } as const);
}

function standing(handle: string, count: number, physicalId: string, { call }: ResourceContext) {
  const signals = waitHandles.in(call).get(tokenOf(handle))?.signals ?? [];
  const bad = signals.find(({ Status }) => Status !== 'SUCCESS');
  if (bad)
    return {
      status: 'failed',
      physicalId,
      reason: `WaitCondition received failed message: '${bad.Reason ?? ''}' for uniqueId: ${bad.UniqueId}`,
    } as const;
  if (signals.length < count) return undefined;
  const data = Object.fromEntries(signals.map(({ UniqueId, Data }) => [UniqueId, Data ?? '']));
  return { status: 'done', physicalId, attributes: { Data: JSON.stringify(data) } } as const;
}

const tokenOf = (handle: string): string => handle.slice(handle.lastIndexOf('/') + 1);
