/** A resource of a bootstrap that has a name of its own: it can be looked for, lost, left behind and taken over. */
export interface BootstrapPart {
  /** What people call it: `deploy-role`. */
  id: string;
  /** In the CDK's template; https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html */
  logicalId: string;
  type: string;
  name: string;
  /** Property that holds the name: what CloudFormation imports it by. */
  identifier: string;
}

const ROLES: readonly [id: string, logicalId: string][] = [
  ['deploy', 'DeploymentActionRole'],
  ['cfn-exec', 'CloudFormationExecutionRole'],
  ['file-publishing', 'FilePublishingRole'],
  ['image-publishing', 'ImagePublishingRole'],
  ['lookup', 'LookupRole'],
];

/** The key of the bucket, where the bootstrap made one: it has no name that could be told beforehand. */
export const KEY_LOGICAL_ID = 'FileAssetsBucketEncryptionKey';

export function bootstrapParts({
  qualifier,
  account,
  region,
}: {
  qualifier: string;
  account: string;
  region: string;
}): BootstrapPart[] {
  const named = (what: string) => `cdk-${qualifier}-${what}-${account}-${region}`;
  return [
    {
      id: 'bucket',
      logicalId: 'StagingBucket',
      type: 'AWS::S3::Bucket',
      name: named('assets'),
      identifier: 'BucketName',
    },
    {
      id: 'repository',
      logicalId: 'ContainerAssetsRepository',
      type: 'AWS::ECR::Repository',
      name: named('container-assets'),
      identifier: 'RepositoryName',
    },
    ...ROLES.map(([id, logicalId]) => ({
      id: `${id}-role`,
      logicalId,
      type: 'AWS::IAM::Role',
      name: named(`${id}-role`),
      identifier: 'RoleName',
    })),
    {
      id: 'version',
      logicalId: 'CdkBootstrapVersion',
      type: 'AWS::SSM::Parameter',
      name: `/cdk-bootstrap/${qualifier}/version`,
      identifier: 'Name',
    },
  ];
}

/** Policies without which a role of the bootstrap cannot do its work: part of a name, or of an ARN. */
export const NEEDED_POLICIES: Readonly<Record<string, RegExp>> = {
  'deploy-role': /^default$/,
  'file-publishing-role': /file-publishing-role-default-policy/,
  'image-publishing-role': /image-publishing-role-default-policy/,
  'lookup-role': /ReadOnlyAccess/,
  // People give it policies of their own.
  'cfn-exec-role': /./,
};
