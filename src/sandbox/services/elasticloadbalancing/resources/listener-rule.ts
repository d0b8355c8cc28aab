import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createRule } from '../operations/create-rule.ts';
import { deleteRule } from '../operations/delete-rule.ts';
import { modifyRule } from '../operations/modify-rule.ts';
import { setRulePriorities } from '../operations/set-rule-priorities.ts';
import { rules } from '../state.ts';
import { actionsFrom } from './actions-from.ts';
import { asNumber, ownTags, tagLike } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listenerrule.html */
export const listenerRule: ResourceProvider = {
  async create(properties, context) {
    const { Rules } = await createRule(
      {
        ListenerArn: properties.ListenerArn,
        Priority: asNumber(properties.Priority),
        Conditions: properties.Conditions,
        Actions: actionsFrom(properties.Actions),
      },
      context.call,
    );
    const physicalId = Rules![0]!.RuleArn!;
    tagLike(properties, physicalId, context);
    return { status: 'done', physicalId, attributes: { RuleArn: physicalId, IsDefault: false } };
  },
  async update({ before, after, physicalId }, context) {
    if (Number(before.Priority) !== Number(after.Priority)) {
      const change = { RuleArn: physicalId, Priority: asNumber(after.Priority) };
      await setRulePriorities({ RulePriorities: [change] }, context.call);
    }
    await modifyRule(
      { RuleArn: physicalId, Conditions: after.Conditions, Actions: actionsFrom(after.Actions) },
      context.call,
    );
    tagLike(after, physicalId, context);
    return { status: 'done', physicalId };
  },
  async delete(_properties, physicalId, { call }) {
    if (rules.in(call).has(physicalId)) await deleteRule({ RuleArn: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, context) {
    const row = rules.in(context.call).get(physicalId);
    return (
      row && {
        RuleArn: physicalId,
        IsDefault: row.Priority === 'default',
        ListenerArn: row.ListenerArn,
        Priority: Number(row.Priority),
        Conditions: row.Conditions,
        Actions: row.Actions,
        Tags: ownTags(physicalId, context),
      }
    );
  },
};
