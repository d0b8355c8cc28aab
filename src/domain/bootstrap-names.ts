/** The CDK's own default: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html */
const DEFAULT_QUALIFIER = 'hnb659fds';

/** Name of the bootstrap stack; another qualifier is another bootstrap, which must not write over the default one. */
export const bootstrapStackName = (qualifier: string): string =>
  qualifier === DEFAULT_QUALIFIER ? 'CDKToolkit' : `CDKToolkit-${qualifier}`;

/** SSM parameter that tells the version; it goes with its stack. */
export const bootstrapVersionParameter = (qualifier: string): string => `/cdk-bootstrap/${qualifier}/version`;

export const stagingBucketName = (qualifier: string, account: string, region: string): string =>
  `cdk-${qualifier}-assets-${account}-${region}`;
