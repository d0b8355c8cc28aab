import type {
  ListTaskDefinitionFamiliesCommandInput,
  ListTaskDefinitionFamiliesCommandOutput,
  ListTaskDefinitionsCommandInput,
  ListTaskDefinitionsCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { listPage } from '../list-page.ts';
import { taskDefinitions } from '../state.ts';

export const listTaskDefinitions: Operation<
  ListTaskDefinitionsCommandInput,
  Answer<ListTaskDefinitionsCommandOutput>
> = ({ familyPrefix, status, sort, maxResults, nextToken }, call) => {
  const found = taskDefinitions
    .in(call)
    .values()
    .map(({ definition }) => definition)
    .filter(({ family }) => familyPrefix === undefined || family === familyPrefix)
    .filter((definition) => definition.status === (status ?? 'ACTIVE'))
    .sort((one, other) =>
      one.family === other.family ? one.revision - other.revision : one.family < other.family ? -1 : 1,
    );
  if (sort === 'DESC') found.reverse();
  const { items, ...rest } = listPage(found, { maxResults, nextToken });
  return { taskDefinitionArns: items.map(({ taskDefinitionArn }) => taskDefinitionArn), ...rest };
};

/** A family is ACTIVE while one of its revisions is. */
export const listTaskDefinitionFamilies: Operation<
  ListTaskDefinitionFamiliesCommandInput,
  Answer<ListTaskDefinitionFamiliesCommandOutput>
> = ({ familyPrefix = '', status = 'ACTIVE', maxResults, nextToken }, call) => {
  const activeByFamily = new Map<string, boolean>();
  for (const { definition } of taskDefinitions.in(call).values()) {
    const active = activeByFamily.get(definition.family) || definition.status === 'ACTIVE';
    activeByFamily.set(definition.family, active);
  }
  const found = [...activeByFamily]
    .filter(
      ([family, active]) => family.startsWith(familyPrefix) && (status === 'ALL' || active === (status === 'ACTIVE')),
    )
    .map(([family]) => family)
    .sort();
  const { items, ...rest } = listPage(found, { maxResults, nextToken });
  return { families: items, ...rest };
};
