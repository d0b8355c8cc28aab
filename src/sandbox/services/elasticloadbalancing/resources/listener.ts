import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createListener } from '../operations/create-listener.ts';
import { deleteListener } from '../operations/delete-listener.ts';
import { modifyListenerAttributes } from '../operations/describe-listener-attributes.ts';
import { modifyListener } from '../operations/modify-listener.ts';
import { listeners } from '../state.ts';
import { actionsFrom } from './actions-from.ts';
import { asNumber, ownTags, tagLike } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listener.html */
export const listener: ResourceProvider = {
  async create(properties, context) {
    const { Listeners } = await createListener(
      {
        LoadBalancerArn: properties.LoadBalancerArn,
        Port: asNumber(properties.Port),
        Protocol: properties.Protocol,
        SslPolicy: properties.SslPolicy,
        Certificates: properties.Certificates,
        DefaultActions: actionsFrom(properties.DefaultActions),
      },
      context.call,
    );
    const physicalId = Listeners![0]!.ListenerArn!;
    await setAttributes(physicalId, properties, context);
    tagLike(properties, physicalId, context);
    return { status: 'done', physicalId, attributes: { ListenerArn: physicalId } };
  },
  async update({ after, physicalId }, context) {
    await modifyListener(
      {
        ListenerArn: physicalId,
        Port: asNumber(after.Port),
        Protocol: after.Protocol,
        SslPolicy: after.SslPolicy,
        Certificates: after.Certificates,
        DefaultActions: actionsFrom(after.DefaultActions),
      },
      context.call,
    );
    await setAttributes(physicalId, after, context);
    tagLike(after, physicalId, context);
    return { status: 'done', physicalId };
  },
  async delete(_properties, physicalId, { call }) {
    if (listeners.in(call).has(physicalId)) await deleteListener({ ListenerArn: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, context) {
    const row = listeners.in(context.call).get(physicalId);
    return (
      row && {
        ListenerArn: physicalId,
        LoadBalancerArn: row.LoadBalancerArn,
        Port: row.Port,
        Protocol: row.Protocol,
        DefaultActions: row.DefaultActions,
        ...(row.SslPolicy ? { SslPolicy: row.SslPolicy, Certificates: row.certificates.slice(0, 1) } : {}),
        Tags: ownTags(physicalId, context),
      }
    );
  },
};

async function setAttributes(ListenerArn: string, properties: Properties, { call }: ResourceContext) {
  const Attributes = ((properties.ListenerAttributes ?? []) as Properties[]).map(({ Key, Value }) => ({
    Key,
    Value: String(Value),
  }));
  if (Attributes.length > 0) await modifyListenerAttributes({ ListenerArn, Attributes }, call);
}
