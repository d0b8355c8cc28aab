import type { DescribeTaskDefinitionCommandInput, DescribeTaskDefinitionCommandOutput } from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { refused } from '../faults.ts';
import { newestActive } from '../lookups.ts';
import { lastPart } from '../names.ts';
import { taskDefinitions } from '../state.ts';
import { shown } from '../stored.ts';

export const describeTaskDefinition: Operation<
  DescribeTaskDefinitionCommandInput,
  Answer<DescribeTaskDefinitionCommandOutput>
> = ({ taskDefinition, include }, call) => {
  const name = lastPart(taskDefinition ?? '');
  const row = name.includes(':') ? taskDefinitions.in(call).get(name) : newestActive(call, name);
  if (!row) throw refused('Unable to describe task definition.');
  return { taskDefinition: shown(row.definition), tags: include?.includes('TAGS') ? row.tags : [] };
};
