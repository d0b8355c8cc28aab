/** What every bucket of ours has: encrypted by S3's own keys. */
export const ENCRYPTED = {
  serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
};

/** Nothing that anybody writes into a policy or a list opens it to the public. */
export const NEVER_PUBLIC = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
