import { AwsFault } from '../kernel/fault.ts';

/** An error of the Distribution specification: `{"errors":[{"code","message"}]}` with its status. */
export class RegistryFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = 'RegistryFault';
    this.code = code;
    this.status = status;
  }
}

/** How ECR's own errors look over its registry; the sentences are the same. */
const AS_REGISTRY: Readonly<Record<string, [code: string, status: number]>> = {
  RepositoryNotFoundException: ['NAME_UNKNOWN', 404],
  ImageNotFoundException: ['MANIFEST_UNKNOWN', 404],
  ImageTagAlreadyExistsException: ['TAG_INVALID', 400],
  LayersNotFoundException: ['MANIFEST_BLOB_UNKNOWN', 404],
  ReferencedImagesNotFoundException: ['MANIFEST_BLOB_UNKNOWN', 404],
  UploadNotFoundException: ['BLOB_UPLOAD_UNKNOWN', 404],
  InvalidParameterException: ['MANIFEST_INVALID', 400],
};

/** The error to answer with, or undefined for a defect of the sandbox. */
export function asRegistryFault(error: unknown): RegistryFault | undefined {
  if (error instanceof RegistryFault) return error;
  const known = error instanceof AwsFault ? AS_REGISTRY[error.code] : undefined;
  return known && new RegistryFault(known[0], (error as AwsFault).message, known[1]);
}

export const blobUnknown = (digest: string) =>
  new RegistryFault('BLOB_UNKNOWN', `blob unknown to registry: ${digest}`, 404);
export const digestInvalid = (digest: string) =>
  new RegistryFault('DIGEST_INVALID', `provided digest did not match uploaded content: ${digest}`, 400);
export const unsupported = () => new RegistryFault('UNSUPPORTED', 'The operation is unsupported.', 405);
