import { type Finding, type Json, listOf, ofType, type Template, type TemplateRule, textsIn } from './template.ts';

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
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
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

const each = <T>(items: readonly T[], find: (item: T) => Finding | undefined): Finding[] =>
  items.flatMap((item) => find(item) ?? []);

export const ACCESS_RULES: readonly TemplateRule[] = [
  {
    id: 'iam-wildcard-action',
    severity: 'error',
    remedy: 'Name the actions one by one',
    findings: (template) =>
      allowances(template).flatMap(({ id, actions }) =>
        actions
          .filter((action) => action.includes('*'))
          .map((action) => ({ id, message: `It allows ${action}, which is more than anybody can oversee` })),
      ),
  },
  {
    id: 'iam-wildcard-resource',
    severity: 'error',
    remedy: 'Name the resources that are meant',
    findings: (template) =>
      each(allowances(template), ({ id, actions, resources }) => {
        const bound = actions.filter((action) => !UNBOUND.has(action));
        if (bound.length === 0 || !resources.includes('*')) return undefined;
        return { id, message: `It allows ${bound.join(', ')} on every resource of the account` };
      }),
  },
  {
    id: 'iam-broad-policy',
    severity: 'error',
    remedy: 'Write a policy with the actions that are needed',
    findings: (template) =>
      ofType(template, 'AWS::IAM::Role').flatMap(([id, { ManagedPolicyArns }]) =>
        listOf(ManagedPolicyArns)
          .map((arn) => textsIn(arn).join(''))
          .filter((arn) => /(?:FullAccess|AdministratorAccess|PowerUserAccess)$/.test(arn))
          .map((arn) => ({ id, message: `The role has ${arn.split('/').at(-1)}` })),
      ),
  },
];
