import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { fitName } from '../../../infra/names.ts';
import type { Session } from '../../context.ts';

/** An alarm that changed while a rollout was watched. */
export interface AlarmChange {
  alarm: string;
  state: string;
  reason: string;
}

/**
 * The alarms of one service while it is rolled out: those that have rung since the watch began, and what became of them.
 * One call a look; a service without alarms is asked about once.
 */
export class RolloutAlarms {
  readonly #prefix: string;
  readonly #since: number;
  readonly #rung = new Set<string>();
  #hasNone = false;

  constructor({ project, name }: Session['environment'], service: string, since: number) {
    this.#prefix = `${fitName(`${project}-${name}-${service}`, 255)}-`;
    this.#since = since;
  }

  /** What changed, and which of them ring; `undefined` where there is nothing to ask. */
  async look(aws: Pick<Session['aws'], 'alarms'>): Promise<{ changes: AlarmChange[]; ringing: string[] } | undefined> {
    if (this.#hasNone) return undefined;
    const alarms = await aws.alarms.named(this.#prefix);
    this.#hasNone = alarms.length === 0;
    const own = alarms.filter((alarm) => this.#rung.has(alarm.AlarmName!) || this.#beganToRing(alarm));
    for (const { AlarmName } of own) this.#rung.add(AlarmName!);
    return {
      changes: own.map(({ AlarmName, StateValue, StateReason }) => ({
        alarm: AlarmName!,
        state: StateValue!,
        reason: StateReason ?? '',
      })),
      ringing: own.flatMap(({ AlarmName, StateValue }) => (StateValue === 'ALARM' ? [AlarmName!] : [])),
    };
  }

  /** What rang before the rollout is not of it. */
  #beganToRing({ StateValue, StateTransitionedTimestamp: transitioned, StateUpdatedTimestamp: updated }: MetricAlarm) {
    return StateValue === 'ALARM' && ((transitioned ?? updated)?.getTime() ?? 0) >= this.#since;
  }
}
