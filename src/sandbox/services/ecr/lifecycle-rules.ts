import { invalidParameter } from './faults.ts';

interface Rule {
  rulePriority?: number;
  selection?: {
    tagStatus?: string;
    tagPrefixList?: string[];
    tagPatternList?: string[];
    countType?: string;
    countUnit?: string;
    countNumber?: number;
  };
  action?: { type?: string };
}

/**
 * Throws what PutLifecyclePolicy answers to a policy that is not one.
 * Rules: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function checkLifecyclePolicy(text: string): void {
  const refuse = (why: string) =>
    invalidParameter('LifecyclePolicyText', `Lifecycle policy validation failure: ${why}`);
  let rules: Rule[];
  try {
    rules = (JSON.parse(text) as { rules?: Rule[] }).rules ?? [];
  } catch {
    throw refuse('Could not map policyString into LifecyclePolicy.');
  }
  if (!Array.isArray(rules) || rules.length === 0) throw refuse('rules must not be empty');
  if (rules.length > 50) throw refuse('there can be at most 50 rules');
  const priorities = rules.map(({ rulePriority }) => rulePriority);
  if (priorities.some((priority) => !Number.isInteger(priority) || priority! < 1))
    throw refuse('rulePriority is missing');
  if (new Set(priorities).size < priorities.length) throw refuse('rulePriority must be unique');
  for (const { selection = {}, action, rulePriority } of rules) {
    const { tagStatus, tagPrefixList, tagPatternList, countType, countUnit, countNumber } = selection;
    const listed = Boolean(tagPrefixList?.length || tagPatternList?.length);
    if (!['tagged', 'untagged', 'any'].includes(tagStatus ?? ''))
      throw refuse('tagStatus must be tagged, untagged or any');
    if ((tagStatus === 'tagged') !== listed)
      throw refuse('a tag prefix or pattern list is needed with, and only with, tagStatus tagged');
    if (tagStatus === 'any' && rulePriority !== Math.max(...(priorities as number[])))
      throw refuse('a rule with tagStatus any must have the highest rulePriority');
    if (
      !['imageCountMoreThan', 'sinceImagePushed', 'sinceImagePulled', 'sinceImageTransitioned'].includes(
        countType ?? '',
      )
    )
      throw refuse('countType is not known');
    if ((countType !== 'imageCountMoreThan') !== (countUnit === 'days'))
      throw refuse('countUnit days is needed with, and only with, a countType of time');
    if (!Number.isInteger(countNumber) || countNumber! < 1) throw refuse('countNumber must be at least 1');
    if (!['expire', 'transition'].includes(action?.type ?? '')) throw refuse('action type is not known');
  }
}
