import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';

/** Sources of the sentences stand in `fidelity/ecr.md`. */
const within = (name: string, { account }: Scope): string =>
  `the repository with name '${name}' in the registry with id '${account}'`;

export const repositoryNotFound = (name: string, { account }: Scope) =>
  new AwsFault(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );

export const repositoryExists = (name: string, { account }: Scope) =>
  new AwsFault(
    'RepositoryAlreadyExistsException',
    `The repository with name '${name}' already exists in the registry with id '${account}'`,
  );

export const repositoryNotEmpty = (name: string, { account }: Scope) =>
  new AwsFault(
    'RepositoryNotEmptyException',
    `The repository with name '${name}' in registry with id '${account}' cannot be deleted because it still contains images`,
  );

export const imageNotFound = ({ imageDigest, imageTag }: ImageIdentifier, name: string, scope: Scope) =>
  new AwsFault(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'} does not exist within ${within(name, scope)}`,
  );

export const imageExists = (digest: string, tag: string | undefined, name: string, { account }: Scope) =>
  new AwsFault(
    'ImageAlreadyExistsException',
    `Image with digest '${digest}' and tag '${tag ?? 'null'}' already exists in the repository with name '${name}' in registry with id '${account}'`,
  );

export const tagImmutable = (tag: string, name: string) =>
  new AwsFault(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
  );

export const layersNotFound = (digests: readonly string[], name: string, scope: Scope) =>
  new AwsFault(
    'LayersNotFoundException',
    `Layers with digests '[${digests.join(', ')}]' do not exist in ${within(name, scope)}`,
  );

export const referencedImagesNotFound = (digests: readonly string[], name: string, scope: Scope) =>
  new AwsFault(
    'ReferencedImagesNotFoundException',
    `Images with digests '[${digests.join(', ')}]' required for pushing image into ${within(name, scope)} do not exist`,
  );

export const uploadNotFound = (id: string, name: string, scope: Scope) =>
  new AwsFault('UploadNotFoundException', `Upload with id '${id}' does not exist in ${within(name, scope)}`);

export const policyNotFound = (name: string, scope: Scope) =>
  new AwsFault('RepositoryPolicyNotFoundException', `Repository policy does not exist for ${within(name, scope)}`);

export const lifecyclePolicyNotFound = (name: string, scope: Scope) =>
  new AwsFault('LifecyclePolicyNotFoundException', `Lifecycle policy does not exist for ${within(name, scope)}`);

export const invalidParameter = (parameter: string, constraint: string) =>
  new AwsFault(
    'InvalidParameterException',
    `Invalid parameter at '${parameter}' failed to satisfy constraint: '${constraint}'`,
  );
