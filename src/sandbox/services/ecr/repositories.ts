import type { Repository } from '@aws-sdk/client-ecr';
import type { Scope } from '../../kernel/scope.ts';
import { invalidParameter, repositoryNotFound } from './faults.ts';
import { type RepositoryRow, repositories } from './state.ts';

const NAME = '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*';

export function checkedName(name: string | undefined): string {
  if (!name || name.length < 2 || name.length > 256 || !new RegExp(`^${NAME}$`).test(name))
    throw invalidParameter('repositoryName', `must satisfy regular expression '${NAME}'`);
  return name;
}

/** The repository, or RepositoryNotFoundException. */
export function repositoryOf(scope: Scope, name: string | undefined): RepositoryRow {
  const row = repositories.in(scope).get(name ?? '');
  if (!row) throw repositoryNotFound(name ?? '', scope);
  return row;
}

export const repositoryArn = ({ account, region }: Scope, name: string): string =>
  `arn:aws:ecr:${region}:${account}:repository/${name}`;

/** As on AWS: what a client pushes to on this machine is the registry endpoint of GetAuthorizationToken. */
export const repositoryUri = ({ account, region }: Scope, name: string): string =>
  `${account}.dkr.ecr.${region}.amazonaws.com/${name}`;

export function repositoryAnswer(scope: Scope, row: RepositoryRow): Repository {
  return {
    repositoryArn: repositoryArn(scope, row.repositoryName),
    registryId: scope.account,
    repositoryName: row.repositoryName,
    repositoryUri: repositoryUri(scope, row.repositoryName),
    createdAt: new Date(row.createdAt),
    imageTagMutability: row.imageTagMutability,
    ...(row.exclusions.length > 0
      ? {
          imageTagMutabilityExclusionFilters: row.exclusions.map((filter) => ({
            filterType: 'WILDCARD' as const,
            filter,
          })),
        }
      : {}),
    imageScanningConfiguration: { scanOnPush: row.scanOnPush },
    encryptionConfiguration: row.encryption,
  };
}
