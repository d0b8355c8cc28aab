import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-ecr';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalidParameter } from '../faults.ts';
import { repositoryOf } from '../repositories.ts';
import { type RepositoryRow, repositories } from '../state.ts';

function taggedRepository(call: Call, arn = ''): RepositoryRow {
  const name = /^arn:aws[a-z-]*:ecr:[^:]*:\d*:repository\/(.+)$/.exec(arn)?.[1];
  if (!name) throw invalidParameter('resourceArn', 'Invalid ARN');
  return repositoryOf(call, name);
}

export const tagResource: Operation<TagResourceCommandInput, Answer<TagResourceCommandOutput>> = (
  { resourceArn, tags = [] },
  call,
) => {
  const { repositoryName, tags: before } = taggedRepository(call, resourceArn);
  const byKey = new Map([...before, ...tags].map(({ Key, Value }) => [Key!, { Key: Key!, Value: Value ?? '' }]));
  repositories.in(call).update(repositoryName, (draft) => {
    draft.tags = [...byKey.values()];
  });
  return {};
};

export const untagResource: Operation<UntagResourceCommandInput, Answer<UntagResourceCommandOutput>> = (
  { resourceArn, tagKeys = [] },
  call,
) => {
  const { repositoryName } = taggedRepository(call, resourceArn);
  repositories.in(call).update(repositoryName, (draft) => {
    draft.tags = draft.tags.filter(({ Key }) => !tagKeys.includes(Key));
  });
  return {};
};

export const listTagsForResource: Operation<
  ListTagsForResourceCommandInput,
  Answer<ListTagsForResourceCommandOutput>
> = ({ resourceArn }, call) => ({ tags: [...taggedRepository(call, resourceArn).tags] });
