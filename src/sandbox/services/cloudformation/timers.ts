import type { TimerHandler } from '../../kernel/service-definition.ts';
import { onLeftover } from './engine/clean-up.ts';
import { onFinish, onLookAgain } from './engine/follow-progress.ts';
import { onRemoval } from './engine/remove-resources.ts';
import { work } from './engine/work.ts';
import { onTimeout } from './operations/schedule-timeout.ts';

export const TIMERS: Readonly<Record<string, TimerHandler>> = {
  'cloudformation.go-on': (payload, scope) => work(scope, payload),
  'cloudformation.look-again': onLookAgain,
  'cloudformation.finish': onFinish,
  'cloudformation.removal': onRemoval,
  'cloudformation.leftover': onLeftover,
  'cloudformation.timeout': onTimeout,
};
