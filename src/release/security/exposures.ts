import type { Template } from '../resolve-template.ts';
import { patternOf } from './pattern.ts';

/** One thing that stands open to more people than it would have to, in the words of a person. */
type Look = (properties: Template, before: Template | undefined) => string[];

const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

const when = (condition: boolean, text: string): string[] => (condition ? [text] : []);

/** By type of resource; what is there before and after is no change. */
const LOOKS: Readonly<Record<string, Look>> = {
  'AWS::S3::Bucket': ({ AccessControl: acl, PublicAccessBlockConfiguration: block }, before) => [
    ...when(/^(PublicRead|PublicReadWrite|AuthenticatedRead)$/.test(acl), `its objects are ${acl}`),
    // A new bucket blocks all of it unless told otherwise: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    ...BLOCKS.filter((name) =>
      block === undefined ? before?.PublicAccessBlockConfiguration?.[name] === true : block[name] !== true,
    ).map((name) => `${name} is off: public access is not blocked`),
  ],
  'AWS::RDS::DBInstance': ({ PubliclyAccessible: isPublic }) =>
    when(isTrue(isPublic), 'it has an address in the internet'),
  'AWS::RDS::DBCluster': ({ PubliclyAccessible: isPublic }) =>
    when(isTrue(isPublic), 'it has an address in the internet'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ Scheme: scheme, Type: type }) =>
    when(
      (scheme ?? 'internet-facing') === 'internet-facing' && type !== 'gateway',
      'it can be reached from the internet',
    ),
  'AWS::Lambda::Url': ({ AuthType: auth }) => when(auth === 'NONE', 'anybody may call its URL'),
  'AWS::ApiGateway::Method': ({ AuthorizationType: auth = 'NONE', ApiKeyRequired: key, HttpMethod: method }, before) =>
    // Browsers ask before they show who they are.
    method === 'OPTIONS'
      ? []
      : [
          ...when(auth === 'NONE', 'anybody may call it: no authorizer looks'),
          ...when(isTrue(before?.ApiKeyRequired) && !isTrue(key), 'it wants no key any more'),
        ],
  'AWS::ApiGatewayV2::Route': ({ AuthorizationType: auth = 'NONE', RouteKey: route }) =>
    when(auth === 'NONE' && !/^OPTIONS /.test(String(route)), 'anybody may call it: no authorizer looks'),
  'AWS::EC2::Subnet': ({ MapPublicIpOnLaunch: isPublic }) =>
    when(isTrue(isPublic), 'what starts in it gets an address in the internet'),
  'AWS::ECS::Service': ({ NetworkConfiguration: network }) =>
    when(network?.AwsvpcConfiguration?.AssignPublicIp === 'ENABLED', 'its tasks get addresses in the internet'),
  'AWS::Cognito::UserPool': ({ AdminCreateUserConfig: create }) =>
    when(!isTrue(create?.AllowAdminCreateUserOnly), 'anybody may sign up'),
  'AWS::CloudFront::Distribution': ({ DistributionConfig: now }, before) =>
    when(
      before?.DistributionConfig?.WebACLId !== undefined && now?.WebACLId === undefined,
      'no firewall stands before it',
    ),
};

const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** What a resource opens that it did not open before. */
export function exposuresOf(type: string, after: Template, before: Template | undefined): string[] {
  const look = LOOKS[type];
  if (!look) return [];
  const already = before === undefined ? [] : look(before, undefined);
  return look(after, before).filter((text) => !already.includes(text));
}

/** What held people off and goes, while what it guarded may stay. */
export const GUARDS: Readonly<Record<string, (properties: Template) => string>> = {
  'AWS::WAFv2::WebACLAssociation': ({ ResourceArn: arn }) => patternOf(arn),
};
