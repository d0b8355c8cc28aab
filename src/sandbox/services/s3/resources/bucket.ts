import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import {
  cors,
  encryption,
  logging,
  notification,
  ownership,
  publicAccessBlock,
  website,
} from '../bucket-configurations.ts';
import { setConfiguration } from '../configurations.ts';
import { lifecycle } from '../lifecycle.ts';
import { putBucketVersioning } from '../operations/bucket-versioning.ts';
import { createBucket } from '../operations/create-bucket.ts';
import { deleteBucket } from '../operations/delete-bucket.ts';
import { bucketNamed } from '../state.ts';
import { corsRules, encryptionRules, lifecycleRules, notificationOf, websiteOf } from './bucket-properties.ts';

/** What has an operation of its own behind each property. */
const SETTINGS = [
  ['BucketEncryption', encryption, 'ServerSideEncryptionConfiguration', encryptionRules],
  ['PublicAccessBlockConfiguration', publicAccessBlock, 'PublicAccessBlockConfiguration', (given: Properties) => given],
  ['OwnershipControls', ownership, 'OwnershipControls', (given: Properties) => given],
  ['CorsConfiguration', cors, 'CORSConfiguration', corsRules],
  ['LifecycleConfiguration', lifecycle, 'LifecycleConfiguration', lifecycleRules],
  ['WebsiteConfiguration', website, 'WebsiteConfiguration', websiteOf],
  ['NotificationConfiguration', notification, 'NotificationConfiguration', notificationOf],
  [
    'LoggingConfiguration',
    logging,
    'BucketLoggingStatus',
    ({ DestinationBucketName, LogFilePrefix = '' }: Properties) => ({
      LoggingEnabled: { TargetBucket: DestinationBucketName, TargetPrefix: LogFilePrefix },
    }),
  ],
] as const;

async function settle(Bucket: string, properties: Properties, before: Properties, context: ResourceContext) {
  const { call } = context;
  for (const [property, configuration, member, toInput] of SETTINGS) {
    if (properties[property] !== undefined)
      await configuration.put({ Bucket, [member]: toInput(properties[property]) } as { Bucket: string }, call);
    else if (before[property] !== undefined) await configuration.remove({ Bucket }, call);
  }
  const Status = properties.VersioningConfiguration?.Status;
  if (Status !== undefined) await putBucketVersioning({ Bucket, VersioningConfiguration: { Status } }, call);
  else if (before.VersioningConfiguration !== undefined)
    await putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }, call);
  setConfiguration(bucketNamed(call, Bucket)!, 'tagging', [...(properties.Tags ?? []), ...context.tags], call);
}

export const bucket: ResourceProvider = {
  async create(properties, context) {
    const { call, generateName } = context;
    const name: string = properties.BucketName ?? generateName({ maxLength: 63, lowercase: true });
    if (bucketNamed(call, name)) return { status: 'failed', reason: `${name} already exists`, code: 'AlreadyExists' };
    await createBucket(
      {
        Bucket: name,
        ...(call.region === 'us-east-1'
          ? {}
          : { CreateBucketConfiguration: { LocationConstraint: call.region as 'eu-west-1' } }),
        ObjectLockEnabledForBucket: properties.ObjectLockEnabled,
      },
      call,
    );
    await settle(name, properties, {}, context);
    return { status: 'done', physicalId: name };
  },

  async update({ before, after, physicalId }, context) {
    await settle(physicalId, after, before, context);
    return { status: 'done', physicalId };
  },

  async delete(_properties, physicalId, { call }) {
    if (bucketNamed(call, physicalId)) await deleteBucket({ Bucket: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(name, properties, { call }) {
    const row = bucketNamed(call, name);
    if (!row) return undefined;
    const { region } = row;
    const site = region === 'us-east-1' ? `s3-website-${region}` : `s3-website.${region}`;
    const block = row.configurations.publicAccessBlock;
    return {
      BucketName: name,
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      WebsiteURL: `http://${name}.${site}.amazonaws.com`,
      ...(row.versioning === undefined ? {} : { VersioningConfiguration: { Status: row.versioning } }),
      ...(properties.PublicAccessBlockConfiguration ? { PublicAccessBlockConfiguration: block } : {}),
      ...(properties.OwnershipControls ? { OwnershipControls: row.configurations.ownership } : {}),
    };
  },
};
