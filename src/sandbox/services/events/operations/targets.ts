import type {
  ListTargetsByRuleCommandInput,
  PutTargetsCommandInput,
  RemoveTargetsCommandInput,
} from '@aws-sdk/client-eventbridge';
import type { Call } from '../../../kernel/scope.ts';
import { findRule } from '../find.ts';
import { invalid, limitExceeded, pageOf, requireValid } from '../refusals.ts';
import { ruleKey, rules } from '../state.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const TARGETS_PER_RULE = 5;

export function putTargets({ Rule, EventBusName, Targets = [] }: PutTargetsCommandInput, call: Call) {
  const row = findRule(Rule, EventBusName, call);
  requireValid(
    ...Targets.map(
      ({ Id }, index) =>
        [
          `targets.${index + 1}.member.id`,
          Id,
          { required: true, length: [1, 64], pattern: '[\\.\\-_A-Za-z0-9]+' },
        ] as const,
    ),
  );
  for (const { Id, Arn, SqsParameters, RoleArn, EcsParameters } of Targets) {
    if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(Arn ?? ''))
      throw invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
    if (/:ecs:.*:cluster\//.test(Arn!)) {
      if (!RoleArn) throw invalid(`RoleArn is required for target ${Arn}.`);
      if (!EcsParameters) throw invalid(`Parameter(s) EcsParameters must be specified for target: ${Id}.`);
    }
    if (/:sqs:.*\.fifo$/.test(Arn!) && !SqsParameters?.MessageGroupId)
      throw invalid(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
  }
  const given = new Map(row.targets.map((target) => [target.Id, target]));
  for (const target of Targets) given.set(target.Id, target);
  if (given.size > TARGETS_PER_RULE) throw limitExceeded();
  rules.in(call).update(ruleKey(row.bus, row.name), (draft) => {
    draft.targets = [...given.values()].map((target) => JSON.parse(JSON.stringify(target)));
  });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

export function listTargetsByRule(input: ListTargetsByRuleCommandInput, call: Call) {
  const { items, end } = pageOf(findRule(input.Rule, input.EventBusName, call).targets, input);
  return { Targets: items.map((target) => structuredClone(target)), ...end };
}

export function removeTargets({ Rule, EventBusName, Ids = [] }: RemoveTargetsCommandInput, call: Call) {
  const row = findRule(Rule, EventBusName, call);
  rules.in(call).update(ruleKey(row.bus, row.name), (draft) => {
    draft.targets = draft.targets.filter(({ Id }) => !Ids.includes(Id!));
  });
  return { FailedEntryCount: 0, FailedEntries: [] };
}
