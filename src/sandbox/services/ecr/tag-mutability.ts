import type { ImageTagMutability, ImageTagMutabilityExclusionFilter } from '@aws-sdk/client-ecr';
import { invalidParameter } from './faults.ts';
import type { RepositoryRow } from './state.ts';

const KINDS = ['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION'];

export function checkedMutability(
  mutability: ImageTagMutability = 'MUTABLE',
  filters: readonly ImageTagMutabilityExclusionFilter[] = [],
): Pick<RepositoryRow, 'imageTagMutability' | 'exclusions'> {
  if (!KINDS.includes(mutability))
    throw invalidParameter('imageTagMutability', `Member must satisfy enum value set: [${KINDS.join(', ')}]`);
  if (mutability.endsWith('_WITH_EXCLUSION') !== filters.length > 0)
    throw invalidParameter(
      'imageTagMutabilityExclusionFilters',
      'must be given with, and only with, a mutability WITH_EXCLUSION',
    );
  return { imageTagMutability: mutability, exclusions: filters.map(({ filter }) => filter!) };
}

/** Whether a tag, once it stands for an image, may not be moved to another. */
export function isImmutable({ imageTagMutability, exclusions }: RepositoryRow, tag: string): boolean {
  const excluded = exclusions.some((filter) => wildcard(filter).test(tag));
  return imageTagMutability.startsWith('IMMUTABLE') !== excluded;
}

const wildcard = (filter: string): RegExp =>
  new RegExp(`^${filter.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
