import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { authorize, revoke } from '../change-rules.ts';
import { checkDescription } from '../permissions.ts';
import { rules } from '../state.ts';
import { deleteWithPatience } from './dependents.ts';
import { permissionFrom } from './rule-permission.ts';

/** Rules as resources of their own; only a description changes in place.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html */
const ruleProvider = (direction: 'ingress' | 'egress'): ResourceProvider => {
  const isEgress = direction === 'egress';
  return {
    create(properties, { call }) {
      const [rule] = authorize(
        call,
        {
          GroupId: properties.GroupId,
          GroupName: properties.GroupName,
          IpPermissions: [permissionFrom(properties, direction)],
        },
        isEgress,
      );
      const physicalId = rule!.SecurityGroupRuleId;
      return { status: 'done', physicalId, attributes: { Id: physicalId } };
    },
    update({ after, physicalId }, { call }) {
      checkDescription(after.Description);
      rules.in(call).update(physicalId, (draft) => {
        draft.Description = after.Description;
      });
      return { status: 'done', physicalId };
    },
    delete: (_properties, physicalId, context) =>
      deleteWithPatience(context, physicalId, () => {
        const rule = rules.in(context.call).get(physicalId);
        return rule && revoke(context.call, { GroupId: rule.GroupId, SecurityGroupRuleIds: [physicalId] }, isEgress);
      }),
    read(physicalId, _properties, { call }) {
      const rule = rules.in(call).get(physicalId);
      if (!rule) return undefined;
      const {
        SecurityGroupRuleArn: _,
        SecurityGroupRuleId: __,
        ReferencedGroupInfo,
        CidrIpv4,
        PrefixListId,
        ...live
      } = rule;
      const [group, list] = isEgress
        ? ['DestinationSecurityGroupId', 'DestinationPrefixListId']
        : ['SourceSecurityGroupId', 'SourcePrefixListId'];
      return {
        Id: physicalId,
        ...live,
        ...(CidrIpv4 ? { CidrIp: CidrIpv4 } : {}),
        ...(PrefixListId ? { [list]: PrefixListId } : {}),
        ...(ReferencedGroupInfo ? { [group]: ReferencedGroupInfo.GroupId } : {}),
      };
    },
  };
};

export const securityGroupIngress = ruleProvider('ingress');
export const securityGroupEgress = ruleProvider('egress');
