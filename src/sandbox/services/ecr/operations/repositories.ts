import type {
  DeleteRepositoryCommandInput,
  DeleteRepositoryCommandOutput,
  DescribeRepositoriesCommandInput,
  DescribeRepositoriesCommandOutput,
} from '@aws-sdk/client-ecr';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { repositoryNotEmpty } from '../faults.ts';
import { imagesOf } from '../find-image.ts';
import { listPage } from '../list-page.ts';
import { repositoryAnswer, repositoryOf } from '../repositories.ts';
import { blobs, images, imageTags, repositories } from '../state.ts';

/** Named repositories that are not there refuse the whole call. */
export const describeRepositories: Operation<
  DescribeRepositoriesCommandInput,
  Answer<DescribeRepositoriesCommandOutput>
> = ({ repositoryNames, maxResults, nextToken }, call) => {
  const rows = repositoryNames?.map((name) => repositoryOf(call, name)) ?? repositories.in(call).values();
  const { items, ...rest } = listPage(rows, { maxResults, nextToken });
  return { repositories: items.map((row) => repositoryAnswer(call, row)), ...rest };
};

/** F-142: images keep a repository alive unless `force` is said. */
export const deleteRepository: Operation<DeleteRepositoryCommandInput, Answer<DeleteRepositoryCommandOutput>> = (
  { repositoryName, force },
  call,
) => {
  const row = repositoryOf(call, repositoryName);
  const name = row.repositoryName;
  if (!force && imagesOf(call, name).length > 0) throw repositoryNotEmpty(name, call);
  for (const table of [images.in(call), blobs.in(call)])
    for (const [key] of table.entries()) if (key.startsWith(`${name}@`)) table.delete(key);
  for (const [key] of imageTags.in(call).entries())
    if (key.slice(0, key.lastIndexOf(':')) === name) imageTags.in(call).delete(key);
  repositories.in(call).delete(name);
  return { repository: repositoryAnswer(call, row) };
};
