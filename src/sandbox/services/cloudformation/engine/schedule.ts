import type { Scope } from '../../../kernel/scope.ts';
import { BEGIN_MS } from './durations.ts';

export interface OperationTimer {
  stackId: string;
  operation: string;
}

export interface StepTimer extends OperationTimer {
  logicalId: string;
  token: string;
}

export interface LeftoverTimer extends OperationTimer {
  leftover: string;
  token: string;
  /** The provider is done; what is left is to say so. */
  done: boolean;
}

/** Has the operation of a stack go on: begin, or look what can be started next. */
export const goOn = (scope: Scope, payload: OperationTimer, afterMs = BEGIN_MS): string =>
  scope.world.schedule(scope, { afterMs, kind: 'cloudformation.go-on', payload });

/** Has a resource's provider be asked again how far it is. */
export const lookAgain = (scope: Scope, payload: StepTimer, afterMs: number, background = false): string =>
  scope.world.schedule(scope, { afterMs, kind: 'cloudformation.look-again', payload, background });

/** Has a step whose provider is done be finished. */
export const finishLater = (scope: Scope, payload: StepTimer, afterMs: number): string =>
  scope.world.schedule(scope, { afterMs, kind: 'cloudformation.finish', payload });

/** `done`: the provider is done, what is left is to say so. */
export const lookAtRemoval = (
  scope: Scope,
  payload: StepTimer & { done: boolean },
  afterMs: number,
  background = false,
): string => scope.world.schedule(scope, { afterMs, kind: 'cloudformation.removal', payload, background });

export const lookAtLeftover = (scope: Scope, payload: LeftoverTimer, afterMs: number, background = false): string =>
  scope.world.schedule(scope, { afterMs, kind: 'cloudformation.leftover', payload, background });
