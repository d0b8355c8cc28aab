import type {
  FunctionSettings,
  RolloutAlarm,
  RolloutSettings,
  TriggerSettings,
} from '../../infra/function-settings.ts';
import type { OnDelete, Text } from '../../infra/setting-values.ts';
import type { LambdaFunction } from '../config/blocks/function.ts';
import type { Blocks } from '../config/blocks.ts';
import { ALARM_PRESETS } from '../domain/alarm-presets.ts';
import { lambdaRuntime } from '../domain/lambda-runtimes.ts';
import { rolloutMeasure } from '../domain/rollout-measures.ts';
import { textOf, usesOf } from './setting-texts.ts';

/** As long as SQS keeps anything. */
const DEAD_LETTER_DAYS = 14;

export function functionSettings(
  { blocks }: { blocks: Blocks },
  deadLetters: OnDelete,
): Record<string, FunctionSettings> {
  return Object.fromEntries(
    Object.entries(blocks.functions).map(([name, fn]) => [
      name,
      {
        source: fn.source,
        handler: fn.handler,
        runtime: lambdaRuntime(fn.runtime),
        architecture: fn.architecture,
        memoryMiB: fn.memory,
        timeoutSeconds: fn.timeoutSeconds,
        ...(fn.reservedConcurrency === undefined ? {} : { reservedConcurrency: fn.reservedConcurrency }),
        uses: usesOf(fn.uses),
        environment: environmentOf(fn, blocks),
        ...(fn.trigger ? { trigger: triggerOf(fn.trigger) } : {}),
        // A queue sets its messages aside by itself; who calls an API is told of a failure.
        deadLetters:
          fn.dlq && fn.trigger && fn.trigger.on !== 'queue'
            ? { retentionDays: DEAD_LETTER_DAYS, onDelete: deadLetters }
            : false,
        rollout: rolloutOf(fn, blocks),
      },
    ]),
  );
}

function environmentOf({ env, outbox }: LambdaFunction, blocks: Blocks): Record<string, Text> {
  const own: Record<string, Text> = outbox
    ? {
        OUTBOX_TABLE: [outbox.table],
        ...(outbox.columns ? { OUTBOX_COLUMNS: [JSON.stringify(outbox.columns)] } : {}),
        BATCH_SIZE: [String(outbox.batchSize)],
        MAX_ATTEMPTS: [String(outbox.maxAttempts)],
      }
    : {};
  const written = Object.entries(env).flatMap(([name, value]) => {
    const text = textOf(value, blocks, { ofFunction: true });
    return text ? [[name, text] as const] : [];
  });
  return { ...own, ...Object.fromEntries(written) };
}

function triggerOf(trigger: NonNullable<LambdaFunction['trigger']>): TriggerSettings {
  switch (trigger.on) {
    case 'schedule':
      return {
        on: 'schedule',
        expression: trigger.rate,
        ...(trigger.timezone === undefined ? {} : { timezone: trigger.timezone }),
      };
    case 'queue': {
      const { batchSize, windowSeconds, partialFailures, maxConcurrency } = trigger;
      return {
        on: 'queue',
        queue: trigger.queue.replace(/^queue\./, ''),
        batchSize,
        windowSeconds,
        partialFailures,
        ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
      };
    }
    case 'bus': {
      const { detailTypes, retries } = trigger;
      return { on: 'bus', bus: trigger.bus.replace(/^bus\./, ''), detailTypes, retries };
    }
  }
}

function rolloutOf({ rollout, timeoutSeconds }: LambdaFunction, { observability }: Blocks): RolloutSettings {
  if (rollout.type === 'all-at-once') return { type: 'all-at-once' };
  const { type, percent, minutes, rollbackOn } = rollout;
  const alarms = rollbackOn.flatMap((preset): RolloutAlarm[] => {
    const known = ALARM_PRESETS[preset];
    const measured = rolloutMeasure(preset);
    const own = observability.presets[preset];
    if (!known || !measured || own === false) return [];
    const threshold = own?.threshold ?? known.threshold ?? 0;
    return [
      {
        preset,
        measure: measured.measure,
        threshold: measured.scaled(threshold, timeoutSeconds),
        // It has to ring while the traffic still moves, so a minute counts here whatever the preset's own period is.
        periods: Math.min(own?.periods ?? known.periods, Math.max(1, Math.floor(minutes / 2))),
        periodSeconds: 60,
      },
    ];
  });
  return { type, percent, minutes, alarms };
}
