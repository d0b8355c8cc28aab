import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { core, logs, waf } from '../aws-cdk.ts';
import { ORIGIN_VERIFY_RULE } from '../origin-rule.ts';
import { ORIGIN_VERIFY_HEADER, resolvedSecret } from '../origin-verify.ts';

export interface WebAclProps {
  /** CLOUDFRONT exists in us-east-1 only (F-120). */
  scope: 'CLOUDFRONT' | 'REGIONAL';
  /** False: no rule of ours but the check of the header. */
  rules: false | { ratePer5Min: number };
  /** ARNs of the secrets of which a request has to bring one; none: it may come from anywhere. */
  originSecrets?: readonly string[];
  /** Name of the log group: it has to begin with `aws-waf-logs-`. */
  logGroupName: string;
}

/** Ninety days, and they stay when the firewall goes: who was turned away is asked after the fact. */
const LOG_DAYS = 90;

/** A web application firewall: who sends too much, who is known for no good, what no honest request looks like. */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { scope: of, rules, originSecrets = [], logGroupName }: WebAclProps) {
    super(scope, id);
    const all = [
      ...(originSecrets.length > 0 ? [verify(originSecrets)] : []),
      ...(rules ? [...counted(rules.ratePer5Min, originSecrets), ...GROUPS.map(managed)] : []),
    ];
    const acl = new waf.CfnWebACL(this, 'Acl', {
      scope: of,
      defaultAction: { allow: {} },
      visibilityConfig: visible('requests'),
      rules: all.map((rule, priority) => ({ ...rule, priority })),
    });
    this.arn = acl.attrArn;

    const group = new logs.CfnLogGroup(this, 'Log', { logGroupName, retentionInDays: LOG_DAYS });
    group.cfnOptions.deletionPolicy = core.CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    group.cfnOptions.updateReplacePolicy = core.CfnDeletionPolicy.RETAIN;
    const stack = core.Stack.of(this);
    const logging = new waf.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        `arn:${core.Aws.PARTITION}:logs:${stack.region}:${stack.account}:log-group:${logGroupName}`,
      ],
      // The header is a key to the load balancer.
      redactedFields: [{ singleHeader: { Name: ORIGIN_VERIFY_HEADER.toLowerCase() } }],
    });
    logging.addDependency(group);
  }
}

type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>;

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});

/**
 * Where only CloudFront is let in, the addresses here are its own, each of them of thousands of people: who sends too
 * much is told before it, by the firewall of the sites. The header with theirs can be made up by whoever asks.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html
 */
const counted = (limit: number, secrets: readonly string[]): Rule[] => (secrets.length > 0 ? [] : [rate(limit)]);

const rate = (limit: number): Rule => ({
  name: 'rate',
  action: { block: {} },
  statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
  visibilityConfig: visible('rate'),
});

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const GROUPS = [
  { name: 'AWSManagedRulesAmazonIpReputationList', metric: 'reputation', counted: [] },
  // It refuses every body beyond 8 KB, which is an upload more often than an attack: counted only.
  { name: 'AWSManagedRulesCommonRuleSet', metric: 'common', counted: ['SizeRestrictions_BODY'] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', metric: 'known-bad-inputs', counted: [] },
] as const;

const managed = ({ name, metric, counted }: (typeof GROUPS)[number]): Rule => ({
  name: metric,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ...(counted.length > 0
        ? { ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) }
        : {}),
    },
  },
  visibilityConfig: visible(metric),
});

/** Turns away what does not come through CloudFront: it brings none of the secrets. */
function verify(secrets: readonly string[]): Rule {
  const matches = secrets.map((arn) => ({
    byteMatchStatement: {
      searchString: resolvedSecret(arn),
      fieldToMatch: { singleHeader: { Name: ORIGIN_VERIFY_HEADER.toLowerCase() } },
      positionalConstraint: 'EXACTLY',
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  }));
  const one = matches.length === 1 ? matches[0]! : { orStatement: { statements: matches } };
  return {
    name: ORIGIN_VERIFY_RULE,
    action: { block: {} },
    statement: { notStatement: { statement: one } },
    visibilityConfig: visible(ORIGIN_VERIFY_RULE),
  };
}
