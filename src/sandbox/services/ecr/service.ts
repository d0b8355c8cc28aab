import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { batchDeleteImage } from './operations/batch-delete-image.ts';
import { createRepository } from './operations/create-repository.ts';
import { getAuthorizationToken } from './operations/get-authorization-token.ts';
import {
  batchCheckLayerAvailability,
  completeLayerUpload,
  getDownloadUrlForLayer,
  initiateLayerUpload,
  uploadLayerPart,
} from './operations/layers.ts';
import { deleteLifecyclePolicy, getLifecyclePolicy, putLifecyclePolicy } from './operations/lifecycle-policy.ts';
import { putImage } from './operations/put-image.ts';
import { batchGetImage, describeImages, listImages } from './operations/read-images.ts';
import { deleteRepository, describeRepositories } from './operations/repositories.ts';
import { deleteRepositoryPolicy, getRepositoryPolicy, setRepositoryPolicy } from './operations/repository-policy.ts';
import { putImageScanningConfiguration, putImageTagMutability } from './operations/repository-settings.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tag-resources.ts';
import { repositoryProvider } from './resources/repository.ts';

export const ecr: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-ecr'),
  client: 'ECRClient',
  operations: {
    BatchCheckLayerAvailability: batchCheckLayerAvailability,
    BatchDeleteImage: batchDeleteImage,
    BatchGetImage: batchGetImage,
    CompleteLayerUpload: completeLayerUpload,
    CreateRepository: createRepository,
    DeleteLifecyclePolicy: deleteLifecyclePolicy,
    DeleteRepository: deleteRepository,
    DeleteRepositoryPolicy: deleteRepositoryPolicy,
    DescribeImages: describeImages,
    DescribeRepositories: describeRepositories,
    GetAuthorizationToken: getAuthorizationToken,
    GetDownloadUrlForLayer: getDownloadUrlForLayer,
    GetLifecyclePolicy: getLifecyclePolicy,
    GetRepositoryPolicy: getRepositoryPolicy,
    InitiateLayerUpload: initiateLayerUpload,
    ListImages: listImages,
    ListTagsForResource: listTagsForResource,
    PutImage: putImage,
    PutImageScanningConfiguration: putImageScanningConfiguration,
    PutImageTagMutability: putImageTagMutability,
    PutLifecyclePolicy: putLifecyclePolicy,
    SetRepositoryPolicy: setRepositoryPolicy,
    TagResource: tagResource,
    UntagResource: untagResource,
    UploadLayerPart: uploadLayerPart,
  },
  resources: { 'AWS::ECR::Repository': repositoryProvider },
};
