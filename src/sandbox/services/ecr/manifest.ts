/** The parts of image manifests and indexes that matter here; one shape covers Docker's and OCI's. */
export interface Manifest {
  mediaType?: string;
  artifactType?: string;
  config?: Descriptor;
  layers?: Descriptor[];
  /** Of an index or manifest list. */
  manifests?: (Descriptor & { platform?: { os?: string; architecture?: string; variant?: string } })[];
  subject?: Descriptor;
}

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

/** The manifest in a text, or undefined when it is none. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** What a manifest says it is; OCI ones may leave it to the request. */
export function mediaTypeOf(manifest: Manifest, declared?: string): string {
  if (manifest.mediaType) return manifest.mediaType;
  if (declared && declared !== 'application/octet-stream') return declared;
  return manifest.manifests ? OCI_INDEX : OCI_MANIFEST;
}
