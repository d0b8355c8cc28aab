import { parsedJson } from './parsed-json.ts';

/** What an image's manifest and configuration say, in the words of the OCI image specification. */
export interface ImageFacts {
  digest: string;
  mediaType: string;
  /** `linux/amd64`; several of an index. What an attestation or an artifact says is not among them. */
  platforms: string[];
  /** An index that also lists attestations (F-41). */
  attestations: boolean;
  /** Compressed bytes of configuration and layers: what a task has to pull. */
  bytes: number;
  layers: number;
  /** `8000`, from EXPOSE; UDP is left out. */
  ports: number[];
  /** ENTRYPOINT and CMD together, as they would run. */
  command: string[];
  /** The one that `platform` makes for the sandbox, with nothing in it. */
  placeholder: boolean;
}

export interface Descriptor {
  mediaType?: string;
  digest?: string;
  size?: number;
  platform?: { os?: string; architecture?: string };
  annotations?: Record<string, string>;
}

export interface Manifest {
  mediaType?: string;
  config?: Descriptor;
  layers?: Descriptor[];
  manifests?: Descriptor[];
}

export interface ImageConfig {
  os?: string;
  architecture?: string;
  config?: {
    Entrypoint?: string[] | null;
    Cmd?: string[] | null;
    ExposedPorts?: Record<string, unknown> | null;
    Labels?: Record<string, string> | null;
  };
}

/** Anything that is no JSON object is taken for an empty one: the registry's content is others'. */
export function parseObject<T extends object>(text: string): Partial<T> {
  const value = parsedJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Partial<T>) : {};
}

/** https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
export const isAttestation = ({ annotations, platform }: Descriptor): boolean =>
  annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' || platform?.os === 'unknown';

export const platformOf = ({ os, architecture }: { os?: string; architecture?: string }): string =>
  os && architecture ? `${os}/${architecture}` : 'unknown';

/** The manifest of an index that a task of this platform would pull. */
export const listedFor = ({ manifests = [] }: Manifest, platform: string): Descriptor | undefined =>
  manifests.find((one) => !isAttestation(one) && platformOf(one.platform ?? {}) === platform);

/** Digests of the images that an index lists; none for a single image. */
export const digestsListedIn = (text: string): string[] =>
  (parseObject<Manifest>(text).manifests ?? []).flatMap((one) =>
    one.digest === undefined || isAttestation(one) ? [] : [one.digest],
  );

export interface FactParts {
  digest: string;
  mediaType: string;
  /** The index, where there is one. */
  index?: Manifest;
  /** Of the platform that was asked for, else of the only one. */
  manifest?: Manifest;
  config?: ImageConfig;
}

export function imageFacts({ digest, mediaType, index, manifest, config }: FactParts): ImageFacts {
  const listed = index?.manifests ?? [];
  const { Entrypoint, Cmd, ExposedPorts, Labels } = config?.config ?? {};
  return {
    digest,
    mediaType,
    platforms: index
      ? listed.filter((one) => !isAttestation(one)).map(({ platform = {} }) => platformOf(platform))
      : [platformOf(config ?? {})],
    attestations: listed.some(isAttestation),
    bytes: [manifest?.config, ...(manifest?.layers ?? [])].reduce((sum, part) => sum + (part?.size ?? 0), 0),
    layers: manifest?.layers?.length ?? 0,
    ports: Object.keys(ExposedPorts ?? {})
      .filter((port) => !port.endsWith('/udp'))
      .map((port) => Number.parseInt(port, 10))
      .filter(Number.isInteger)
      .sort((a, b) => a - b),
    command: [...(Entrypoint ?? []), ...(Cmd ?? [])],
    placeholder: Labels?.['platform.placeholder'] === 'true',
  };
}
