import type { ImageFacts } from './image-facts.ts';

export interface ImageFinding {
  id:
    | 'image-absent'
    | 'image-platform'
    | 'image-attestations'
    | 'image-media-type'
    | 'image-port'
    | 'image-command'
    | 'image-size';
  /** The known failure that it leads to. */
  failure?: string;
  severity: 'error' | 'warning';
  message: string;
  remedy: string;
}

export interface ImageUse {
  component: string;
  architecture: 'amd64' | 'arm64';
  /** What the load balancer asks at. */
  port?: number;
  /** Replaces the image's own command. */
  command?: readonly string[];
  /** What leads a command to the environment. */
  flags: string;
}

const IMAGE_TYPES = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
/** Pulled at some 100 MB a second at best: more than this delays every start of a task by half a minute. */
const LARGE_BYTES = 1024 ** 3;
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html: 20 GiB hold the unpacked image and all that the task writes. */
const TOO_LARGE_BYTES = 10 * 1024 ** 3;

/** What would keep a task of this component from starting, or surprise it. Placeholders hold nothing to judge. */
export function judgeImage(facts: ImageFacts, use: ImageUse): ImageFinding[] {
  const { component, architecture, flags } = use;
  const rebuild = `platform image push ${component} --rebuild ${flags}`;
  if (!IMAGE_TYPES.has(facts.mediaType))
    return [
      {
        id: 'image-media-type',
        failure: 'F-41',
        severity: 'error',
        message: `The image of ${component} has the media type ${facts.mediaType || 'unknown'}, which ECS does not run`,
        remedy: rebuild,
      },
    ];
  const wanted = `linux/${architecture}`;
  if (!facts.platforms.includes(wanted))
    return [
      {
        id: 'image-platform',
        failure: 'F-35',
        severity: 'error',
        message: `The image of ${component} is for ${facts.platforms.join(', ') || 'no platform'}, but services.${component} runs on ${wanted}`,
        remedy: `${rebuild}; or architecture: ${architecture === 'amd64' ? 'arm64' : 'amd64'} for ${component} in platform.yaml`,
      },
    ];
  if (facts.placeholder) return [];
  return [...startFindings(facts, use, rebuild), ...sizeFindings(facts, component)];
}

function startFindings(facts: ImageFacts, { component, port, command }: ImageUse, rebuild: string): ImageFinding[] {
  const found: ImageFinding[] = [];
  if (facts.attestations)
    found.push({
      id: 'image-attestations',
      failure: 'F-41',
      severity: 'warning',
      message: `The image of ${component} is an index with attestations, of which Lambda and older Fargate hosts refuse the parts`,
      remedy: `build it with --provenance=false --sbom=false, as ${rebuild} does`,
    });
  if (facts.command.length === 0 && !command)
    found.push({
      id: 'image-command',
      severity: 'error',
      message: `The image of ${component} has neither ENTRYPOINT nor CMD, and services.${component}.command is not set: its task would end at once`,
      remedy: `add CMD to its Dockerfile, or set services.${component}.command`,
    });
  if (port !== undefined && facts.ports.length > 0 && !facts.ports.includes(port))
    found.push({
      id: 'image-port',
      severity: 'warning',
      message: `The image of ${component} exposes ${facts.ports.join(', ')}, but services.${component}.port is ${port}`,
      remedy: `set services.${component}.port to what it listens on, or correct EXPOSE in its Dockerfile`,
    });
  return found;
}

function sizeFindings({ bytes }: ImageFacts, component: string): ImageFinding[] {
  if (bytes <= LARGE_BYTES) return [];
  const size = `${(bytes / 1024 ** 3).toFixed(1)} GiB compressed`;
  return [
    {
      id: 'image-size',
      severity: bytes > TOO_LARGE_BYTES ? 'error' : 'warning',
      message:
        bytes > TOO_LARGE_BYTES
          ? `The image of ${component} is ${size}: unpacked it does not fit in the 20 GiB of a Fargate task`
          : `The image of ${component} is ${size}: every start of a task waits for it`,
      remedy: 'build in stages, copy only what runs, and leave the rest out by .dockerignore',
    },
  ];
}
