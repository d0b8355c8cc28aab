import type { Scope } from '../../../kernel/scope.ts';
import type { Deployment, StackRow } from '../state.ts';
import type { Json } from '../template/template.ts';

export function pseudoValues(
  { account, region }: Scope,
  { id, name }: Pick<StackRow, 'id' | 'name'>,
  { notificationArns }: Pick<Deployment, 'notificationArns'>,
): Record<string, Json> {
  return {
    'AWS::AccountId': account,
    'AWS::NotificationARNs': notificationArns,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': id,
    'AWS::StackName': name,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

/** Zones have letters; which of them an account sees does not matter to a template that only takes the first few. */
export const zonesOf = (region: string): string[] => ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
