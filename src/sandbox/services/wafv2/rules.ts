import type { Rule, Statement } from '@aws-sdk/client-wafv2';
import type { Scope } from '../../kernel/scope.ts';
import { invalid, limitExceeded, nonexistent } from './faults.ts';
import { ipSets } from './state.ts';

/**
 * Capacity of managed groups: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const MANAGED_GROUPS: Readonly<Record<string, number>> = {
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesWordPressRuleSet: 100,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesBotControlRuleSet: 50,
};

/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const CAPACITY = 5000;

/** Throws what WAF says of rules that cannot be; answers with the capacity that they take. */
export function checkRules(rules: readonly Rule[], scope: Scope): number {
  const names = new Set<string>();
  const priorities = new Set<number>();
  let capacity = 0;
  for (const { Name = '', Priority = 0, Statement, Action, OverrideAction } of rules) {
    if (names.has(Name)) throw invalid('You have used the same name more than once.', 'RULE', Name);
    if (priorities.has(Priority))
      throw invalid('You have used the same priority more than once.', 'PRIORITY', String(Priority));
    names.add(Name);
    priorities.add(Priority);
    const isGroup = Statement?.ManagedRuleGroupStatement !== undefined;
    // A group brings its actions along; a rule of one's own needs one.
    if (
      isGroup
        ? Action !== undefined || OverrideAction === undefined
        : Action === undefined || OverrideAction !== undefined
    )
      throw invalid(
        'You have used none or multiple values for a field that requires exactly one value.',
        'RULE',
        'Rule',
      );
    capacity += statementCapacity(Statement, scope);
  }
  if (capacity > CAPACITY) throw limitExceeded();
  return capacity;
}

function statementCapacity(statement: Statement | undefined, scope: Scope): number {
  const given = Object.entries(statement ?? {}).filter(([, value]) => value !== undefined && value !== null);
  const [kind, value] = given[0] ?? [];
  if (given.length !== 1 || kind === undefined)
    throw invalid(
      'You have used none or multiple values for a field that requires exactly one value.',
      'STATEMENT',
      'Statement',
    );
  switch (kind) {
    case 'ManagedRuleGroupStatement': {
      const { VendorName, Name } = statement!.ManagedRuleGroupStatement!;
      const capacity = VendorName === 'AWS' ? MANAGED_GROUPS[Name!] : undefined;
      if (capacity === undefined) throw nonexistent();
      return capacity;
    }
    case 'RateBasedStatement': {
      const { Limit, ScopeDownStatement } = statement!.RateBasedStatement!;
      if (!(Limit! >= 10 && Limit! <= 2_000_000_000))
        throw invalid('The rate limit is out of range.', 'RATE_BASED_STATEMENT', String(Limit));
      return 2 + (ScopeDownStatement ? statementCapacity(ScopeDownStatement, scope) : 0);
    }
    case 'AndStatement':
    case 'OrStatement': {
      const { Statements = [] } = value as { Statements?: Statement[] };
      if (Statements.length < 2)
        throw invalid(
          'You have to give two statements or more.',
          kind === 'AndStatement' ? 'AND_STATEMENT' : 'OR_STATEMENT',
          kind,
        );
      return Statements.reduce((sum, one) => sum + statementCapacity(one, scope), 0);
    }
    case 'NotStatement':
      return statementCapacity(statement!.NotStatement!.Statement, scope);
    case 'IPSetReferenceStatement':
      if (!ipSets.in(scope).has(statement!.IPSetReferenceStatement!.ARN!)) throw nonexistent();
      return 1;
    case 'ByteMatchStatement': {
      const { SearchString, FieldToMatch, TextTransformations = [] } = statement!.ByteMatchStatement!;
      if (!SearchString || SearchString.length === 0 || SearchString.length > 200)
        throw invalid('The search string is not valid.', 'BYTE_MATCH_STATEMENT', 'SearchString');
      if (!FieldToMatch || TextTransformations.length === 0)
        throw invalid('The statement is not whole.', 'BYTE_MATCH_STATEMENT', 'FieldToMatch');
      return 2 + (TextTransformations.some(({ Type }) => Type !== 'NONE') ? 10 : 0);
    }
    default:
      return 1;
  }
}
