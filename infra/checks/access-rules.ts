import {
  type Finding,
  type Json,
  listOf,
  ofType,
  statementsOf,
  type Template,
  type TemplateRule,
  textsIn,
} from './template.ts';

/** Actions that AWS binds to no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const UNBOUND = new Set([
  // Bound by AWS, but to interfaces that Lambda has not made yet: AWSLambdaENIManagementAccess says `*` as well.
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
  'ecr:GetAuthorizationToken',
  'ecs:DescribeTaskDefinition',
  'ecs:ListServices',
  'secretsmanager:GetRandomPassword',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
  'xray:GetSamplingRules',
  'xray:GetSamplingStatisticSummaries',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);

interface Allowance {
  id: string;
  actions: string[];
  resources: Json[];
}

/** What roles and policies allow. Policies of buckets and queues speak of themselves and are left out. */
function allowances(template: Template): Allowance[] {
  const documents = [
    ...ofType(template, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy').map(
      ([id, { PolicyDocument }]) => [id, PolicyDocument] as const,
    ),
    ...ofType(template, 'AWS::IAM::Role').flatMap(([id, { Policies }]) =>
      listOf(Policies).map(({ PolicyDocument }) => [id, PolicyDocument] as const),
    ),
  ];
  return documents.flatMap(([id, document]) =>
    listOf(document?.Statement)
      .filter(({ Effect }) => Effect === 'Allow')
      .map(({ Action, Resource }) => ({ id, actions: listOf(Action), resources: listOf(Resource) })),
  );
}

/** Policies of what stands at the resource, buckets left out: `bucket-public` speaks of those. */
const RESOURCE_POLICIES = [
  'AWS::SQS::QueuePolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::KMS::Key',
  'AWS::ECR::Repository',
];

const isForAnybody = ({ Effect, Principal, Condition }: Json): boolean =>
  Effect === 'Allow' && Condition === undefined && (Principal === '*' || listOf(Principal?.AWS).includes('*'));

const each = <T>(items: readonly T[], find: (item: T) => Finding | undefined): Finding[] =>
  items.flatMap((item) => find(item) ?? []);

export const ACCESS_RULES: readonly TemplateRule[] = [
  {
    id: 'iam-wildcard-action',
    title: 'Roles name the actions that they allow',
    severity: 'error',
    remedy: 'Name the actions one by one',
    documentation: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
    findings: (template) =>
      allowances(template).flatMap(({ id, actions }) =>
        actions
          .filter((action) => action.includes('*'))
          .map((action) => ({ id, message: `It allows ${action}, which is more than anybody can oversee` })),
      ),
  },
  {
    id: 'iam-wildcard-resource',
    title: 'Roles name the resources that they may touch',
    severity: 'error',
    remedy: 'Name the resources that are meant',
    documentation:
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    findings: (template) =>
      each(allowances(template), ({ id, actions, resources }) => {
        const bound = actions.filter((action) => !UNBOUND.has(action));
        if (bound.length === 0 || !resources.includes('*')) return undefined;
        return { id, message: `It allows ${bound.join(', ')} on every resource of the account` };
      }),
  },
  {
    id: 'iam-broad-policy',
    title: 'No role has a policy that allows everything of a service',
    severity: 'error',
    remedy: 'Write a policy with the actions that are needed',
    documentation: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html',
    findings: (template) =>
      ofType(template, 'AWS::IAM::Role').flatMap(([id, { ManagedPolicyArns }]) =>
        listOf(ManagedPolicyArns)
          .map((arn) => textsIn(arn).join(''))
          .filter((arn) => /(?:FullAccess|AdministratorAccess|PowerUserAccess)$/.test(arn))
          .map((arn) => ({ id, message: `The role has ${arn.split('/').at(-1)}` })),
      ),
  },
  {
    id: 'trust-anyone',
    title: 'Roles say who may put them on',
    severity: 'error',
    remedy: 'Name the service or account, with a condition',
    documentation: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    findings: (template) =>
      ofType(template, 'AWS::IAM::Role')
        .filter(([, { AssumeRolePolicyDocument }]) => statementsOf(AssumeRolePolicyDocument).some(isForAnybody))
        .map(([id]) => ({ id, message: 'Anybody with an AWS account may put the role on' })),
  },
  {
    id: 'policy-public',
    title: 'Nothing but a public bucket lets everybody in',
    severity: 'error',
    remedy: 'Name who may, or add a condition',
    documentation: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html',
    findings: (template) => [
      ...ofType(template, ...RESOURCE_POLICIES).flatMap(([id, properties]) =>
        [properties.PolicyDocument, properties.ResourcePolicy, properties.KeyPolicy, properties.RepositoryPolicyText]
          .flatMap(statementsOf)
          .filter(isForAnybody)
          .slice(0, 1)
          .map(() => ({ id, message: 'Everybody may use it, whoever they are' })),
      ),
      ...ofType(template, 'AWS::Lambda::Permission')
        .filter(
          ([, { Principal, SourceArn, SourceAccount, FunctionUrlAuthType, PrincipalOrgID }]) =>
            Principal === '*' && !SourceArn && !SourceAccount && !PrincipalOrgID && FunctionUrlAuthType !== 'AWS_IAM',
        )
        .map(([id]) => ({ id, message: 'Everybody may call the function' })),
    ],
  },
  {
    id: 'function-url-open',
    title: 'Functions with a URL know who calls',
    severity: 'warning',
    remedy: 'Set AuthType AWS_IAM',
    documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    findings: (template) =>
      ofType(template, 'AWS::Lambda::Url')
        .filter(([, { AuthType }]) => AuthType === 'NONE')
        .map(([id]) => ({ id, message: 'The URL answers everybody' })),
  },
];
