export interface EcrImage {
  account: string;
  region: string;
  repository: string;
  reference: { tag: string } | { digest: string };
}

/** Where an image reference of a private ECR registry leads; undefined for any other registry. */
export function ecrImageOf(image: string): EcrImage | undefined {
  const [, account, region, repository, tag = 'latest', digest] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
      image,
    ) ?? [];
  if (account === undefined || region === undefined || repository === undefined) return undefined;
  return { account, region, repository, reference: digest === undefined ? { tag } : { digest } };
}
