import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { authorize, revoke } from '../change-rules.ts';
import { createSecurityGroup } from '../operations/create-security-group.ts';
import { deleteSecurityGroup } from '../operations/delete-security-group.ts';
import { securityGroups } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { deleteWithPatience } from './dependents.ts';
import { tagsFor, withoutSystemTags } from './property-values.ts';
import { permissionFrom } from './rule-permission.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html */
export const securityGroup: ResourceProvider = {
  async create(properties, context) {
    const { call } = context;
    const { GroupId } = await createSecurityGroup(
      {
        GroupName: properties.GroupName ?? context.generateName({ maxLength: 255 }),
        Description: properties.GroupDescription,
        VpcId: properties.VpcId,
      },
      call,
    );
    const physicalId = GroupId!;
    const egress = permissionsOf(properties.SecurityGroupEgress, 'egress');
    if (egress.length > 0) {
      revoke(call, { GroupId, IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] }, true);
      authorize(call, { GroupId, IpPermissions: egress }, true);
    }
    const ingress = permissionsOf(properties.SecurityGroupIngress, 'ingress');
    if (ingress.length > 0) authorize(call, { GroupId, IpPermissions: ingress }, false);
    setTags(call, physicalId, 'security-group', tagsFor(properties, context));
    return { status: 'done', physicalId, attributes: attributesOf(physicalId, properties, context) };
  },
  update({ before, after, physicalId }, context) {
    change(context, physicalId, before.SecurityGroupIngress, after.SecurityGroupIngress, 'ingress');
    change(context, physicalId, before.SecurityGroupEgress, after.SecurityGroupEgress, 'egress');
    setTags(context.call, physicalId, 'security-group', tagsFor(after, context));
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () => deleteSecurityGroup({ GroupId: physicalId }, context.call)),
  check: (_step, physicalId, _properties, context) =>
    deleteWithPatience(context, physicalId, () => deleteSecurityGroup({ GroupId: physicalId }, context.call)),
  read(physicalId, properties, context) {
    const row = securityGroups.in(context.call).get(physicalId);
    return (
      row && {
        ...attributesOf(physicalId, properties, context),
        GroupName: row.GroupName,
        GroupDescription: row.Description,
        Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
      }
    );
  },
  /** The group's name for one that names no VPC, as in the days before VPCs. */
  ref: (physicalId, attributes) => (attributes.RefName as string | undefined) ?? physicalId,
};

function attributesOf(physicalId: string, properties: Properties, { call }: ResourceContext): Properties {
  const row = securityGroups.in(call).get(physicalId)!;
  return {
    Id: physicalId,
    GroupId: physicalId,
    VpcId: row.VpcId,
    ...(properties.VpcId === undefined ? { RefName: row.GroupName } : {}),
  };
}

const permissionsOf = (rules: Properties[] | undefined, direction: 'ingress' | 'egress'): IpPermission[] =>
  (rules ?? []).map((rule) => permissionFrom(rule, direction));

/** Rules that went are revoked before rules that came are added, or a changed description would be a duplicate. */
function change(
  { call }: ResourceContext,
  GroupId: string,
  before: Properties[] | undefined,
  after: Properties[] | undefined,
  direction: 'ingress' | 'egress',
): void {
  const key = (permission: IpPermission) => JSON.stringify(permission);
  const old = permissionsOf(before, direction);
  const wanted = permissionsOf(after, direction);
  const gone = old.filter((permission) => !wanted.some((each) => key(each) === key(permission)));
  const added = wanted.filter((permission) => !old.some((each) => key(each) === key(permission)));
  const isEgress = direction === 'egress';
  if (gone.length > 0) revoke(call, { GroupId, IpPermissions: gone }, isEgress);
  if (added.length > 0) authorize(call, { GroupId, IpPermissions: added }, isEgress);
}
