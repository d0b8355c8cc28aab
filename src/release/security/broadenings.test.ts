import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../sandbox/services/iam/evaluate.ts';
import type { Template } from '../resolve-template.ts';
import { broadeningsOf } from './broadenings.ts';
import { globCovers } from './pattern.ts';

const role = (properties: Template): Template => ({
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: properties } },
});
const may = (...statements: Template[]): Template =>
  role({ Policies: [{ PolicyName: 'Own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }] });
const allow = (action: unknown, resource: unknown, rest: Template = {}): Template => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...rest,
});
const one = (type: string, properties: Template): Template => ({
  Resources: { It: { Type: type, Properties: properties } },
});

const FILES = 'arn:aws:s3:::files/*';

describe('rights of a role', () => {
  it.each([
    ['the same', may(allow('s3:GetObject', FILES)), may(allow('s3:GetObject', FILES))],
    [
      'other capitals, order and grouping',
      may(allow(['s3:GetObject', 's3:PutObject'], FILES)),
      may(allow('s3:putobject', FILES), allow('S3:GetObject', FILES)),
    ],
    ['fewer', may(allow('s3:*', FILES)), may(allow(['s3:Get*'], 'arn:aws:s3:::files/a*'))],
    [
      'the same right under one more condition',
      may(allow('s3:*', '*')),
      may(allow('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    ],
    [
      'fewer values of a condition',
      may(allow('s3:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/a': ['x', 'y'] } } })),
      may(allow('s3:*', '*', { Condition: { StringEquals: { 'aws:principaltag/a': 'y' } } })),
    ],
    [
      'a policy of its own instead of one in the role',
      may(allow('s3:GetObject', FILES)),
      {
        Resources: {
          Role: { Type: 'AWS::IAM::Role', Properties: {} },
          Policy: {
            Type: 'AWS::IAM::Policy',
            Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: allow('s3:GetObject', FILES) } },
          },
        },
      },
    ],
    [
      'a join of what a sub says',
      may(allow('s3:GetObject', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['B', 'Arn'] }, '/*']] })),
      may(allow('s3:GetObject', { 'Fn::Sub': '${B.Arn}/*' })),
    ],
    [
      'more refused',
      may(allow('s3:*', '*')),
      may(allow('s3:*', '*'), { Effect: 'Deny', Action: 's3:Put*', Resource: '*' }),
    ],
  ])('%s broaden nothing', (_, before, after) => {
    expect(broadeningsOf(before, after)).toEqual([]);
  });

  it('names action, resource, and the condition that is lost', () => {
    const condition = { Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } };
    const before = may(allow('s3:GetObject', FILES, condition));
    const after = may(allow(['s3:GetObject', 's3:PutObject'], FILES));
    expect(broadeningsOf(before, after)).toEqual([
      expect.objectContaining({
        kind: 'rights',
        id: 'Role',
        actions: ['s3:GetObject'],
        resource: FILES,
        lost: ['StringEquals aws:sourceaccount 111111111111'],
      }),
      expect.objectContaining({ kind: 'rights', id: 'Role', actions: ['s3:PutObject'], resource: FILES, lost: [] }),
    ]);
  });

  it.each([
    ['a wider resource', may(allow('s3:*', 'arn:aws:s3:::a/*')), may(allow('s3:*', 'arn:aws:s3:::*'))],
    [
      'a resource that only the deployment can tell',
      may(allow('s3:*', 'arn:aws:s3:::a')),
      may(allow('s3:*', { 'Known after apply': 'data.Bucket' })),
    ],
    ['all actions but some', may(allow('s3:*', '*')), may({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
    [
      'fewer actions left out',
      may({ Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' }),
      may({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    ],
    [
      'fewer values of a condition that excludes',
      may(allow('s3:*', '*', { Condition: { StringNotEquals: { 'aws:x': ['a', 'b'] } } })),
      may(allow('s3:*', '*', { Condition: { StringNotEquals: { 'aws:x': 'a' } } })),
    ],
    ['a managed policy of AWS', role({}), role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })],
    [
      'a statement that a function of CloudFormation writes',
      may(),
      may({ 'Fn::If': ['Wide', allow('*', '*'), { Ref: 'AWS::NoValue' }] }),
    ],
  ])('%s is told', (_, before, after) => {
    expect(broadeningsOf(before, after)).toHaveLength(1);
  });

  it('a refusal that goes is told, and not when its holder goes with it', () => {
    const refusing = may(allow('s3:*', '*'), { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' });
    expect(broadeningsOf(refusing, may(allow('s3:*', '*')))).toMatchObject([
      { kind: 'deny-removed', actions: ['s3:DeleteBucket'] },
    ]);
    expect(broadeningsOf(refusing, { Resources: {} })).toEqual([]);
  });

  it('trust in others, and a boundary that goes, are told', () => {
    const trusting = (principal: Template, rest: Template = {}) =>
      role({
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...rest }],
        },
        PermissionsBoundary: 'arn:aws:iam::111111111111:policy/edge',
      });
    const before = trusting({ Service: 'ecs-tasks.amazonaws.com' });
    const after = trusting({ AWS: '*', Service: 'ecs-tasks.amazonaws.com' });
    expect(broadeningsOf(before, after)).toMatchObject([
      { kind: 'trust', principal: '*', actions: ['sts:AssumeRole'] },
    ]);
    delete after.Resources.Role.Properties.PermissionsBoundary;
    expect(broadeningsOf(before, after).map(({ kind }) => kind)).toEqual(['trust', 'boundary']);
  });
});

describe('policies of resources', () => {
  const policy = (
    type: string,
    of: Template,
    document = 'PolicyDocument',
    principal: unknown = { AWS: '111111111111' },
  ): Template =>
    one(type, {
      ...of,
      [document]: { Statement: [{ Effect: 'Allow', Principal: principal, Action: 'a:Do', Resource: '*' }] },
    });

  it.each([
    ['AWS::S3::BucketPolicy', { Bucket: 'files' }, 'PolicyDocument'],
    ['AWS::SQS::QueuePolicy', { Queues: ['jobs'] }, 'PolicyDocument'],
    ['AWS::SNS::TopicPolicy', { Topics: ['alarms'] }, 'PolicyDocument'],
    ['AWS::KMS::Key', {}, 'KeyPolicy'],
    ['AWS::SecretsManager::ResourcePolicy', { SecretId: 'app' }, 'ResourcePolicy'],
    ['AWS::ECR::Repository', {}, 'RepositoryPolicyText'],
  ])('%s that lets another principal in is told', (type, of, document) => {
    const [before, after] = [
      policy(type, of, document),
      policy(type, of, document, { AWS: ['111111111111', '222222222222'] }),
    ];
    expect(broadeningsOf(before, after)).toMatchObject([
      { kind: 'policy', principal: 'AWS 222222222222', actions: ['a:Do'] },
    ]);
    expect(broadeningsOf(after, before)).toEqual([]);
    expect(broadeningsOf(after, policy(type, of, document, '*'))).toMatchObject([{ principal: '*' }]);
  });

  it('a permission of a function without its source is told, with what is lost', () => {
    const permission = (rest: Template) =>
      one('AWS::Lambda::Permission', {
        FunctionName: 'f',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        ...rest,
      });
    expect(broadeningsOf(permission({ SourceArn: 'arn:aws:s3:::files' }), permission({}))).toMatchObject([
      { kind: 'policy', principal: 'Service s3.amazonaws.com', lost: ['ArnLike aws:sourcearn arn:aws:s3:::files'] },
    ]);
  });

  it('an API that comes without a policy is not broader by that than no API', () => {
    expect(broadeningsOf({}, one('AWS::ApiGateway::RestApi', { Name: 'api' }))).toEqual([]);
  });

  it('an API without its policy is open to everybody', () => {
    const open = one('AWS::ApiGateway::RestApi', { Name: 'api' });
    expect(broadeningsOf(policy('AWS::ApiGateway::RestApi', { Name: 'api' }, 'Policy'), open)).toMatchObject([
      { kind: 'policy', principal: '*' },
    ]);
    expect(broadeningsOf(open, policy('AWS::ApiGateway::RestApi', { Name: 'api' }, 'Policy'))).toEqual([]);
  });
});

describe('ways in', () => {
  const group = (...rules: Template[]) =>
    one('AWS::EC2::SecurityGroup', { SecurityGroupIngress: rules, SecurityGroupEgress: [] });
  const tcp = (from: number, to: number, cidr: string) => ({
    IpProtocol: 'tcp',
    FromPort: from,
    ToPort: to,
    CidrIp: cidr,
  });

  it.each([
    ['fewer ports', group(tcp(80, 443, '0.0.0.0/0')), group(tcp(443, 443, '0.0.0.0/0'))],
    ['fewer addresses', group(tcp(443, 443, '10.0.0.0/8')), group(tcp(443, 443, '10.1.0.0/16'))],
    ['one protocol of all', group({ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }), group(tcp(5432, 5432, '10.2.3.4/32'))],
    [
      'a rule of its own instead of one in the group',
      group(tcp(80, 80, '10.0.0.0/8')),
      {
        Resources: {
          ...group().Resources,
          Rule: {
            Type: 'AWS::EC2::SecurityGroupIngress',
            Properties: { GroupId: { 'Fn::GetAtt': ['It', 'GroupId'] }, ...tcp(80, 80, '10.0.0.0/8') },
          },
        },
      },
    ],
  ])('%s broaden nothing', (_, before, after) => {
    expect(broadeningsOf(before, after)).toEqual([]);
  });

  it.each([
    ['a wider range', tcp(443, 443, '0.0.0.0/0'), 'tcp 443', '0.0.0.0/0'],
    ['more ports', tcp(0, 65535, '10.0.0.0/8'), 'tcp 0-65535', '10.0.0.0/8'],
    [
      'another protocol',
      { IpProtocol: '17', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' },
      'udp 443',
      '10.0.0.0/8',
    ],
    ['everything', { IpProtocol: '-1', CidrIp: '10.0.0.0/8' }, 'all traffic', '10.0.0.0/8'],
    ['the other internet', { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv6: '::/0' }, 'tcp 443', '::/0'],
  ])('%s is told with its traffic and where it comes from', (_, rule, traffic, peer) => {
    const before = group(tcp(443, 443, '10.0.0.0/8'));
    expect(broadeningsOf(before, group(rule))).toMatchObject([
      { kind: 'ingress', id: 'It', actions: [traffic], principal: peer },
    ]);
  });

  it('a group that lets something out to nobody lets nothing out', () => {
    const nowhere = { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' };
    expect(broadeningsOf({}, one('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [nowhere] }))).toEqual([]);
  });

  it('a group without rules for what goes out lets all of it out', () => {
    expect(broadeningsOf(group(), one('AWS::EC2::SecurityGroup', {}))).toMatchObject([
      { kind: 'egress', principal: '0.0.0.0/0' },
    ]);
  });
});

describe('public access', () => {
  const blocked = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };

  it.each<[string, Template, Template, number]>([
    [
      'AWS::S3::Bucket',
      { PublicAccessBlockConfiguration: blocked },
      { PublicAccessBlockConfiguration: { ...blocked, BlockPublicPolicy: false } },
      1,
    ],
    ['AWS::S3::Bucket', { PublicAccessBlockConfiguration: blocked }, {}, 4],
    ['AWS::S3::Bucket', {}, { AccessControl: 'PublicRead' }, 1],
    ['AWS::RDS::DBInstance', { PubliclyAccessible: false }, { PubliclyAccessible: true }, 1],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' }, {}, 1],
    ['AWS::Lambda::Url', { AuthType: 'AWS_IAM' }, { AuthType: 'NONE' }, 1],
    [
      'AWS::ApiGateway::Method',
      { HttpMethod: 'ANY', AuthorizationType: 'CUSTOM' },
      { HttpMethod: 'ANY', AuthorizationType: 'NONE' },
      1,
    ],
    [
      'AWS::ApiGateway::Method',
      { HttpMethod: 'ANY', AuthorizationType: 'CUSTOM', ApiKeyRequired: true },
      { HttpMethod: 'ANY', AuthorizationType: 'CUSTOM' },
      1,
    ],
    ['AWS::ApiGatewayV2::Route', { RouteKey: '$default', AuthorizationType: 'JWT' }, { RouteKey: '$default' }, 1],
    ['AWS::EC2::Subnet', {}, { MapPublicIpOnLaunch: true }, 1],
    ['AWS::ECS::Service', {}, { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } } }, 1],
    ['AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }, {}, 1],
    ['AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: 'acl' } }, { DistributionConfig: {} }, 1],
  ])('%s that opens is told, and closing it is not', (type, closed, open, times) => {
    const told = broadeningsOf(one(type, closed), one(type, open));
    expect(told.map(({ kind }) => kind)).toEqual(Array(times).fill('public-access'));
    expect(broadeningsOf(one(type, open), one(type, closed))).toEqual([]);
    expect(broadeningsOf(one(type, open), one(type, open))).toEqual([]);
  });

  it('a firewall that is taken away from what stays is told', () => {
    const balancer = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internal' } };
    const before = {
      Resources: {
        Balancer: balancer,
        Guarded: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Balancer' } } },
      },
    };
    expect(broadeningsOf(before, { Resources: { Balancer: balancer } })).toMatchObject([
      { kind: 'public-access', id: 'Balancer' },
    ]);
    expect(broadeningsOf(before, { Resources: {} })).toEqual([]);
  });
});

const text = fc.array(fc.constantFrom('a', 'b', ':', '*', '?'), { maxLength: 6 }).map((parts) => parts.join(''));
const plain = fc.array(fc.constantFrom('a', 'b', ':'), { maxLength: 7 }).map((parts) => parts.join(''));
const matches = (pattern: string, value: string): boolean =>
  new RegExp(`^${[...pattern].map((sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : sign)).join('')}$`, 's').test(
    value,
  );

it('a pattern that covers another matches all that it matches', () => {
  fc.assert(
    fc.property(text, text, plain, (wide, narrow, value) => {
      if (globCovers(wide, narrow) && matches(narrow, value)) expect(matches(wide, value)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

const ACTIONS = ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage'];
const RESOURCES = ['arn:aws:s3:::a/x', 'arn:aws:s3:::b', 'arn:aws:sqs:us-east-1:111111111111:jobs'];
const VALUES = ['red', 'green', 'blue'];
const listOf = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const condition = fc.option(
  fc.tuple(
    fc.constantFrom(
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringEqualsIfExists',
      'ForAnyValue:StringEquals',
    ),
    listOf('red', 'green', 'r*'),
  ),
  { nil: undefined },
);
const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    not: fc.constantFrom('', '', '', 'Not'),
    actions: listOf('s3:GetObject', 's3:*', '*', 'SQS:SendMessage', 's3:Put?bject'),
    resources: listOf('*', 'arn:aws:s3:::*', 'arn:aws:s3:::a/*', 'arn:aws:sqs:*:111111111111:jobs', 'arn:aws:s3:::b'),
    condition,
  })
  .map(({ effect, not, actions, resources, condition: when }) => ({
    Effect: effect,
    [`${not}Action`]: actions,
    Resource: resources,
    ...(when ? { Condition: { [when[0]]: { 'aws:PrincipalTag/colour': when[1] } } } : {}),
  }));
const statements = fc.array(statement, { maxLength: 4 });

const allowed = (of: Template[], action: string, resource: string, colour: string | undefined): boolean =>
  evaluate([{ name: 'own', document: JSON.stringify({ Statement: of }) }], {
    action,
    resource,
    context: colour === undefined ? {} : { 'aws:PrincipalTag/colour': colour },
  }).decision === 'allowed';

it('S1-22 what is reported by nobody is allowed to nobody that was not allowed it before', () => {
  let silent = 0;
  fc.assert(
    fc.property(statements, statements, fc.boolean(), (old, more, narrower) => {
      // Half of them are made of the old ones, so that silence is not rare.
      const next = narrower ? old.filter((one) => one.Effect === 'Deny' || more.length > 1) : more;
      if (broadeningsOf(may(...old), may(...next)).length > 0) return;
      silent += 1;
      for (const action of ACTIONS)
        for (const resource of RESOURCES)
          for (const colour of [...VALUES, undefined])
            if (allowed(next, action, resource, colour)) expect(allowed(old, action, resource, colour)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(silent).toBeGreaterThan(300);
});

it('the same statements in another order, split and merged, broaden nothing', () => {
  fc.assert(
    fc.property(statements, (old) => {
      const split = old
        .flatMap((one) => one.Resource.map((resource: string) => ({ ...one, Resource: resource })))
        .reverse();
      expect(broadeningsOf(may(...old), may(...split))).toEqual([]);
      expect(broadeningsOf(may(...split), may(...old))).toEqual([]);
    }),
  );
});
