import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { SERVICES } from '../../registry.ts';
import { genericProvider } from '../resources/generic.ts';
import { OWN_PROVIDERS } from '../resources/own-providers.ts';
import type { ResourceSchema } from '../schema/resource-schema.ts';

/** The service behind `AWS::<Segment>::…`, where its name is not simply the segment in small letters. */
const SERVICE_OF: Readonly<Record<string, string>> = {
  ApplicationAutoScaling: 'application-autoscaling',
  CertificateManager: 'acm',
  CloudWatch: 'monitoring',
  Cognito: 'cognito-idp',
  ElasticLoadBalancing: 'elasticloadbalancing',
  ElasticLoadBalancingV2: 'elasticloadbalancing',
};

/** Who makes resources of a type: the service that has them, CloudFormation itself, or nobody but the records of this engine. */
export async function providerFor(type: string, schema: ResourceSchema | undefined): Promise<ResourceProvider> {
  const own =
    OWN_PROVIDERS[type] ??
    (type.startsWith('Custom::') ? OWN_PROVIDERS['AWS::CloudFormation::CustomResource'] : undefined);
  if (own) return own;
  const segment = type.split('::')[1] ?? '';
  const service = await SERVICES[SERVICE_OF[segment] ?? segment.toLowerCase()]?.();
  return service?.resources?.[type] ?? genericProvider(type, schema);
}
