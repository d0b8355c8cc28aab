import { Construct } from 'constructs';
import { ecr } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import type { RepositorySettings } from '../settings.ts';

/** An image repository: scanned, encrypted, and never emptied of what a release names. */
export class Repository extends Construct {
  readonly uri: string;

  constructor(
    scope: Construct,
    id: string,
    { name, expireUntaggedDays, onDelete }: RepositorySettings & { name: string },
  ) {
    super(scope, id);
    const repository = new ecr.CfnRepository(this, 'Repository', {
      repositoryName: name,
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256' },
      // Tags are labels for people: deployments name digests, so a tag may move.
      imageTagMutability: 'MUTABLE',
      lifecyclePolicy: { lifecyclePolicyText: JSON.stringify({ rules: [expireUntagged(expireUntaggedDays)] }) },
      emptyOnDelete: onDelete === 'destroy',
    });
    leave(repository, onDelete);
    this.uri = repository.attrRepositoryUri;
  }
}

/** Tagged images, every release among them, are no lifecycle rule's business (F-43). */
const expireUntagged = (days: number) => ({
  rulePriority: 1,
  description: `untagged images go after ${days} days`,
  selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: days },
  action: { type: 'expire' },
});
