import type { TextRule } from './text-rule.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
export const IMAGE_TEXTS: readonly TextRule[] = [
  {
    id: 'F-35',
    when: /does not contain descriptor matching platform '?(?<platform>[\w/]+)|failed to find a descriptor for platform|no matching manifest for (?<wanted>[\w/]+)|no match for platform in manifest/,
  },
  { id: 'F-36', when: /exec format error/i },
  {
    id: 'F-41',
    when: /application\/vnd\.in-toto\+json|image manifest, config or layer media type for the source image[\s\S]*not supported/i,
  },
  {
    id: 'F-42',
    when: /reached your (?:unauthenticated )?pull rate limit|pull rate limit|rate limit exceeded for registry/i,
  },
  // The registry's own code; AWS's TooManyRequestsException is another matter (F-18).
  { id: 'F-42', when: /\btoomanyrequests\b/ },
  {
    id: 'F-39',
    when: /cannot be overwritten because the (?:repository|tag) is immutable|ImageTagAlreadyExistsException/,
  },
  {
    id: 'F-38',
    when: /authorization token has expired|no basic auth credentials|denied: .*not authorized.*reauthenticate/i,
  },
  {
    id: 'F-40',
    when: /Cannot connect to the Docker daemon|(?:docker|podman|buildx): (?:command )?not found|error during connect: .*docker|dial unix .*docker\.sock|spawn docker ENOENT|exec: "docker": executable file not found/i,
  },
  {
    id: 'F-46',
    when: /(?:CannotPull\w*|failed to resolve ref)[\s\S]*(?:403 Forbidden|AccessDenied|not authorized to perform: (?<action>ecr:\w+)|denied:)/,
  },
  {
    id: 'F-45',
    when: /CannotPull\w*[\s\S]*(?:i\/o timeout|connection issue|request canceled|context deadline|no such host|TLS handshake timeout|network is unreachable)/,
  },
  {
    id: 'F-37',
    when: /(?:CannotPull\w*|failed to resolve ref|pull (?:image manifest|command))[\s\S]*(?:not found|does not exist|name unknown|manifest unknown)/i,
    or: ['F-43'],
  },
  {
    id: 'F-37',
    when: /repository with name '[^']+' does not exist in the registry|ImageNotFoundException|The image with imageId .* does not exist/,
    or: ['F-43'],
  },
];
