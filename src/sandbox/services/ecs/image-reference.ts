export interface ImageReference {
  registry: string;
  repository: string;
  tag?: string;
  digest?: string;
  /** Set when the registry is an ECR private registry. */
  ecr?: { account: string; region: string };
}

/** Takes `web:1`, `public.ecr.aws/nginx/nginx`, `<account>.dkr.ecr.<region>.amazonaws.com/web@sha256:…` apart, as Docker does. */
export function parseImage(image: string): ImageReference {
  const [named, digest] = image.split('@') as [string, string?];
  const slash = named.indexOf('/');
  const head = slash < 0 ? '' : named.slice(0, slash);
  const remote = /[.:]/.test(head) || head === 'localhost';
  const registry = remote ? head : 'docker.io';
  const path = remote ? named.slice(slash + 1) : named;
  const colon = path.lastIndexOf(':');
  const name = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? (digest ? undefined : 'latest') : path.slice(colon + 1);
  const ecr = /^(\d{12})\.dkr[.-]ecr\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(registry);
  return {
    registry,
    repository: remote || name.includes('/') ? name : `library/${name}`,
    ...(tag ? { tag } : {}),
    ...(digest ? { digest } : {}),
    ...(ecr ? { ecr: { account: ecr[1]!, region: ecr[2]! } } : {}),
  };
}

/** Whole, as a container runtime writes it into errors: `docker.io/library/web:1`. */
export const fullReference = ({ registry, repository, tag, digest }: ImageReference): string =>
  `${registry}/${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
