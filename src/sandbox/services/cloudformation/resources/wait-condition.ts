import { randomUUID } from 'node:crypto';
import type { ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { WAIT_HANDLE_PATH, waitHandles } from '../callbacks.ts';

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
    const physicalId = `arn:aws:cloudformation:${context.call.region}:${context.call.account}:stack/${context.stackName}/${context.stackId.split('/').at(-1)}/${context.logicalId}`;
    if (properties.Handle === undefined) return { status: 'done', physicalId };
    const now = standing(properties.Handle, Number(properties.Count ?? 1), physicalId, context);
    return now ?? { status: 'pending', physicalId, afterMs: Number(properties.Timeout ?? 0) * 1_000 };
  },
  check(_step, physicalId, properties, context) {
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
