import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Tag,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { clusterNotFound, invalid, serviceNotFound, taskDefinitionNotFound, taskNotFound } from '../faults.ts';
import { clusters, services, taskDefinitions, tasks } from '../state.ts';
import { checkedTags, mergedTags } from '../tags.ts';

interface Tagged {
  tags: readonly Tag[];
  set(tags: Tag[]): void;
}

/** Where the tags of a cluster, service, task or task definition are kept. Throws that thing's own not-found. */
function taggedAt(call: Call, arn: string | undefined): Tagged {
  const [, type, name] = /:ecs:[^:]*:\d*:([a-z-]+)\/(.+)$/.exec(arn ?? '') ?? [];
  if (!name) throw invalid('Invalid resource ARN.');
  const within = <T>(
    row: T | undefined,
    missing: () => Error,
    tags: (row: T) => readonly Tag[],
    set: (tags: Tag[]) => void,
  ) => {
    if (!row) throw missing();
    return { tags: tags(row), set };
  };
  switch (type) {
    case 'cluster': {
      const table = clusters.in(call);
      return within(
        table.get(name),
        clusterNotFound,
        (row) => row.tags ?? [],
        (tags) =>
          void table.update(name, (draft) => {
            draft.tags = tags;
          }),
      );
    }
    case 'service': {
      const table = services.in(call);
      return within(
        table.get(name),
        serviceNotFound,
        (row) => row.tags,
        (tags) =>
          void table.update(name, (draft) => {
            draft.tags = tags;
          }),
      );
    }
    case 'task': {
      const table = tasks.in(call);
      return within(
        table.get(name),
        taskNotFound,
        (row) => row.task.tags ?? [],
        (tags) =>
          void table.update(name, (draft) => {
            draft.task.tags = tags;
          }),
      );
    }
    case 'task-definition': {
      const table = taskDefinitions.in(call);
      return within(
        table.get(name),
        taskDefinitionNotFound,
        (row) => row.tags,
        (tags) =>
          void table.update(name, (draft) => {
            draft.tags = tags;
          }),
      );
    }
    default:
      throw invalid('The specified resource cannot be tagged.');
  }
}

export const tagResource: Operation<TagResourceCommandInput, Answer<TagResourceCommandOutput>> = (
  { resourceArn, tags },
  call,
) => {
  const tagged = taggedAt(call, resourceArn);
  tagged.set(checkedTags(mergedTags(tagged.tags, checkedTags(tags, { system: true })), { system: true }));
  return {};
};

export const untagResource: Operation<UntagResourceCommandInput, Answer<UntagResourceCommandOutput>> = (
  { resourceArn, tagKeys },
  call,
) => {
  const tagged = taggedAt(call, resourceArn);
  tagged.set(tagged.tags.filter(({ key }) => !tagKeys?.includes(key ?? '')));
  return {};
};

export const listTagsForResource: Operation<
  ListTagsForResourceCommandInput,
  Answer<ListTagsForResourceCommandOutput>
> = ({ resourceArn }, call) => ({ tags: [...taggedAt(call, resourceArn).tags] });
