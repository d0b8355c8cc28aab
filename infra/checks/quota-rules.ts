import { type Finding, type Json, listOf, ofType, statementsOf, type Template, type TemplateRule } from './template.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const COUNTS = { Resources: 500, Outputs: 200, Parameters: 200, Mappings: 200 };
/** Of a template in S3, in bytes. */
const TEMPLATE_BYTES = 1_000_000;

const bytes = (value: Json): number => Buffer.byteLength(JSON.stringify(value) ?? '');
const over = (id: string, what: string, found: number, most: number): Finding[] =>
  found > most ? [{ id, message: `${what}: ${found}, and AWS takes ${most}` }] : [];

/** Sizes that nobody can have raised, of one resource each. */
const MEASURES: readonly ((template: Template) => Finding[])[] = [
  // 4 KB for all variables of a function: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  (template) =>
    ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Environment }]) =>
      over(id, 'Bytes of environment variables', bytes(Environment?.Variables ?? {}), 4096),
    ),
  // 64 KB: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
  (template) =>
    ofType(template, 'AWS::ECS::TaskDefinition').flatMap(([id, properties]) =>
      over(id, 'Bytes of the task definition', bytes(properties), 65_536),
    ),
  // Characters without white space, of all inline policies of a role together:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  (template) =>
    ofType(template, 'AWS::IAM::Role').flatMap(([id, { Policies }]) =>
      over(id, 'Characters of inline policies', inlineSize(template, id, listOf(Policies)), 10_240),
    ),
  (template) =>
    ofType(template, 'AWS::IAM::ManagedPolicy').flatMap(([id, { PolicyDocument }]) =>
      over(id, 'Characters of the policy', bytes(PolicyDocument), 6144),
    ),
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html: 10 KB for a function
  (template) =>
    ofType(template, 'AWS::CloudFront::Function').flatMap(([id, { FunctionCode }]) =>
      typeof FunctionCode === 'string' ? over(id, 'Bytes of code', Buffer.byteLength(FunctionCode), 10_240) : [],
    ),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html: 500 widgets for a dashboard
  (template) =>
    ofType(template, 'AWS::CloudWatch::Dashboard').flatMap(([id, { DashboardBody }]) =>
      over(id, 'Widgets', JSON.stringify(DashboardBody ?? '').split('\\"properties\\"').length - 1, 500),
    ),
];

/** A policy of its own counts where it names the role. */
const inlineSize = (template: Template, role: string, own: readonly Json[]): number =>
  [
    ...own.map(({ PolicyDocument }) => PolicyDocument),
    ...ofType(template, 'AWS::IAM::Policy')
      .filter(([, { Roles }]) => listOf(Roles).some(({ Ref }) => Ref === role))
      .map(([, { PolicyDocument }]) => PolicyDocument),
    ...ofType(template, 'AWS::IAM::RolePolicy')
      .filter(([, { RoleName }]) => RoleName?.Ref === role)
      .map(([, { PolicyDocument }]) => PolicyDocument),
  ].reduce((sum, document) => sum + (statementsOf(document).length > 0 ? bytes(document) : 0), 0);

/** Quotas that nobody can have raised. Those of an account are asked for before a deployment. */
export const QUOTA_RULES: readonly TemplateRule[] = [
  {
    id: 'template-limits',
    title: 'Templates fit into what CloudFormation takes',
    severity: 'error',
    remedy:
      'Make less of it: switch presets of alarms off (observability.presets), or divide the application: a project of its own for some of its services, in the same network (shared)',
    documentation: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
    findings: (template) => [
      ...Object.entries(COUNTS).flatMap(([part, limit]) => {
        const count = Object.keys(template[part as keyof Template] ?? {}).length;
        return count > limit
          ? [
              {
                id: part,
                message: `The stack would have ${count} ${part.toLowerCase()}, and CloudFormation allows ${limit}`,
              },
            ]
          : [];
      }),
      ...over('Resources', 'Bytes of the template', bytes(template), TEMPLATE_BYTES),
    ],
  },
  {
    id: 'resource-size',
    title: 'Resources are no larger than AWS takes them',
    severity: 'error',
    remedy: 'Divide it, or name less',
    documentation: 'https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html',
    findings: (template) => MEASURES.flatMap((measure) => measure(template)),
  },
];
