import { expect, it } from 'vitest';
import { sampleSettings } from '../testing/sample-settings.ts';
import { resourcesOf, synthesize } from '../testing/synthesize.ts';

const repository = (onDelete: 'destroy' | 'retain') =>
  resourcesOf(
    synthesize(
      sampleSettings({ repositories: { 'tango-backend': { services: ['web'], expireUntaggedDays: 30, onDelete } } }),
    ).templates.images,
    'AWS::ECR::Repository',
  )[0];

it('a repository is scanned, encrypted and kept (S2-37, S3-36)', () => {
  expect(repository('retain')).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      RepositoryName: 'tango-backend',
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'AES256' },
      EmptyOnDelete: false,
    },
  });
});

it('a repository of a sandbox goes with its images', () => {
  expect(repository('destroy')).toMatchObject({ DeletionPolicy: 'Delete', Properties: { EmptyOnDelete: true } });
});

it('the lifecycle spares every tagged image, and so every release (F-43)', () => {
  const { rules } = JSON.parse(repository('retain').Properties.LifecyclePolicy.LifecyclePolicyText);
  expect(rules).toHaveLength(1);
  expect(rules[0].selection).toEqual({
    tagStatus: 'untagged',
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: 30,
  });
});
