import type { Tag } from '@aws-sdk/client-ecs';
import { invalid } from './faults.ts';

/** Tags as a caller may set them: at most fifty, unique keys, no `aws:` prefix (CloudFormation's own tags pass). */
export function checkedTags(tags: readonly Tag[] | undefined, { system = false } = {}): Tag[] {
  const checked = (tags ?? []).map(({ key, value }) => ({ key: key ?? '', value: value ?? '' }));
  if (checked.length > 50 && !system) throw invalid('The number of tags cannot be more than 50.');
  for (const { key } of checked) {
    if (key === '' || key.length > 128) throw invalid('Tag key must be between 1 and 128 characters.');
  }
  if (new Set(checked.map(({ key }) => key)).size < checked.length)
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  return checked;
}

export function mergedTags(before: readonly Tag[], changes: readonly Tag[]): Tag[] {
  const byKey = new Map([...before, ...changes].map((tag) => [tag.key, tag]));
  return [...byKey.values()];
}
