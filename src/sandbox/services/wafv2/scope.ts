import type { Scope } from '../../kernel/scope.ts';
import { invalid } from './faults.ts';

/** CLOUDFRONT is asked for in us-east-1 and nowhere else (F-120): https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html */
export function checkScope(scope: string | undefined, { region }: Scope): void {
  if (scope === 'REGIONAL' || (scope === 'CLOUDFRONT' && region === 'us-east-1')) return;
  throw invalid('The scope is not valid.', 'SCOPE_VALUE', String(scope));
}

const segmentOf = (scope: string): string => (scope === 'CLOUDFRONT' ? 'global' : 'regional');

export const arnOf = (
  kind: 'webacl' | 'ipset',
  { name, id, scope }: { name: string; id: string; scope: string },
  { region, account }: Scope,
): string => `arn:aws:wafv2:${region}:${account}:${segmentOf(scope)}/${kind}/${name}/${id}`;
