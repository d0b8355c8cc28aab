import type { Scope } from '../../kernel/scope.ts';
import { parseAlarmRule } from './alarm-rule.ts';
import { carryOutActions } from './carry-out-actions.ts';
import { record } from './record.ts';
import { type AlarmRow, alarms, type CompositeAlarmRow } from './state.ts';

export interface AlarmState {
  value: AlarmRow['StateValue'];
  reason: string;
  /** JSON, when there is any. */
  data?: string;
}

/** Puts an alarm into a state, writes its history, tells its topics, and lets the composite alarms that name it follow. */
export function setAlarmState(scope: Scope, name: string, { value, reason, data }: AlarmState): void {
  const before = alarms.in(scope).get(name)!;
  const now = scope.world.clock.stamp();
  alarms.in(scope).update(name, (draft) => {
    if (draft.StateValue !== value) draft.transitionedAt = now;
    draft.updatedAt = now;
    draft.StateValue = value;
    draft.StateReason = reason;
    if (data === undefined) delete draft.StateReasonData;
    else draft.StateReasonData = data;
  });
  if (before.StateValue === value) return;
  record(scope, before, {
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${before.StateValue} to ${value}`,
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: stateWords(before.StateValue, before.StateReason, before.StateReasonData),
      newState: stateWords(value, reason, data),
    }),
  });
  carryOutActions(scope, name, before);
  for (const row of alarms.in(scope).values()) {
    if (row.kind !== 'composite') continue;
    const names = parseAlarmRule(row.AlarmRule)?.atoms.map(({ alarm }) => alarm) ?? [];
    if (names.includes(name) || names.includes(before.AlarmArn)) followChildren(scope, row, before);
  }
}

/** Composite alarms know OK and ALARM only. */
export function compositeState(scope: Scope, rule: string): 'OK' | 'ALARM' {
  return parseAlarmRule(rule)?.holds((alarm) => alarmNamed(scope, alarm)?.StateValue) ? 'ALARM' : 'OK';
}

/** An alarm by its name or ARN. */
export const alarmNamed = (scope: Scope, nameOrArn: string): AlarmRow | undefined =>
  alarms.in(scope).get(nameOrArn.replace(/^arn:aws[\w-]*:cloudwatch:[^:]*:\d*:alarm:/, ''));

/** Which alarms a rule looks at and how they stand: what StateReasonData of a new composite alarm holds. */
export const triggersOf = (scope: Scope, rule: string): string =>
  triggers((parseAlarmRule(rule)?.atoms ?? []).flatMap(({ alarm }) => alarmNamed(scope, alarm) ?? []));

function followChildren(scope: Scope, row: CompositeAlarmRow, child: AlarmRow): void {
  const value = compositeState(scope, row.AlarmRule);
  if (value === row.StateValue) return;
  const after = alarms.in(scope).get(child.AlarmName)!;
  setAlarmState(scope, row.AlarmName, {
    value,
    reason: `${after.AlarmArn} transitioned to ${after.StateValue} at ${longDate(after.transitionedAt)}`,
    data: triggers([after]),
  });
}

const triggers = (rows: readonly AlarmRow[]): string =>
  JSON.stringify({
    triggeringAlarms: rows.map(({ AlarmArn, StateValue, transitionedAt }) => ({
      arn: AlarmArn,
      state: { value: StateValue, timestamp: new Date(transitionedAt).toISOString().replace('Z', '+0000') },
    })),
  });

const stateWords = (stateValue: string, stateReason: string | undefined, data: string | undefined) => ({
  stateValue,
  stateReason,
  ...(data === undefined ? {} : { stateReasonData: JSON.parse(data) as unknown }),
});

/** `Friday 24 July, 2026 09:15:00 UTC` */
function longDate(at: number): string {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions) => date.toLocaleString('en-US', { timeZone: 'UTC', ...options });
  return `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })}, ${part({ year: 'numeric' })} ${date.toISOString().slice(11, 19)} UTC`;
}
