import { Construct } from 'constructs';
import { iam } from '../aws-cdk.ts';
import type { FunctionSettings } from '../function-settings.ts';
import { grantsFor, secretOf, TRACE_GRANT } from '../grants.ts';
import type { Links } from '../links.ts';
import { pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import { allow, type Grant, trust } from '../policy.ts';
import { rotationGrants } from '../rotation-grants.ts';
import type { Use } from '../setting-values.ts';
import type { AppSettings } from '../settings.ts';

export interface FunctionRoleProps {
  links: Links;
  settings: AppSettings;
  fn: FunctionSettings;
  logGroupArn: string;
  /** Absent: nothing is kept that nobody could handle. */
  deadLettersArn?: string;
  inVpc: boolean;
  /** Rights beside those that its settings stand for. */
  grants: readonly [string, Grant[]][];
}

/** The one role of a function: what its `uses` stand for, its trigger, its logs, and nothing else (S2-87, S4-160). */
export class FunctionRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FunctionRoleProps) {
    super(scope, id);
    const { links, settings, fn, logGroupArn, deadLettersArn, inVpc, grants } = props;
    const policies: [string, Grant[]][] = [
      ['Log', [{ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] }]],
      ...fn.uses.map((use): [string, Grant[]] => [
        `Use${pascal(use.kind)}${pascal(use.name)}`,
        [...grantsFor(links, settings, use), ...urlGrants(links, settings, use)],
      ]),
      ...grants,
    ];
    if (fn.rotation) policies.push(['Rotation', rotationGrants(links, settings, fn.rotation)]);
    if (fn.trigger?.on === 'queue') policies.push(['Receive', [receive(links, fn.trigger.queue)]]);
    if (deadLettersArn) policies.push(['SetAside', [{ actions: ['sqs:SendMessage'], resources: [deadLettersArn] }]]);
    if (inVpc) policies.push(['Network', [NETWORK_GRANT]]);
    if (settings.observability.tracing) policies.push(['Trace', [TRACE_GRANT]]);

    this.arn = new iam.CfnRole(this, 'Role', {
      assumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      policies: policies.map(([policyName, grants]) => ({ policyName, policyDocument: allow(grants) })),
    }).attrArn;
  }
}

/** ECS hands the URL over itself; a function reads its secret. */
function urlGrants(links: Links, settings: AppSettings, { kind, name }: Use): Grant[] {
  if (kind !== 'database' || !settings.databases[name]?.credentials.urlSecretName) return [];
  const url = secretOf(links, settings, { from: 'database', database: name, key: 'url' });
  return [{ actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], resources: [url] }];
}

/** What an event source mapping does in the function's name: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const receive = (links: Links, queue: string): Grant => ({
  actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
  resources: [links.from('messaging', outputs.messaging.queueArn(queue))],
});

/**
 * The actions of AWS's own AWSLambdaENIManagementAccess, on every resource as there: the interfaces have no ARN before
 * Lambda makes them. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const NETWORK_GRANT: Grant = {
  actions: [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
};
