/** One thing that is wrong with what the user wrote, found together with all the others. */
export interface Problem {
  /** Stable id of the rule that was broken: `fargate-size`. Absent when the file cannot be read as YAML. */
  rule?: string;
  /** Its entry in docs/failures.md, where the rule is named otherwise. */
  failure?: string;
  severity: 'error' | 'warning';
  /** Who says so; absent: a rule of the configuration. */
  source?: 'platform' | 'cloudformation' | 'cdk-nag' | 'cfn-lint' | 'cfn-guard';
  /** Where it is explained. */
  documentation?: string;
  /** Dotted path of the value, `services.web.memory`; empty for the file as a whole. */
  path: string;
  /** The environment that has the problem, or several (`dev, staging`); absent when it is the same in each. */
  environment?: string;
  file?: string;
  /** One-based, as editors count. */
  line?: number;
  column?: number;
  message: string;
  remedy: string;
  /** What it was read from, where that is AWS: the call, the field, and what stood there. */
  evidence?: readonly { readonly call: string; readonly read: string; readonly value: string }[];
  /** The written reason for which this problem is accepted. */
  waived?: string;
}

/** What keeps something from being done, by the rule or the failure that it is. */
export const blocking = (rule: string, message: string, remedy: string, path: string): Problem => ({
  rule,
  severity: 'error',
  path,
  message,
  remedy,
});
