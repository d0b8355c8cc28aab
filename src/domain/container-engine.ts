export type EngineName = 'docker' | 'podman' | 'nerdctl' | 'finch';

export const ENGINES: readonly EngineName[] = ['docker', 'podman', 'nerdctl', 'finch'];

/**
 * What builds for an engine: buildx knows attestations, a buildx before 0.10 does not and makes none, and `plain` is
 * the engine's own builder.
 */
export type Builder = 'buildx' | 'buildx-old' | 'plain';

export interface EngineTraits {
  readonly name: EngineName;
  readonly builder: Builder;
}

export type Platform = 'linux/amd64' | 'linux/arm64';

export interface BuildSpec {
  readonly platform: Platform;
  /** Absolute. */
  readonly context: string;
  /** Absolute. */
  readonly dockerfile: string;
  readonly tags: readonly string[];
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  readonly noCache: boolean;
}

export interface RegistryPlace {
  /** `<account>.dkr.ecr.<region>.amazonaws.com`, or `127.0.0.1:<port>` for the sandbox's. */
  readonly host: string;
  /** Plain HTTP. */
  readonly insecure: boolean;
}

/**
 * Arguments of a build. The platform is always said: a machine with another processor would build for itself (F-35).
 * Attestations are turned off, because they make an index of which Lambda and older Fargate hosts refuse the parts
 * (F-41). Nothing here comes from a secret: arguments of a process are for everybody to see, and build arguments stay
 * in the image.
 */
export function buildArgs({ name, builder }: EngineTraits, spec: BuildSpec): string[] {
  const attests = builder === 'buildx' || name === 'nerdctl' || name === 'finch';
  const plainProgress = builder !== 'plain' || name === 'nerdctl' || name === 'finch';
  return [
    ...(builder === 'plain' ? ['build'] : ['buildx', 'build', '--load']),
    '--platform',
    spec.platform,
    ...(attests ? ['--provenance=false', '--sbom=false'] : []),
    ...(plainProgress ? ['--progress=plain'] : []),
    ...(spec.noCache ? ['--no-cache'] : []),
    ...spec.cacheFrom.flatMap((source) => ['--cache-from', source]),
    ...spec.cacheTo.flatMap((target) => ['--cache-to', target]),
    '--file',
    spec.dockerfile,
    ...spec.tags.flatMap((tag) => ['--tag', tag]),
    spec.context,
  ];
}

/** The password comes on stdin, where no list of processes shows it. */
export const loginArgs = ({ name }: Pick<EngineTraits, 'name'>, { host, insecure }: RegistryPlace): string[] => [
  ...(insecure && (name === 'nerdctl' || name === 'finch') ? ['--insecure-registry'] : []),
  'login',
  '--username',
  'AWS',
  '--password-stdin',
  ...(insecure && name === 'podman' ? ['--tls-verify=false'] : []),
  host,
];

/** Docker takes every registry on 127.0.0.0/8 for one without TLS by itself. */
export function pushArgs(
  { name }: Pick<EngineTraits, 'name'>,
  { reference, platform, insecure }: { reference: string; platform: Platform; insecure: boolean },
): string[] {
  if (name === 'podman') return ['push', ...(insecure ? ['--tls-verify=false'] : []), reference];
  if (name === 'docker') return ['push', reference];
  // containerd keeps only the platform that was built, and refuses to push what an index also lists.
  return [...(insecure ? ['--insecure-registry'] : []), 'push', '--platform', platform, reference];
}

export const logoutArgs = ({ host }: Pick<RegistryPlace, 'host'>): string[] => ['logout', host];

/** Asks the daemon and not only the client: a client alone builds nothing (F-40). */
export const probeArgs = (name: EngineName): string[] =>
  name === 'docker' ? ['version', '--format', '{{.Server.Version}}'] : ['info'];

/** `github.com/docker/buildx v0.12.1 30feaa1`; podman answers for its own builder, which has other options. */
export function builderOf(answer: string): Builder {
  const [, major, minor] = /^github\.com\/docker\/buildx v?(\d+)\.(\d+)/.exec(answer.trim()) ?? [];
  if (major === undefined) return 'plain';
  // https://docs.docker.com/build/metadata/attestations/: since BuildKit 0.11 and buildx 0.10.
  return Number(major) > 0 || Number(minor) >= 10 ? 'buildx' : 'buildx-old';
}
