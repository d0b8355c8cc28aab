import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { missing } from './faults.ts';
import { listeners, loadBalancers, rules, tags, targetGroups } from './state.ts';

const LIMIT = 50;

export const tagsOf = (scope: Scope, arn: string): Tag[] => [...(tags.in(scope).get(arn)?.tags ?? [])];

/** Sets tags, keeping those under other keys. Keys of AWS's own are allowed here: CloudFormation sets them. */
export function putTags(scope: Scope, arn: string, added: readonly Tag[] = []): void {
  const merged = new Map(tagsOf(scope, arn).map((tag) => [tag.Key, tag]));
  for (const { Key, Value } of added) merged.set(Key, { Key, Value: Value ?? '' });
  if ([...merged.keys()].filter((key) => !key?.startsWith('aws:')).length > LIMIT) {
    throw new AwsFault('TooManyTags', 'Maximum number of tags exceeded');
  }
  tags.in(scope).put(arn, { tags: [...merged.values()] });
}

/** Tags that a client may set: no key twice, none of AWS's own. */
export function validTags(wanted: readonly Tag[] = []): readonly Tag[] {
  const keys = wanted.map(({ Key }) => Key ?? '');
  if (new Set(keys).size < keys.length) throw new AwsFault('DuplicateTagKeys', 'Tag keys must be unique');
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw new AwsFault('ValidationError', "Tag keys cannot start with 'aws:'");
  }
  return wanted;
}

/** Throws what EC2's sister says of an ARN of nothing. */
export function requireTaggable(scope: Scope, arn: string): void {
  if (arn.includes(':loadbalancer/') && !loadBalancers.in(scope).has(arn)) throw missing.loadBalancer();
  if (arn.includes(':targetgroup/') && !targetGroups.in(scope).has(arn)) throw missing.targetGroup();
  if (arn.includes(':listener/') && !listeners.in(scope).has(arn)) throw missing.listener();
  if (arn.includes(':listener-rule/') && !rules.in(scope).has(arn)) throw missing.rule();
  if (!/:(loadbalancer|targetgroup|listener|listener-rule)\//.test(arn)) {
    throw new AwsFault('ValidationError', `'${arn}' is not a valid resource ARN`);
  }
}
