import type { Project } from '../../config/project.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { BringAccountInput } from './bring-account.ts';

/** Whose pipelines deploy, with the numbers that were given. */
export function pipelineRepository(
  { provider, repository }: Project['delivery'],
  { ownerId, repositoryId }: { ownerId: string | undefined; repositoryId: string | undefined },
): BringAccountInput {
  if (provider !== 'github' || repository === undefined) throw noPipeline();
  if ((ownerId === undefined) !== (repositoryId === undefined)) throw halfKnown();
  return {
    repository,
    ...(ownerId !== undefined && repositoryId !== undefined
      ? { ids: { owner: ownerId, repository: repositoryId } }
      : {}),
  };
}

const noPipeline = () =>
  new PlatformError({
    id: 'ci-no-repository',
    kind: 'usage',
    message: 'platform.yaml does not say which repository deploys',
    remedy: 'write delivery: { provider: github, repository: OWNER/REPOSITORY }',
  });

const halfKnown = () =>
  new PlatformError({
    id: 'ci-one-id',
    kind: 'usage',
    message: 'Only one of --owner-id and --repository-id was given',
    remedy: "gh api repos/OWNER/REPOSITORY --jq '.owner.id, .id' prints both",
  });
