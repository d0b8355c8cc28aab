import type {
  BatchCheckLayerAvailabilityCommandInput,
  BatchCheckLayerAvailabilityCommandOutput,
  CompleteLayerUploadCommandInput,
  CompleteLayerUploadCommandOutput,
  GetDownloadUrlForLayerCommandInput,
  GetDownloadUrlForLayerCommandOutput,
  InitiateLayerUploadCommandInput,
  InitiateLayerUploadCommandOutput,
  UploadLayerPartCommandInput,
  UploadLayerPartCommandOutput,
} from '@aws-sdk/client-ecr';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { authorizationToken } from '../authorization-token.ts';
import { layersNotFound } from '../faults.ts';
import { assembled, beginUpload, keepLayer, receive, uploadOf } from '../layer-upload.ts';
import { repositoryOf } from '../repositories.ts';
import { blobs } from '../state.ts';

/** 20 MiB, as ECR tells its clients. */
const PART_BYTES = 20_971_520;

export const batchCheckLayerAvailability: Operation<
  BatchCheckLayerAvailabilityCommandInput,
  Answer<BatchCheckLayerAvailabilityCommandOutput>
> = ({ repositoryName, layerDigests = [] }, call) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const layers = layerDigests.map((layerDigest) => {
    const row = blobs.in(call).get(`${name}@${layerDigest}`);
    return row
      ? { layerDigest, layerAvailability: 'AVAILABLE' as const, layerSize: row.size }
      : { layerDigest, layerAvailability: 'UNAVAILABLE' as const };
  });
  return { layers, failures: [] };
};

export const initiateLayerUpload: Operation<
  InitiateLayerUploadCommandInput,
  Answer<InitiateLayerUploadCommandOutput>
> = ({ repositoryName }, call) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  return { uploadId: beginUpload(call, name), partSize: PART_BYTES };
};

/** Parts come in order, without gaps. */
export const uploadLayerPart: Operation<UploadLayerPartCommandInput, Answer<UploadLayerPartCommandOutput>> = (
  { repositoryName, uploadId = '', partFirstByte = 0, partLastByte = 0, layerPartBlob = new Uint8Array() },
  call,
) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const { size } = uploadOf(call, name, uploadId);
  if (partFirstByte !== size || partLastByte - partFirstByte + 1 !== layerPartBlob.length) {
    throw new AwsFault(
      'InvalidLayerPartException',
      `The layer part size is not valid, or the first byte specified is not consecutive to the last byte of a previous layer part upload.`,
      { fields: { registryId: call.account, repositoryName: name, uploadId, lastValidByteReceived: size - 1 } },
    );
  }
  const received = receive(call, uploadId, layerPartBlob);
  return { registryId: call.account, repositoryName: name, uploadId, lastByteReceived: received - 1 };
};

export const completeLayerUpload: Operation<
  CompleteLayerUploadCommandInput,
  Answer<CompleteLayerUploadCommandOutput>
> = ({ repositoryName, uploadId = '', layerDigests = [] }, call) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const { size } = uploadOf(call, name, uploadId);
  if (size === 0)
    throw new AwsFault('EmptyUploadException', 'The specified layer upload does not contain any layer parts.');
  const layer = assembled(call, uploadId);
  const { digest } = layer;
  if (!layerDigests.includes(digest)) {
    throw new AwsFault(
      'InvalidLayerException',
      'The layer digest calculation performed by Amazon ECR upon receipt of the image layer does not match the digest specified.',
    );
  }
  if (blobs.in(call).has(`${name}@${digest}`))
    throw new AwsFault('LayerAlreadyExistsException', `The image layer already exists in the associated repository.`);
  keepLayer(call, { id: uploadId, repositoryName: name, layer });
  return { registryId: call.account, repositoryName: name, uploadId, layerDigest: digest };
};

/** AWS gives a pre-signed address in S3; here the registry itself gives the bytes, to whoever has the address. */
export const getDownloadUrlForLayer: Operation<
  GetDownloadUrlForLayerCommandInput,
  Answer<GetDownloadUrlForLayerCommandOutput>
> = ({ repositoryName, layerDigest = '' }, call) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  if (!blobs.in(call).has(`${name}@${layerDigest}`)) throw layersNotFound([layerDigest], name, call);
  const { password } = authorizationToken(call);
  return { downloadUrl: `${call.endpoint}/v2/${name}/blobs/${layerDigest}?token=${password}`, layerDigest };
};
