import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { connect } from './network.ts';
import { LATEST, type VersionRow, versions } from './state.ts';

const READY = 'lambda.function-ready';
/** AWS publishes no durations: seconds, and longer for the interfaces of a network. */
const PLAIN_MS = 3_000;
const NETWORK_MS = 45_000;

export const CREATING = { reason: 'The function is being created.', code: 'Creating' };

/** What is being made or changed is ready some time later. */
export function readyLater({ function: name, version, settings }: VersionRow, scope: Scope): void {
  const afterMs = settings.VpcConfig?.SubnetIds?.length ? NETWORK_MS : PLAIN_MS;
  scope.world.schedule(scope, { afterMs, kind: READY, payload: { key: `${name}:${version}` } });
}

/** How long a stack waits before it looks again. */
export const LOOK_MS = 2_000;

export const lifecycleTimers: Readonly<Record<string, TimerHandler>> = {
  [READY]: ({ key }: { key: string }, scope) => {
    const row = versions.in(scope).get(key);
    if (!row) return;
    const trouble = connect(row.function, row.settings.VpcConfig, scope);
    versions.in(scope).update(key, (draft) => {
      if (draft.state === 'Pending') {
        draft.state = trouble ? 'Failed' : 'Active';
        delete draft.stateReason;
        delete draft.stateReasonCode;
        if (trouble) Object.assign(draft, { stateReason: trouble.reason, stateReasonCode: trouble.code });
      }
      draft.update = trouble ? { status: 'Failed', ...trouble } : { status: 'Successful' };
      if (draft.version === LATEST) draft.revisionId = randomUUID();
    });
  },
};
