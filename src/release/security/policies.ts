import type { Template } from '../resolve-template.ts';
import { patternOf } from './pattern.ts';
import { type Grant, grantsOf } from './statements.ts';

/** `rights`: what an identity may do; `trust`: who may take a role on; `policy`: who may do what with a resource. */
export type Channel = 'rights' | 'trust' | 'policy';

export interface Held {
  /** What has it, as a text: a resource of the template, or whatever else the policy names. */
  holder: string;
  channel: Channel;
  grants: Grant[];
  /** Nobody wrote a policy, and without one everybody is let through: what is new is not broader than before by that. */
  unwritten?: true;
}

/** All policies of a resolved template, by who holds them, wherever the template writes them. */
export function policiesOf(template: Template): Map<string, Held> {
  const held = new Map<string, Held>();
  const give = (holder: string, channel: Channel, grants: readonly Grant[]) => {
    const key = `${channel} ${holder}`;
    const there = held.get(key) ?? { holder, channel, grants: [] };
    there.grants.push(...grants);
    held.set(key, there);
  };
  const resources: Record<string, Template> = template.Resources ?? {};
  for (const [id, { Type: type, Properties: properties = {} }] of Object.entries(resources)) {
    const self = patternOf({ Ref: id });
    for (const { holder, channel, document } of documentsOf(self, type, properties)) {
      give(holder, channel, Array.isArray(document) ? document : grantsOf(document));
      if (document === EVERYTHING) held.get(`${channel} ${holder}`)!.unwritten = true;
    }
    for (const attached of listOf(properties.ManagedPolicyArns))
      give(self, 'rights', attachedGrants(attached, resources));
  }
  return held;
}

interface Written {
  holder: string;
  channel: Channel;
  document: unknown;
}

const IDENTITY = /^AWS::IAM::(Role|User|Group)$/;
/** Where a policy of its own names what it is of. */
const OF_OTHERS: Readonly<Record<string, readonly [of: string, document: string]>> = {
  'AWS::S3::BucketPolicy': ['Bucket', 'PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['Queues', 'PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['Topics', 'PolicyDocument'],
  'AWS::SecretsManager::ResourcePolicy': ['SecretId', 'ResourcePolicy'],
};
/** Let everybody through as long as nothing is said. */
const OPEN_WITHOUT: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'Policy',
  'AWS::EC2::VPCEndpoint': 'PolicyDocument',
};

function documentsOf(self: string, type: string, properties: Template): Written[] {
  const rights = (holder: string, document: unknown): Written => ({ holder, channel: 'rights', document });
  if (IDENTITY.test(type)) {
    const trust = properties.AssumeRolePolicyDocument;
    return [
      ...listOf(properties.Policies).map((policy) => rights(self, (policy as Template)?.PolicyDocument)),
      ...(trust === undefined ? [] : [{ holder: self, channel: 'trust' as const, document: trust }]),
    ];
  }
  if (/^AWS::IAM::(Policy|ManagedPolicy|RolePolicy|UserPolicy|GroupPolicy)$/.test(type)) {
    const named = [properties.RoleName, properties.UserName, properties.GroupName].filter((name) => name !== undefined);
    const holders = [...['Roles', 'Users', 'Groups'].flatMap((kind) => listOf(properties[kind])), ...named];
    // Whoever attaches it by its ARN is found there.
    return holders.map((holder) => rights(patternOf(holder), properties.PolicyDocument));
  }
  const policy = (holder: string, document: unknown): Written => ({ holder, channel: 'policy', document });
  if (type === 'AWS::Lambda::Permission')
    return [policy(patternOf(properties.FunctionName), permissionGrants(properties))];
  if (type === 'AWS::Events::EventBusPolicy')
    return [policy(patternOf(properties.EventBusName ?? 'default'), { Statement: properties.Statement ?? properties })];
  const others = OF_OTHERS[type];
  if (others) return listOf(properties[others[0]]).map((of) => policy(patternOf(of), properties[others[1]]));
  const open = OPEN_WITHOUT[type];
  if (open !== undefined && properties[open] === undefined) return [policy(self, EVERYTHING)];
  // Keys, repositories, endpoints, file systems and whatever else has its policy among its own properties.
  return Object.values(properties)
    .filter((value) => typeof value === 'object' && value !== null && 'Statement' in value)
    .map((document) => policy(self, document));
}

const EVERYTHING = { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html: what AWS makes a statement of. */
function permissionGrants(properties: Template): Grant[] {
  const principal = patternOf(properties.Principal);
  const like = (key: string, value: unknown) => (value === undefined ? {} : { [key]: value });
  const equal = {
    ...like('aws:sourceaccount', properties.SourceAccount),
    ...like('aws:principalorgid', properties.PrincipalOrgID),
    ...like('lambda:eventsourcetoken', properties.EventSourceToken),
    ...like('lambda:functionurlauthtype', properties.FunctionUrlAuthType),
  };
  const source = like('aws:sourcearn', properties.SourceArn);
  return grantsOf({
    Statement: [
      {
        Effect: 'Allow',
        Principal:
          principal === '*'
            ? '*'
            : { [/\.amazonaws\.com(\.cn)?$/.test(principal) ? 'Service' : 'AWS']: properties.Principal },
        Action: properties.Action,
        Resource: '*',
        Condition: {
          ...(Object.keys(equal).length > 0 ? { StringEquals: equal } : {}),
          ...(properties.SourceArn === undefined ? {} : { ArnLike: source }),
        },
      },
    ],
  });
}

/** A managed policy of the template counts by what it says, one of AWS or of others by its name. */
function attachedGrants(attached: unknown, resources: Readonly<Record<string, Template>>): Grant[] {
  const id = (attached as { Ref?: unknown } | null)?.Ref;
  const own = typeof id === 'string' ? resources[id] : undefined;
  if (own?.Type === 'AWS::IAM::ManagedPolicy') return grantsOf(own.Properties?.PolicyDocument);
  const name = patternOf(attached);
  const effect = /Deny|Quarantine/.test(name) ? 'Deny' : 'Allow';
  return [{ effect, principal: '', action: `all of ${name}`, resource: '*', conditions: new Map() }];
}

export const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
