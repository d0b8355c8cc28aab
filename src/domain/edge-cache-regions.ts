/**
 * Where copies of functions of Lambda@Edge run, measure and write: the regions with a regional edge cache, all of which
 * are on in every account. https://aws.amazon.com/cloudfront/features/
 */
export const EDGE_CACHE_REGIONS: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];
