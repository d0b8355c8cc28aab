import type {
  DeleteRuleCommandInput,
  DescribeRuleCommandInput,
  DisableRuleCommandInput,
  EnableRuleCommandInput,
  ListRuleNamesByTargetCommandInput,
  ListRulesCommandInput,
  PutRuleCommandInput,
} from '@aws-sdk/client-eventbridge';
import type { Call } from '../../../kernel/scope.ts';
import { eventPattern } from '../event-pattern.ts';
import { findBus, findRule, rulesOn } from '../find.ts';
import { invalid, limitExceeded, pageOf, requireValid } from '../refusals.ts';
import { isSchedule } from '../schedule-expression.ts';
import { planSchedule } from '../schedules.ts';
import { DEFAULT_BUS, type RuleRow, ruleKey, rules } from '../state.ts';
import { mergeTags } from '../tags.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const RULES_PER_BUS = 300;

/** Makes a rule or replaces it; its targets stay. */
export function putRule(input: PutRuleCommandInput, call: Call) {
  const { Name: name = '', EventPattern, ScheduleExpression } = input;
  requireValid(
    ['name', input.Name, { required: true, length: [1, 64], pattern: '[\\.\\-_A-Za-z0-9]+' }],
    ['state', input.State, { values: ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'] }],
  );
  const bus = findBus(input.EventBusName, call);
  if (!EventPattern && !ScheduleExpression)
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (ScheduleExpression && bus.name !== DEFAULT_BUS)
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  if (ScheduleExpression && !isSchedule(ScheduleExpression))
    throw invalid('Parameter ScheduleExpression is not valid.');
  if (EventPattern) eventPattern(EventPattern);

  const before = rules.in(call).get(ruleKey(bus.name, name));
  if (!before && rulesOn(bus.name, call).length >= RULES_PER_BUS) throw limitExceeded();
  if (before?.timer) call.world.cancel(before.timer);
  const { arn } = rules.in(call).put(ruleKey(bus.name, name), {
    name,
    bus: bus.name,
    arn: `arn:aws:events:${call.region}:${call.account}:rule/${bus.name === DEFAULT_BUS ? '' : `${bus.name}/`}${name}`,
    state: input.State ?? 'ENABLED',
    ...(EventPattern && { pattern: EventPattern }),
    ...(ScheduleExpression && { schedule: ScheduleExpression }),
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.RoleArn !== undefined && { roleArn: input.RoleArn }),
    targets: before?.targets.map((target) => structuredClone(target)) ?? [],
    tags: mergeTags(before?.tags ?? [], input.Tags),
  });
  planSchedule(call, ruleKey(bus.name, name));
  return { RuleArn: arn };
}

const answer = (row: RuleRow) => ({
  Name: row.name,
  Arn: row.arn,
  ...(row.pattern !== undefined && { EventPattern: row.pattern }),
  ...(row.schedule !== undefined && { ScheduleExpression: row.schedule }),
  State: row.state,
  ...(row.description !== undefined && { Description: row.description }),
  ...(row.roleArn !== undefined && { RoleArn: row.roleArn }),
  EventBusName: row.bus,
});

export const describeRule = ({ Name, EventBusName }: DescribeRuleCommandInput, call: Call) => ({
  ...answer(findRule(Name, EventBusName, call)),
  CreatedBy: call.account,
});

export function listRules(input: ListRulesCommandInput, call: Call) {
  const rows = rulesOn(findBus(input.EventBusName, call).name, call).filter(({ name }) =>
    name.startsWith(input.NamePrefix ?? ''),
  );
  const { items, end } = pageOf(rows, input);
  return { Rules: items.map(answer), ...end };
}

export function listRuleNamesByTarget(input: ListRuleNamesByTargetCommandInput, call: Call) {
  const rows = rulesOn(findBus(input.EventBusName, call).name, call).filter(({ targets }) =>
    targets.some(({ Arn }) => Arn === input.TargetArn),
  );
  const { items, end } = pageOf(rows, input);
  return { RuleNames: items.map(({ name }) => name), ...end };
}

function setState(name: string | undefined, bus: string | undefined, state: RuleRow['state'], call: Call) {
  const row = findRule(name, bus, call);
  rules.in(call).update(ruleKey(row.bus, row.name), (draft) => {
    draft.state = state;
  });
  planSchedule(call, ruleKey(row.bus, row.name));
  return {};
}

export const enableRule = ({ Name, EventBusName }: EnableRuleCommandInput, call: Call) =>
  setState(Name, EventBusName, 'ENABLED', call);

export const disableRule = ({ Name, EventBusName }: DisableRuleCommandInput, call: Call) =>
  setState(Name, EventBusName, 'DISABLED', call);

/** Deleting a rule that is not there is no error (API reference). */
export function deleteRule({ Name = '', EventBusName }: DeleteRuleCommandInput, call: Call): Record<string, never> {
  const bus = findBus(EventBusName, call);
  const row = rules.in(call).get(ruleKey(bus.name, Name));
  if (row && row.targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
  if (row?.timer) call.world.cancel(row.timer);
  rules.in(call).delete(ruleKey(bus.name, Name));
  return {};
}
