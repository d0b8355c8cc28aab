import type { DefaultAction, Rule, VisibilityConfig } from '@aws-sdk/client-wafv2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { distributions } from '../cloudfront/state.ts';
import { violation } from '../constraints.ts';
import { invalid } from './faults.ts';
import { associations, type WebAclRow } from './state.ts';

export interface WebAclSettings {
  Name?: string | undefined;
  Scope?: string | undefined;
  DefaultAction?: DefaultAction | undefined;
  VisibilityConfig?: VisibilityConfig | undefined;
  Rules?: Rule[] | undefined;
}

export const NAME = { required: true, length: [1, 128], pattern: '^[\\w\\-]+$' } as const;

export function requireValid(...members: Parameters<typeof violation>[0]): void {
  const complaint = violation(members);
  if (complaint) throw new AwsFault('ValidationException', complaint);
}

export function checkSettings({ Name, DefaultAction, VisibilityConfig }: WebAclSettings): void {
  requireValid(
    ['name', Name, NAME],
    ['defaultAction', DefaultAction, { required: true }],
    ['visibilityConfig', VisibilityConfig, { required: true }],
  );
  if ((DefaultAction!.Allow === undefined) === (DefaultAction!.Block === undefined))
    throw invalid(
      'You have used none or multiple values for a field that requires exactly one value.',
      'DEFAULT_ACTION',
      'DefaultAction',
    );
}

/** ARNs of what a web ACL protects: load balancers and the like, or distributions. */
export function protectedBy({ arn, scope }: WebAclRow, at: Scope): string[] {
  if (scope === 'CLOUDFRONT')
    return distributions
      .in(at)
      .values()
      .filter(({ config }) => config.WebACLId === arn)
      .map((row) => row.arn);
  return associations
    .in(at)
    .values()
    .filter(({ webAcl }) => webAcl === arn)
    .map(({ resource }) => resource);
}
